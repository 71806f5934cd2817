import type { Matrix } from '../math/index.js'

/** Rows of numbers, kept as they are or as codes. */
export interface Rows {
  readonly rows: number
  readonly columns: number
  /** target = the sum of the rows, each as often as it is named; those below 0 are zeros. Gives the number of the others. */
  sumInto(target: Float32Array, rows: Int32Array): number
  /** The product of row i with a vector. */
  dot(i: number, vector: Float32Array): number
  /** The products of all rows with a vector. */
  dots(vector: Float32Array, into: Float64Array): void
}

export class PlainRows implements Rows {
  readonly rows: number
  readonly columns: number
  readonly matrix: Matrix

  constructor(matrix: Matrix) {
    this.matrix = matrix
    this.rows = matrix.rows
    this.columns = matrix.columns
  }

  sumInto(target: Float32Array, rows: Int32Array): number {
    const { data, stride } = this.matrix
    let count = 0
    target.fill(0)
    for (let i = 0; i < rows.length; i++) {
      if (rows[i]! < 0) continue
      count++
      const start = rows[i]! * stride
      for (let j = 0; j < target.length; j++) target[j]! += data[start + j]!
    }
    return count
  }

  dot(i: number, vector: Float32Array): number {
    const { data, stride } = this.matrix
    const start = i * stride
    let sum = 0
    for (let j = 0; j < vector.length; j++) sum += data[start + j]! * vector[j]!
    return sum
  }

  dots(vector: Float32Array, into: Float64Array): void {
    for (let i = 0; i < this.rows; i++) into[i] = this.dot(i, vector)
  }
}

/** Centroids of the parts that rows are cut into: the parts have `width` columns each, but for the last. */
export interface Centroids {
  readonly columns: number
  readonly parts: number
  readonly width: number
  /** Of all parts in turn, 256 each. */
  readonly numbers: Float32Array
}

/** The lengths by which the centroids of rows are multiplied: a code a row, which is one of 256 numbers. */
export interface CodedNorms {
  readonly codes: Uint8Array
  readonly numbers: Float32Array
}

/** Each part of a row is one of 256 centroids (Jégou et al. 2011); the norms of rows may be codes of their own. */
export class CodedRows implements Rows {
  readonly rows: number
  readonly columns: number
  /** Row by row, one for each part. */
  readonly codes: Uint8Array
  readonly centroids: Centroids
  readonly norms: CodedNorms | undefined

  constructor(codes: Uint8Array, centroids: Centroids, norms?: CodedNorms) {
    this.codes = codes
    this.centroids = centroids
    this.norms = norms
    this.rows = codes.length / centroids.parts
    this.columns = centroids.columns
  }

  sumInto(target: Float32Array, rows: Int32Array): number {
    const { parts, width, columns, numbers } = this.centroids
    const codes = this.codes
    let count = 0
    target.fill(0)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      if (row < 0) continue
      count++
      const norm = this.#normOf(row)
      for (let part = 0, first = 0; part < parts; part++, first += width) {
        const size = first + width <= columns ? width : columns - first
        const start = CENTROIDS * first + codes[row * parts + part]! * size
        for (let j = 0; j < size; j++) target[first + j]! += norm * numbers[start + j]!
      }
    }
    return count
  }

  dot(i: number, vector: Float32Array): number {
    const { parts, width, columns, numbers } = this.centroids
    let sum = 0
    for (let part = 0, first = 0; part < parts; part++, first += width) {
      const size = first + width <= columns ? width : columns - first
      const start = CENTROIDS * first + this.codes[i * parts + part]! * size
      for (let j = 0; j < size; j++) sum += numbers[start + j]! * vector[first + j]!
    }
    return sum * this.#normOf(i)
  }

  dots(vector: Float32Array, into: Float64Array): void {
    for (let i = 0; i < this.rows; i++) into[i] = this.dot(i, vector)
  }

  #normOf(i: number): number {
    return this.norms ? this.norms.numbers[this.norms.codes[i]!]! : 1
  }
}

/** Gives the numbers of a row, in an array that the next call overwrites. */
export function rowReader(rows: Rows): (i: number) => Float32Array {
  const [numbers, one] = [new Float32Array(rows.columns), new Int32Array(1)]
  return i => {
    one[0] = i
    rows.sumInto(numbers, one)
    return numbers
  }
}

/** A code is a byte. */
export const CENTROIDS = 256
