import { createHash } from 'node:crypto'

const TOKEN_END = 0
const SENTENCE_END = 0x0a

/** SHA-256 of a corpus as it goes by. Small parts are gathered first: a call of the hash costs as much as 500 bytes. */
export class CorpusDigest {
  /** Bytes of text, without the marks between tokens and sentences. */
  bytes = 0
  readonly #hash = createHash('sha256')
  readonly #gathered = new Uint8Array(1 << 14)
  #length = 0

  add(bytes: Uint8Array): void {
    this.bytes += bytes.length
    if (bytes.length > this.#gathered.length - this.#length) this.#flush()
    if (bytes.length > this.#gathered.length) this.#hash.update(bytes)
    else {
      this.#gathered.set(bytes, this.#length)
      this.#length += bytes.length
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
    return this.#hash.digest('hex')
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
