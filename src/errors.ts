/** What went wrong, for a program to switch on. The command line maps each to an exit code. */
export type ErrorCode =
  | 'usage' // an option, argument or call that cannot be meant
  | 'bad-data' // an input was read and is not what it should be
  | 'no-input' // an input cannot be opened
  | 'too-large' // it will not fit in the memory there is
  | 'not-written' // an output could not be written whole
  | 'unknown-word' // a word that the vocabulary lacks
  | 'aborted' // the caller's AbortSignal
  | 'internal' // a bug of ours

/**
 * Something the person at the keyboard can mend. The message says what was found, what was expected and
 * what to do, in one sentence that needs no stack trace.
 */
export class WordloomError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'WordloomError'
    this.code = code
  }
}
