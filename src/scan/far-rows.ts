import { type Matrix, norm, row } from '../math/index.js'

/**
 * Rows whose lengths, or whose products with directions, float32 cannot hold: those below 1e-30 and those past 3.4e38. The
 * kernel measures them as 0, like rows of zeros; here they are scored in float64. Hardly any file has one.
 */
export class FarRows {
  readonly #matrix: Matrix
  readonly #norms: Float32Array
  /** Rising. */
  readonly #ids: number[] = []
  #looked = 0

  /** `norms` are those of the kernel. */
  constructor(matrix: Matrix, norms: Float32Array) {
    this.#matrix = matrix
    this.#norms = norms
  }

  /** The length of a row that the kernel measured as 0; 0 if it has none, or is not finite. */
  norm(i: number): number {
    const length = norm(row(this.#matrix, i))
    return Number.isFinite(length) ? length : 0
  }

  /** Looks for such rows below `end`, all of which are measured. */
  look(end: number): void {
    for (let i = this.#looked; i < end; i++) if (this.#norms[i] === 0 && this.norm(i) > 0) this.#ids.push(i)
    this.#looked = Math.max(end, this.#looked)
  }

  /** Those in [from, to). */
  within(from: number, to: number): readonly number[] {
    if (this.#ids.length === 0) return this.#ids
    return this.#ids.slice(this.#placeOf(from), this.#placeOf(to))
  }

  /** The product of row i at length 1 with a query, number `at(j)` of which belongs to column j. */
  score(i: number, query: Float32Array, at: (column: number) => number): number {
    const numbers = row(this.#matrix, i)
    let product = 0
    for (let j = 0; j < numbers.length; j++) product += numbers[j]! * query[at(j)]!
    return product / this.norm(i)
  }

  /** How many of them come before row `id`. */
  #placeOf(id: number): number {
    let [from, to] = [0, this.#ids.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.#ids[middle]! < id) from = middle + 1
      else to = middle
    }
    return from
  }
}
