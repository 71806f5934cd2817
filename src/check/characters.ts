/** Scripts that are told apart; characters of others are counted as of none. */
const scripts = [
  ...['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Armenian', 'Georgian', 'Ethiopic'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan', 'Mongolian', 'Han', 'Hiragana', 'Katakana', 'Hangul'],
] as const

const patterns = scripts.map(script => new RegExp(`^\\p{Script=${script}}$`, 'u'))
const LETTER = /^[\p{L}\p{M}]$/u
const OTHER = scripts.length
const UNSEEN = 255
const NO_LETTER = 254
const REPLACEMENT = 0xfffd

/** A script and its share of the letters. */
export interface ScriptShare {
  readonly script: string
  readonly share: number
}

/** Counts the characters of a text byte by byte (Unicode 16, table 3-7): letters by their scripts, and what is none. */
export class Characters {
  count = 0
  /** Bytes that are not UTF-8. */
  bad = 0
  /** U+FFFD: what another program could not decode. */
  replaced = 0
  readonly #letters = new Float64Array(scripts.length + 1)
  readonly #kinds = new Uint8Array(0x110000).fill(UNSEEN)
  #point = 0
  #missing = 0 // bytes of the character at hand
  #taken = 0
  #least = 0x80
  #most = 0xbf

  take(byte: number): void {
    if (this.#missing > 0) {
      if (byte >= this.#least && byte <= this.#most) {
        this.#goOn(byte)
        return
      }
      this.end()
    }
    if (byte < 0x80) {
      this.count++
      if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) this.#letters[0]!++
    } else this.#begin(byte)
  }

  /** What is begun is not whole. */
  end(): void {
    if (this.#missing > 0) this.bad += this.#taken
    this.#missing = 0
  }

  /** The scripts of the letters, the most frequent first. */
  shares(): ScriptShare[] {
    const all = this.#letters.reduce((sum, letters) => sum + letters, 0)
    return [...this.#letters]
      .map((letters, i) => ({ script: scripts[i] ?? 'other scripts', share: letters / all }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share)
  }

  #begin(byte: number): void {
    if (byte < 0xc2 || byte > 0xf4) {
      this.bad++
      return
    }
    this.#missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    this.#taken = 1
    this.#point = byte & (0x3f >> this.#missing)
    this.#least = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.#most = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
  }

  #goOn(byte: number): void {
    this.#point = (this.#point << 6) | (byte & 0x3f)
    this.#least = 0x80
    this.#most = 0xbf
    this.#taken++
    if (--this.#missing > 0) return
    this.count++
    if (this.#point === REPLACEMENT) this.replaced++
    const kind = this.#kinds[this.#point]!
    if (kind < NO_LETTER) this.#letters[kind]!++
    else if (kind === UNSEEN) this.#learn(this.#point)
  }

  #learn(point: number): void {
    const character = String.fromCodePoint(point)
    const script = patterns.findIndex(pattern => pattern.test(character))
    const kind = LETTER.test(character) ? (script < 0 ? OTHER : script) : NO_LETTER
    this.#kinds[point] = kind
    if (kind < NO_LETTER) this.#letters[kind]!++
  }
}
