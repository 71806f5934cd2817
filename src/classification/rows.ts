import { type Matrix, row } from '../math/index.js'

/** Rows of numbers, kept as they are or as codes. */
export interface Rows {
  readonly rows: number
  readonly columns: number
  /** target += row i */
  addTo(target: Float32Array, i: number): void
  /** The product of row i with a vector. */
  dot(i: number, vector: Float32Array): number
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

  addTo(target: Float32Array, i: number): void {
    const { data, stride } = this.matrix
    const start = i * stride
    for (let j = 0; j < target.length; j++) target[j]! += data[start + j]!
  }

  dot(i: number, vector: Float32Array): number {
    const numbers = row(this.matrix, i)
    let sum = 0
    for (let j = 0; j < numbers.length; j++) sum += numbers[j]! * vector[j]!
    return sum
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

  addTo(target: Float32Array, i: number): void {
    const norm = this.#norm(i)
    this.#visit(i, (column, number) => {
      target[column]! += norm * number
    })
  }

  dot(i: number, vector: Float32Array): number {
    let sum = 0
    this.#visit(i, (column, number) => {
      sum += number * vector[column]!
    })
    return sum * this.#norm(i)
  }

  #norm(i: number): number {
    return this.norms ? this.norms.numbers[this.norms.codes[i]!]! : 1
  }

  #visit(i: number, take: (column: number, number: number) => void): void {
    const { parts, width, columns, numbers } = this.centroids
    for (let part = 0; part < parts; part++) {
      const first = part * width
      const size = Math.min(width, columns - first)
      const start = CENTROIDS * first + this.codes[i * parts + part]! * size
      for (let j = 0; j < size; j++) take(first + j, numbers[start + j]!)
    }
  }
}

/** A code is a byte. */
export const CENTROIDS = 256
