import { EvenLines } from './even-lines.js'
import { JsonLook } from './json-look.js'
import { Utf8Check } from './utf8-check.js'

/** How much of a text is looked at. */
const LOOKED_AT = 1 << 20
/** Text with fewer bad bytes among those that are not ASCII is UTF-8 with some errors in it. */
const BAD_SHARE = 0.05

/** Looks at the beginning of a text, and tells if it is hardly meant to be learned as it is. */
export class TextLook {
  readonly #name: string
  readonly #tellsBytes: boolean
  readonly #onWarning: (sentence: string) => void
  readonly #lines = new EvenLines()
  readonly #json = new JsonLook()
  #bytes = 0
  #wide = 0 // bytes that are not ASCII
  #bad = 0 // bytes that are not UTF-8
  #check = new Utf8Check()

  constructor(name: string, tellsBytes: boolean, onWarning: (sentence: string) => void) {
    this.#name = name
    this.#tellsBytes = tellsBytes
    this.#onWarning = onWarning
  }

  add(text: Uint8Array): void {
    if (this.#bytes >= LOOKED_AT) return
    const part = text.subarray(0, LOOKED_AT - this.#bytes)
    this.#bytes += part.length
    this.#lines.add(part)
    this.#json.add(part)
    if (this.#tellsBytes) this.#count(part)
  }

  end(): void {
    if (this.#bad > BAD_SHARE * this.#wide) {
      const [bad, all] = [this.#bad, this.#bytes].map(n => n.toLocaleString('en'))
      const share = ((100 * this.#bad) / this.#bytes).toPrecision(2)
      this.#onWarning(
        `${this.#name}: ${bad} of the first ${all} bytes (${share} %) are not UTF-8, and split words or are kept as they are; ` +
          'read it with its encoding, such as latin1, gbk or shift_jis, or convert it to UTF-8 first',
      )
    }
    if (this.#json.isJson) {
      this.#onWarning(
        `${this.#name}: it is JSON, and its keys are read as words of the text; take the text out of it (jq -r .text), ` +
          'or train on it as documents with tags (docs/documents.md)',
      )
      return
    }
    const columns = this.#lines.columns()
    if (columns)
      this.#onWarning(
        `${this.#name}: its lines look like ${columns.count} columns parted by ${columns.by}, and all of them are read as ` +
          'text; keep only the column that is text (cut, csvcut), or write the items of each session on a line (docs/sequences.md)',
      )
  }

  #count(part: Uint8Array): void {
    for (const byte of part) this.#wide += byte >> 7
    for (let from = 0; from < part.length; ) {
      const wrong = this.#check.write(part.subarray(from))
      if (wrong < 0) return
      this.#bad++
      from += Math.max(0, wrong) + 1
      this.#check = new Utf8Check()
    }
  }
}
