/** Finds the first byte that is not UTF-8 in a text that comes in chunks cut anywhere (Unicode 16, table 3-7). */
export class Utf8Check {
  #before = 0 // bytes of the chunks before
  #missing = 0 // bytes that the character at hand still needs,
  #start = 0 // where it began,
  #least = 0x80 // and what its next byte may be
  #most = 0xbf

  /** Where the first wrong character begins, −1 if there is none. */
  write(bytes: Uint8Array): number {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (this.#missing === 0) {
        if (byte < 0x80) continue
        this.#start = this.#before + i
        if (!this.#begin(byte)) return this.#start
      } else {
        if (byte < this.#least || byte > this.#most) return this.#start
        this.#missing--
        this.#least = 0x80
        this.#most = 0xbf
      }
    }
    this.#before += bytes.length
    return -1
  }

  /** Where a character begins that the end cuts off, or −1. */
  end(): number {
    return this.#missing > 0 ? this.#start : -1
  }

  /** Whether a character of several bytes can begin so; no overlong forms, no surrogates, none past U+10FFFF. */
  #begin(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false
    this.#missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    if (byte === 0xe0) this.#least = 0xa0
    else if (byte === 0xed) this.#most = 0x9f
    else if (byte === 0xf0) this.#least = 0x90
    else if (byte === 0xf4) this.#most = 0x8f
    return true
  }
}
