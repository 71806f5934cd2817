import { CommanderError } from 'commander'
import { type ErrorCode, WordloomError } from '../../errors.js'
import { Interruption } from '../terminal/interrupt.js'
import { paintFor, tell, visible } from '../terminal/terminal.js'
import { asFlag } from './flag-names.js'

/** How the process ends, after sysexits.h. */
export const exitCodes: Readonly<Record<ErrorCode, number>> = {
  usage: 64,
  'bad-data': 65,
  'unknown-word': 65,
  'no-input': 66,
  internal: 70,
  'too-large': 71,
  'not-written': 74,
  aborted: 130,
}

/** Says what went wrong in one line (a bug of ours: with its stack) and gives the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0 // help was shown
  const name = paintFor(process.stderr)('red', 'wordloom:')
  const mendable = error instanceof WordloomError ? error : refusalOf(error)
  if (mendable && mendable.code !== 'internal') {
    tell(`${name} ${visible(mendable.worded(asFlag))}`)
    return interruptionOf(mendable)?.exitCode ?? exitCodes[mendable.code]
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell(
    `${name} sorry, this is a mistake in Wordloom itself and not yours; please report it with these lines:`,
  )
  tell(`\n${stack}\nNode ${process.versions.node}, ${process.platform} ${process.arch}`)
  return exitCodes.internal
}

/** An error of the system itself, such as a bad sector of the disk or too little memory, which is no mistake of ours. */
function refusalOf(error: unknown): WordloomError | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof RangeError && error.message === 'Array buffer allocation failed')
    return new WordloomError(
      'too-large',
      { found: 'this machine gives no more memory', cure: 'end other programs, or give less to work on' },
      { cause: error },
    )
  const { code = '', syscall, path } = error as NodeJS.ErrnoException
  if (syscall === undefined || !/^E[A-Z0-9]+$/.test(code)) return undefined
  const fault = { found: `the system refused ${syscall}${path ? ` of ${path}` : ''} (${code})` }
  return new WordloomError(
    'not-written',
    { ...fault, cure: 'check the disk and try again' },
    { cause: error },
  )
}

/** The signal that is behind it. */
function interruptionOf(error: unknown): Interruption | undefined {
  if (error instanceof Interruption) return error
  return error instanceof Error ? interruptionOf(error.cause) : undefined
}

/** A reader that has gone (`| head -1`) is no failure; a full disk under standard output is. */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // a reader that has gone, or a terminal that was closed
    if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(process.exitCode ?? 0)
    tell(`wordloom: the result could not be written to standard output (${error.code})`)
    process.exit(exitCodes['not-written'])
  })
  process.stderr.on('error', () => {}) // nobody is left to tell
}

/** The exit codes for the help, with what they mean. */
export function failureList(): string {
  return [
    '  0   success                      70   a mistake in Wordloom itself',
    '  64  wrong usage                  71   too large for the memory there is',
    '  65  bad data, or unknown word    74   an output cannot be written',
    '  66  an input cannot be opened    130  stopped by Ctrl-C (143 by SIGTERM)',
  ].join('\n')
}
