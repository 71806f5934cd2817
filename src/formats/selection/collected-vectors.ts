import { WordloomError } from '../../errors.js'
import { GrowingRows } from '../../scan/index.js'
import { Vocabulary } from '../../text/index.js'
import { WordTable } from '../../text/inner.js'
import { WordVectors } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { NO_FINITE_ROW, NONE_WANTED } from '../refusals.js'
import { leftOutWarning } from './left-out.js'
import { WantedWords } from './wanted-words.js'

/** Words of more bytes than this are a sign that a file is not what it seems. */
export const LONGEST_WORD = 1 << 16

/**
 * The wanted ones of the words and rows that a file gives one by one; of a word that comes twice the first row
 * is kept.
 */
export class CollectedVectors {
  readonly #table = new WordTable()
  readonly #rows: GrowingRows
  readonly #wanted: WantedWords | undefined
  readonly #limit: number
  readonly #options: ReadOptions
  readonly #told: string[] = []
  #duplicates = 0
  #leftOut = 0

  /**
   * `announced` is how many rows the file is known to have room for; as many as can be wanted of them are set
   * aside at once. Throws `too-large` if they cannot fit.
   */
  constructor(dimensions: number, announced = 0, options: ReadOptions = {}) {
    const { limit, words } = options
    this.#options = options
    this.#wanted = words && new WantedWords(words)
    this.#limit = limit ?? Number.POSITIVE_INFINITY
    this.#rows = new GrowingRows(dimensions, Math.min(announced, this.#most))
  }

  get size(): number {
    return this.#rows.rows
  }

  /** Whether all that was asked for is there, so that the rest of the file need not be read. */
  get isFull(): boolean {
    return this.size >= this.#most
  }

  /** Whether no word that begins with the field bytes[start…end) of a line is wanted. */
  passesOver(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#wanted !== undefined && !this.#wanted.haveBlanks && !this.#wanted.has(bytes, start, end)
  }

  wants(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    return this.#wanted === undefined || this.#wanted.has(bytes, start, end)
  }

  /** Where the next row's numbers go. */
  next(): Float32Array {
    return this.#rows.next()
  }

  /** Keeps the row that was written, for the word bytes[start…end), if it is wanted. */
  add(bytes: Uint8Array, start = 0, end = bytes.length): void {
    if (!this.wants(bytes, start, end)) return
    const known = this.#table.size
    if (this.#table.add(bytes, start, end) < known) this.#duplicates++
    else this.#rows.add()
  }

  /** Whether rows with numbers that are not finite are left out, instead of being refused. */
  get leavesOut(): boolean {
    return this.#options.allowNonfinite === true
  }

  /** Counts the row that was written, but does not keep it. */
  leaveOut(): void {
    this.#leftOut++
  }

  /** What a user should know about the file, in a sentence. */
  warn(sentence: string): void {
    this.#told.push(sentence)
  }

  /** Throws `bad-data` if no row was kept. */
  finish(name: string): WordVectors {
    if (this.size === 0)
      throw new WordloomError('bad-data', {
        place: { file: name },
        ...(this.#wanted ? NONE_WANTED : NO_FINITE_ROW),
      })
    const vocabulary = new Vocabulary(this.#table)
    return new WordVectors({ vocabulary, matrix: this.#rows.finish(), warnings: this.#warnings(name) })
  }

  get #most(): number {
    return Math.min(this.#limit, this.#wanted?.size ?? this.#limit)
  }

  #warnings(name: string): string[] {
    const missing = this.#wanted?.warnings(name, this.size, this.#limit) ?? []
    const told = [...this.#told]
    if (this.#leftOut > 0) told.push(leftOutWarning(name, this.#leftOut))
    const rows = this.#duplicates === 1 ? '1 row is' : `${this.#duplicates.toLocaleString('en')} rows are`
    if (this.#duplicates > 0)
      told.push(`${name}: ${rows} for a word that came before; the first row of each word was taken`)
    return [...told, ...missing]
  }
}
