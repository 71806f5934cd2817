import { NEWLINE } from '../scanning/scanner.js'

/** Fewer lines can have as many commas by chance. */
const FEWEST_LINES = 5
const MOST_LINES = 200
const SPACE = 0x20
const SEPARATORS = [
  { byte: 0x09, name: 'tabs' },
  { byte: 0x2c, name: 'commas' },
  { byte: 0x3b, name: 'semicolons' },
] as const

/** Whether all lines have as many separators. A comma of prose has a blank behind it, and separates no columns. */
export class EvenLines {
  readonly #counts: Int32Array[] = []
  #line = new Int32Array(SEPARATORS.length)
  #length = 0 // of the line
  #pending = -1 // a separator whose next byte is still to come

  add(text: Uint8Array): void {
    for (let at = 0; at < text.length && this.#counts.length < MOST_LINES; at++) {
      const byte = text[at]!
      if (this.#pending >= 0 && byte !== SPACE) this.#line[this.#pending]!++
      this.#pending = SEPARATORS.findIndex(({ byte: separator }) => separator === byte)
      this.#length++
      if (byte === NEWLINE) this.#endLine()
    }
  }

  columns(): { readonly count: number; readonly by: string } | undefined {
    const [first] = this.#counts
    if (first === undefined || this.#counts.length < FEWEST_LINES) return undefined
    const even = SEPARATORS.findIndex(
      (_, s) => first[s]! > 0 && this.#counts.every(line => line[s] === first[s]),
    )
    return even < 0 ? undefined : { count: first[even]! + 1, by: SEPARATORS[even]!.name }
  }

  #endLine(): void {
    if (this.#length > 1) this.#counts.push(this.#line)
    this.#line = new Int32Array(SEPARATORS.length)
    this.#length = 0
    this.#pending = -1
  }
}
