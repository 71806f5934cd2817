import { sha256 } from '../../files/index.js'

const TOKEN_END = 0
const SENTENCE_END = 0x0a
const SHORT = 64 // copied faster byte by byte than by a call

/**
 * SHA-256 of a corpus as it goes by: of its bytes, with marks if they do not tell by themselves what training makes of
 * them. Small parts are gathered first: a call of the hash costs as much as 500 bytes.
 */
export class CorpusDigest {
  /** Bytes of text, without the marks between tokens and sentences. */
  bytes = 0
  readonly #hash = sha256()
  readonly #gathered = new Uint8Array(1 << 14)
  #length = 0

  /** The first `length` bytes. */
  add(bytes: Uint8Array, length = bytes.length): void {
    this.bytes += length
    if (length > this.#gathered.length - this.#length) this.#flush()
    if (length > this.#gathered.length) this.#hash.update(bytes.subarray(0, length))
    else if (length < SHORT) for (let i = 0; i < length; i++) this.#gathered[this.#length++] = bytes[i]!
    else {
      this.#gathered.set(bytes.subarray(0, length), this.#length)
      this.#length += length
    }
  }

  endToken(): void {
    this.#mark(TOKEN_END)
  }

  endSentence(): void {
    this.#mark(SENTENCE_END)
  }

  /** Hexadecimal; nothing can be added afterwards. */
  finish(): string {
    this.#flush()
    return this.#hash.finish()
  }

  #mark(byte: number): void {
    if (this.#length === this.#gathered.length) this.#flush()
    this.#gathered[this.#length++] = byte
  }

  #flush(): void {
    this.#hash.update(this.#gathered.subarray(0, this.#length))
    this.#length = 0
  }
}
