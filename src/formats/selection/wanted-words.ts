import { WordTable, wellFormed } from '../../text/inner.js'

const encoder = new TextEncoder()

/** The words that a caller asked for, out of all in a file. */
export class WantedWords {
  readonly #table = new WordTable()
  /** Whether one of them has a blank, so that the first field of a line does not tell. */
  readonly haveBlanks: boolean

  constructor(words: Iterable<string | Uint8Array>) {
    let haveBlanks = false
    for (const word of words) {
      const bytes = typeof word === 'string' ? encoder.encode(wellFormed(word)) : word
      haveBlanks ||= bytes.length === 0 || bytes.some(byte => byte === 0x20 || byte === 0x09)
      this.#table.add(bytes)
    }
    this.haveBlanks = haveBlanks
  }

  /** How many different ones there are. */
  get size(): number {
    return this.#table.size
  }

  has(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    return this.#table.find(bytes, start, end) >= 0
  }

  /** A warning where the file `name` had only `found` of them. */
  warnings(name: string, found: number, limit = Number.POSITIVE_INFINITY): string[] {
    const missing = this.size - found
    if (missing === 0 || found >= limit) return []
    const [some, all] = [missing, this.size].map(n => n.toLocaleString('en'))
    return [`${name}: ${some} of the ${all} words asked for ${missing === 1 ? 'is' : 'are'} not in it`]
  }
}
