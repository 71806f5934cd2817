/** A |V|×d gradient of which few rows differ from zero: all rows have memory, and a list says which were touched. */
export class SparseGradient {
  /** Row-major, word w at w·d. */
  readonly data: Float64Array
  private readonly dimensions: number
  private readonly isTouched: Uint8Array
  private readonly touched: Int32Array
  private count = 0

  constructor(words: number, dimensions: number) {
    this.data = new Float64Array(words * dimensions)
    this.dimensions = dimensions
    this.isTouched = new Uint8Array(words)
    this.touched = new Int32Array(words)
  }

  /** Where the row of a word begins, which from now on counts. */
  row(word: number): number {
    if (this.isTouched[word] === 0) {
      this.isTouched[word] = 1
      this.touched[this.count++] = word
    }
    return word * this.dimensions
  }

  /** vectors −= step · gradient, and the gradient is zero again. */
  descend(vectors: Float64Array, step: number): void {
    for (let n = 0; n < this.count; n++) {
      const word = this.touched[n]
      for (let i = word * this.dimensions; i < (word + 1) * this.dimensions; i++) {
        vectors[i] -= step * this.data[i]
        this.data[i] = 0
      }
      this.isTouched[word] = 0
    }
    this.count = 0
  }
}
