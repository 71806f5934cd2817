import { paddedStride } from '../math/index.js'
import { allocateShareable, type Memory, PAGE_BYTES } from '../wasm/index.js'
import { SearchMatrix } from './search-matrix.js'
import { checkFits, checkRoom, fits, outOfMemory, pagesFor, placesOf } from './search-memory.js'

/**
 * Rows that arrive one by one, in number unknown, and become a search matrix without a copy: the memory grows
 * in place.
 */
export class GrowingRows {
  rows = 0
  readonly columns: number
  readonly #memory: Memory
  readonly #start: number
  readonly #stride: number
  #data: Float32Array
  #capacity: number

  /** `expected` rows are set aside at once; more may come. Throws `too-large` if they cannot fit. */
  constructor(columns: number, expected = 0) {
    checkRoom(expected, columns)
    this.columns = columns
    this.#start = placesOf(0, columns).rows
    this.#stride = paddedStride(columns)
    this.#memory = attempt(expected, columns, () => allocateShareable(pagesFor(expected, columns)))
    this.#capacity = expected
    this.#data = this.#view()
  }

  /** Where the next row is to be written; it counts once `add` is called. */
  next(): Float32Array {
    if (this.rows === this.#capacity) this.#grow()
    const start = this.rows * this.#stride
    return this.#data.subarray(start, start + this.columns)
  }

  add(): void {
    this.rows++
  }

  /** The rows as a matrix; nothing may be added afterwards. */
  finish(): SearchMatrix {
    return new SearchMatrix(this.#memory, this.rows, this.columns)
  }

  #grow(): void {
    checkFits(this.rows + 1, this.columns)
    const roomy = Math.max(64, Math.ceil(this.rows * 1.5))
    const wanted = fits(roomy, this.columns) ? roomy : this.rows + 1
    const pages = pagesFor(wanted, this.columns) - this.#memory.buffer.byteLength / PAGE_BYTES
    if (pages > 0) checkRoom(wanted, this.columns, this.#memory.buffer.byteLength)
    if (pages > 0) attempt(wanted, this.columns, () => this.#memory.grow(pages))
    this.#capacity = wanted
    this.#data = this.#view()
  }

  #view(): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#start, this.#capacity * this.#stride)
  }
}

function attempt<T>(rows: number, columns: number, allocate: () => T): T {
  try {
    return allocate()
  } catch (cause) {
    throw outOfMemory(rows, columns, cause)
  }
}
