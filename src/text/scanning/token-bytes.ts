import { wellFormed } from '../well-formed.js'
import { MAX_TOKEN_BYTES } from './scanner.js'

const encoder = new TextEncoder()

/** Tokens that came as strings, one after another as UTF-8 in the same place. */
export class TokenBytes {
  readonly bytes = new Uint8Array(MAX_TOKEN_BYTES)

  /**
   * Puts a token at the start of `bytes` and gives its length, −1 if it has more than MAX_TOKEN_BYTES.
   * Throws `bad-data` for a lone surrogate.
   */
  write(token: string): number {
    const { length } = token
    if (length > MAX_TOKEN_BYTES) return -1
    for (let i = 0; i < length; i++) {
      const unit = token.charCodeAt(i)
      if (unit >= 0x80) return this.#writeWide(token)
      this.bytes[i] = unit
    }
    return length
  }

  #writeWide(token: string): number {
    const { read, written } = encoder.encodeInto(wellFormed(token), this.bytes)
    return read < token.length ? -1 : written
  }
}
