import { type Matrix, row } from '../math/index.js'

/** A word's neighbor: its position among the words compared, and the cosine of the angle between the two. */
export interface MapNeighbor {
  readonly index: number
  readonly similarity: number
}

/** Cosine similarities of `size` words with each other, row by row. */
export interface Similarities {
  readonly size: number
  readonly values: Float32Array
}

/** The rows of `ids` at length 1. A row of length zero, or with numbers that are not finite, becomes all zeros. */
export function unitRows(matrix: Matrix, ids: readonly number[]): Float32Array[] {
  return ids.map(id => unit(row(matrix, id)))
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  const scale = length > 0 && Number.isFinite(length) ? 1 / length : 0
  return scale > 0 ? vector.map(value => value * scale) : new Float32Array(vector.length)
}

/** The rows without the direction they have in common, at length 1 again (Mu and Viswanath 2018). */
export function centeredRows(rows: readonly Float32Array[]): Float32Array[] {
  const mean = meanOf(rows)
  return rows.map(vector => unit(vector.map((value, i) => value - mean[i]!)))
}

export function meanOf(rows: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(rows[0]?.length ?? 0)
  for (const vector of rows) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!
  return Float32Array.from(sum, value => value / rows.length)
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** Every row with every row; the diagonal is 1 also for a row of zeros. */
export function similaritiesOf(rows: readonly Float32Array[]): Similarities {
  const size = rows.length
  const values = new Float32Array(size * size)
  for (let i = 0; i < size; i++) {
    values[i * size + i] = 1
    for (let j = 0; j < i; j++)
      values[i * size + j] = values[j * size + i] = Math.min(1, dot(rows[i]!, rows[j]!))
  }
  return { size, values }
}

/** The `count` nearest others of word `index`, nearest first, equals in the order of the words. */
export function neighborsOf({ size, values }: Similarities, index: number, count: number): MapNeighbor[] {
  const similarity = (other: number) => values[index * size + other]!
  return Array.from({ length: size }, (_, other) => other)
    .filter(other => other !== index)
    .sort((a, b) => similarity(b) - similarity(a) || a - b)
    .slice(0, count)
    .map(other => ({ index: other, similarity: similarity(other) }))
}
