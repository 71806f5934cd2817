/** Takes a stream of bytes in parts of any length. */
export class Parts {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #cutOff: () => Error
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0

  /** `cutOff` makes the error for a stream that ends within a part. */
  constructor(chunks: AsyncIterable<Uint8Array>, cutOff: () => Error) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.#cutOff = cutOff
  }

  async isOver(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#chunks.next()
      if (next.done) return true
      this.#chunk = next.value
      this.#at = 0
    }
    return false
  }

  /** A copy of the next `length` bytes. */
  async take(length: number): Promise<Uint8Array> {
    const part = new Uint8Array(length)
    for (let taken = 0; taken < length; ) {
      if (await this.isOver()) throw this.#cutOff()
      const piece = this.#chunk.subarray(this.#at, this.#at + length - taken)
      part.set(piece, taken)
      taken += piece.length
      this.#at += piece.length
    }
    return part
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      if (await this.isOver()) throw this.#cutOff()
      const piece = Math.min(left, this.#chunk.length - this.#at)
      this.#at += piece
      left -= piece
    }
  }
}
