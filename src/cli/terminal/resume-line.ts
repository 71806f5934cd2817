import { ownName } from './own-name.js'

/** The command line that goes on with this run, to copy into a shell. */
export function resumeLine(args: readonly string[] = process.argv.slice(2)): string {
  const kept = args.filter(argument => argument !== '--resume' && argument !== '--restart')
  const line = [ownName(), ...kept.map(quoted), '--resume'].join(' ')
  return kept.includes('-') ? `${line} (with the same text on standard input)` : line
}

/** As a shell of POSIX takes it for one word. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
