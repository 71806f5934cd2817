import { execFile, execFileSync } from 'node:child_process'
import { program } from './wordloom.js'

export const NO_SCRIPT = 'there is no script (util-linux), which makes a terminal'

export function hasScript(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux')
  } catch {
    return false
  }
}

/** What a verb shows in a terminal in which somebody types lines, or reads from the command `producer`. */
export function inTerminal(
  folder: string,
  args: readonly string[],
  lines: string,
  producer?: readonly string[],
): Promise<string> {
  const quoted = (words: readonly string[]) => words.map(word => `'${word}'`).join(' ')
  const verb = quoted([process.execPath, program, ...args])
  const line = producer ? `${quoted(producer)} | ${verb}` : verb
  return new Promise((resolve, reject) => {
    const child = execFile('script', ['-qec', line, '/dev/null'], { cwd: folder }, (error, stdout) =>
      error ? reject(error) : resolve(stdout.replaceAll('\r', '')),
    )
    child.stdin!.end(lines)
  })
}
