import { GrowingRows } from '../math/growing-rows.js'
import { Vocabulary } from '../text/vocabulary.js'
import { WordTable } from '../text/word-table.js'
import { WordVectors } from '../vectors/word-vectors.js'

/** Words of more bytes than this are a sign that a file is not what it seems. */
export const LONGEST_WORD = 1 << 16

/** Words and rows as a file gives them one by one; of a word that comes twice the first row is kept. */
export class CollectedVectors {
  readonly #table = new WordTable()
  readonly #rows: GrowingRows
  #duplicates = 0

  /** `expected` rows are set aside at once. Throws `too-large` where they cannot fit. */
  constructor(dimensions: number, expected = 0) {
    this.#rows = new GrowingRows(dimensions, expected)
  }

  get size(): number {
    return this.#rows.rows
  }

  /** Where the next row's numbers go. */
  next(): Float32Array {
    return this.#rows.next()
  }

  /** Keeps the row that was written, for the word bytes[start…end). */
  add(bytes: Uint8Array, start: number, end: number): void {
    const known = this.#table.size
    if (this.#table.add(bytes, start, end) < known) this.#duplicates++
    else this.#rows.add()
  }

  finish(name: string): WordVectors {
    const vocabulary = new Vocabulary(this.#table)
    return new WordVectors({ vocabulary, matrix: this.#rows.finish(), warnings: this.#warnings(name) })
  }

  #warnings(name: string): string[] {
    if (this.#duplicates === 0) return []
    const rows = this.#duplicates === 1 ? '1 row is' : `${this.#duplicates.toLocaleString('en')} rows are`
    return [`${name}: ${rows} for a word that came before; the first row of each word was taken`]
  }
}
