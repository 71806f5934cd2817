import { WordloomError } from '../errors.js'
import { firstNotFinite } from '../math/index.js'
import type { BagRows } from './bag-rows.js'
import type { Rows } from './rows.js'

/** Numbers of words' sums that are kept: 64 MiB. */
const MOST_KEPT = 1 << 24

/**
 * The mean of the rows of a line. The sum of a known word with its n-grams is kept from the first time that it comes: a
 * text has few different words.
 */
export class HiddenRow {
  readonly #bag: BagRows
  readonly #input: Rows
  readonly #hidden: Float32Array
  /** By word: the place of its sum from 1, or 0. */
  readonly #places: Int32Array
  /** How many rows are in each sum. */
  #sizes = new Int32Array(1 << 8)
  #sums: Float32Array
  #kept = 0

  constructor(bag: BagRows, input: Rows, words: number) {
    this.#bag = bag
    this.#input = input
    this.#hidden = new Float32Array(input.columns)
    this.#places = new Int32Array(words)
    this.#sums = new Float32Array(this.#sizes.length * input.columns)
  }

  /** Undefined if nothing in the line has a row. Good until the next line. */
  of(text: string): Float32Array | undefined {
    const hidden = this.#hidden
    const { words, rows } = this.#bag.partsOf(text)
    const known = this.#input.sumInto(hidden, rows) + words.length
    if (known === 0) return undefined
    let size = rows.length
    for (let i = 0; i < words.length; i++) size += this.#addWord(words[i]!)
    for (let i = 0; i < hidden.length; i++) hidden[i]! /= size
    if (firstNotFinite(hidden) >= 0) throw beyondFloat32()
    return hidden
  }

  /** Gives the number of its rows. */
  #addWord(word: number): number {
    const place = this.#places[word] || this.#keep(word)
    const hidden = this.#hidden
    const sums = this.#sums
    const start = (place - 1) * hidden.length
    for (let i = 0; i < hidden.length; i++) hidden[i]! += sums[start + i]!
    return this.#sizes[place - 1]!
  }

  /** What does not fit is forgotten, all at once. */
  #keep(word: number): number {
    const columns = this.#hidden.length
    if (this.#kept > 0 && (this.#kept + 1) * columns > MOST_KEPT) {
      this.#places.fill(0)
      this.#kept = 0
    }
    if (this.#kept === this.#sizes.length) this.#grow()
    const place = this.#kept++
    const rows = this.#bag.rowsOfWord(word)
    this.#input.sumInto(this.#sums.subarray(place * columns, (place + 1) * columns), rows)
    this.#sizes[place] = rows.length
    this.#places[word] = place + 1
    return place + 1
  }

  #grow(): void {
    const sizes = new Int32Array(2 * this.#sizes.length)
    sizes.set(this.#sizes)
    this.#sizes = sizes
    const sums = new Float32Array(2 * this.#sums.length)
    sums.set(this.#sums)
    this.#sums = sums
  }
}

/** Rows of a damaged file may be finite, and their sum not. */
function beyondFloat32(): WordloomError {
  return new WordloomError('bad-data', {
    action: 'classify',
    found: 'the rows of the text add up to more than a number holds, which those of no training do',
    cure: 'fetch or make the file of the classifier again',
  })
}
