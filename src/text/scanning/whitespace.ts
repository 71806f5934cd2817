import { isBlank, MAX_TOKEN_BYTES, NEWLINE, type Scanner, type TokenSink } from './scanner.js'

const PART = 0
const BLANK = 1
const LINE_END = 2

/**
 * Tokens as word2vec's own reader takes them: runs of bytes other than white space, nothing folded, nothing
 * decoded, so that even invalid UTF-8 stays what it is. A newline ends the sentence.
 */
export class WhitespaceScanner implements Scanner {
  skipped = 0
  readonly #sink: TokenSink
  readonly #kinds = Uint8Array.from({ length: 256 }, (_, byte) => kindOf(byte))
  readonly #begun = new Uint8Array(MAX_TOKEN_BYTES) // the part of a token that an earlier chunk ended with
  #begunLength = 0 // may pass MAX_TOKEN_BYTES, up to what the token really has

  constructor(sink: TokenSink) {
    this.#sink = sink
  }

  write(bytes: Uint8Array): void {
    const kinds = this.#kinds
    const sink = this.#sink
    const { length } = bytes
    let i = this.#begunLength > 0 ? this.#continue(bytes) : 0
    while (i < length) {
      const start = i
      while (i < length && kinds[bytes[i]!] === PART) i++
      if (i === length) {
        this.#begin(bytes, start, length)
        return
      }
      if (i - start > MAX_TOKEN_BYTES) this.skipped++
      else if (i > start) sink.token(bytes, start, i)
      if (bytes[i++] === NEWLINE) sink.endSentence()
    }
  }

  end(): void {
    this.#endBegun()
    this.#sink.endSentence()
  }

  /** Finishes the token an earlier chunk began; gives where the next one may start. */
  #continue(bytes: Uint8Array): number {
    let i = 0
    while (i < bytes.length && this.#kinds[bytes[i]!] === PART) i++
    this.#begin(bytes, 0, i)
    if (i < bytes.length) this.#endBegun()
    return i
  }

  #begin(bytes: Uint8Array, start: number, end: number): void {
    const room = MAX_TOKEN_BYTES - this.#begunLength
    if (room > 0) this.#begun.set(bytes.subarray(start, Math.min(end, start + room)), this.#begunLength)
    this.#begunLength += end - start
  }

  #endBegun(): void {
    if (this.#begunLength > MAX_TOKEN_BYTES) this.skipped++
    else if (this.#begunLength > 0) this.#sink.token(this.#begun, 0, this.#begunLength)
    this.#begunLength = 0
  }
}

function kindOf(byte: number): number {
  if (byte === NEWLINE) return LINE_END
  return isBlank(byte) ? BLANK : PART
}
