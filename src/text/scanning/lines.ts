import { WordloomError } from '../../errors.js'
import { isBlank, NEWLINE, type Scanner, type TokenSink } from './scanner.js'
import { TokenBytes } from './token-bytes.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A longer line is given to the function in pieces of at most this many bytes. */
const PIECE_BYTES = 1 << 16

/** Text in, its tokens out. */
export type TokenizerFunction = (text: string) => Iterable<string>

/**
 * Gives a function of the user one line at a time (without its line break) and passes on the tokens. A line
 * over 64 KB comes in pieces cut after white space, or between two characters if there is none; the
 * sentence goes on over the cut. Empty tokens are ignored.
 */
export class LineScanner implements Scanner {
  skipped = 0
  readonly #sink: TokenSink
  readonly #tokenize: TokenizerFunction
  readonly #line = new Uint8Array(PIECE_BYTES)
  readonly #token = new TokenBytes()
  #length = 0

  constructor(sink: TokenSink, tokenize: TokenizerFunction) {
    this.#sink = sink
    this.#tokenize = tokenize
  }

  write(bytes: Uint8Array): void {
    let from = 0
    while (from < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, from)
      const to = newline < 0 ? bytes.length : newline
      this.#append(bytes, from, to)
      if (newline >= 0) this.#endLine()
      from = to + 1
    }
  }

  end(): void {
    this.#endLine()
  }

  #append(bytes: Uint8Array, from: number, to: number): void {
    while (from < to) {
      if (this.#length === PIECE_BYTES) this.#cut()
      const part = bytes.subarray(from, Math.min(to, from + PIECE_BYTES - this.#length))
      this.#line.set(part, this.#length)
      this.#length += part.length
      from += part.length
    }
  }

  #endLine(): void {
    if (this.#line[this.#length - 1] === 0x0d) this.#length--
    this.#pass(this.#length)
    this.#length = 0
    this.#sink.endSentence()
  }

  #cut(): void {
    const at = cutOf(this.#line)
    this.#pass(at)
    this.#line.copyWithin(0, at)
    this.#length -= at
  }

  #pass(length: number): void {
    if (length === 0) return
    const tokens = this.#tokenize(decoder.decode(this.#line.subarray(0, length)))
    if (tokens === null || typeof tokens !== 'object' || !(Symbol.iterator in tokens))
      throw new WordloomError('usage', {
        action: 'read a text',
        found: `the tokenizer returned ${describe(tokens)}`,
        expected: 'an array of strings',
      })
    for (const token of tokens) this.#take(token)
  }

  #take(token: string): void {
    if (typeof token !== 'string')
      throw new WordloomError('usage', {
        action: 'read a text',
        found: `a token that the tokenizer returned is ${describe(token)}`,
        expected: 'a string',
      })
    const length = this.#token.write(token)
    if (length < 0) this.skipped++
    else if (length > 0) this.#sink.token(this.#token.bytes, 0, length)
  }
}

/** After the last white space, else before the last character that may be incomplete. */
function cutOf(line: Uint8Array): number {
  for (let at = line.length; at > 0; at--) if (isBlank(line[at - 1]!)) return at
  for (let at = line.length - 1; at > line.length - 4; at--) if ((line[at]! & 0xc0) === 0xc0) return at
  return line.length
}

/** What a value is, for an error that refuses it. */
export function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}
