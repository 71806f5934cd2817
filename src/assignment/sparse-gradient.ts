import type { SparseRows } from '../equations/index.js'

/**
 * A |V|×d gradient of which few rows differ from zero. They lie side by side in the order they were first touched,
 * so that those of a batch fit a processor's cache, which the whole matrix does not.
 */
export class SparseGradient {
  /** Row-major, the n-th touched row at n·d. */
  readonly data: Float64Array
  private readonly dimensions: number
  /** By word, 1 + the place of its row, or 0 if it has none. */
  private readonly places: Int32Array
  private readonly touched: Int32Array
  private count = 0

  constructor(words: number, dimensions: number) {
    this.data = new Float64Array(words * dimensions)
    this.dimensions = dimensions
    this.places = new Int32Array(words)
    this.touched = new Int32Array(words)
  }

  /** Where in `data` the row of a word begins; one that it lacked is zero. */
  row(word: number): number {
    if (this.places[word] === 0) {
      this.touched[this.count] = word
      this.places[word] = ++this.count
    }
    return (this.places[word] - 1) * this.dimensions
  }

  /** vectors −= step · gradient, and the gradient is zero again. */
  descend(vectors: Float64Array, step: number): void {
    const { dimensions, data } = this
    for (let n = 0; n < this.count; n++) {
      const start = this.touched[n] * dimensions
      for (let d = 0; d < dimensions; d++) vectors[start + d] -= step * data[n * dimensions + d]
      this.places[this.touched[n]] = 0
    }
    data.fill(0, 0, this.count * dimensions)
    this.count = 0
  }

  /** A copy of the rows by word. */
  rows(): SparseRows {
    const { dimensions, data } = this
    return new Map(
      Array.from(this.touched.subarray(0, this.count), (word, n) => [
        word,
        data.slice(n * dimensions, (n + 1) * dimensions),
      ]),
    )
  }
}
