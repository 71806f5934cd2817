import type { Scanner, TokenSink } from '../scanning/scanner.js'
import { scannerFor, type Tokenizer } from '../scanning/tokenizers.js'

/** Where the text of a corpus goes: chunk by chunk of bytes, or token by token. */
export interface Intake extends Scanner, TokenSink {
  readonly tokens: number
  /** Sentences with at least one token. */
  readonly sentences: number
  /** Called before the text if it is known to have at least this many bytes. */
  expect?(bytes: number): void
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): void | Promise<void>
  end(): void | Promise<void>
  /** The tags of all sentences from now on; missing where nobody asks for them. */
  tag?(tags: readonly string[]): void
  /** Where text is on its way to other threads: resolves when it is counted. The text must have ended. */
  settle?(): Promise<void>
}

/** Cuts text into tokens for `sink`, one by one, and counts what passes; sentences without tokens do not. */
export class ScannedIntake implements Intake {
  tokens = 0
  sentences = 0
  readonly #sink: TokenSink
  readonly #scanner: Scanner
  #empty = true

  constructor(tokenizer: Tokenizer, sink: TokenSink) {
    this.#sink = sink
    this.#scanner = scannerFor(tokenizer, this)
  }

  get skipped(): number {
    return this.#scanner.skipped
  }

  write(bytes: Uint8Array): void {
    this.#scanner.write(bytes)
  }

  end(): void {
    this.#scanner.end()
  }

  token(bytes: Uint8Array, start: number, end: number): void {
    this.tokens++
    this.#empty = false
    this.#sink.token(bytes, start, end)
  }

  endSentence(): void {
    if (this.#empty) return
    this.#empty = true
    this.sentences++
    this.#sink.endSentence()
  }
}
