import { relativeError, type Vector } from '../../equations/index.js'
import type { Value } from './statement.js'

/** A number, 1×1. */
export function number(value: number): Value {
  return [Float64Array.of(value)]
}

/** A vector standing up, d×1. */
export function column(vector: Vector): Value {
  return Array.from(vector, entry => Float64Array.of(entry))
}

/** A vector lying down, 1×d. */
export function lying(vector: Vector): Value {
  return [Float64Array.from(vector)]
}

/** A column and a vector lying down have no sum; NumPy spreads both out and gives a matrix d×d. */
export function spreadSum(standing: Vector, lyingDown: Vector): Value {
  return Array.from(standing, entry => Float64Array.from(lyingDown, other => entry + other))
}

/** The result of a product whose shapes do not fit. */
export const nothing: Value = []

/** Σ of vectors, each of `dimensions` numbers. */
export function sumOf(vectors: readonly Vector[], dimensions: number): Float64Array {
  return Float64Array.from({ length: dimensions }, (_, i) =>
    vectors.reduce((sum, vector) => sum + vector[i], 0),
  )
}

/** The largest relative error between two values (17); Infinity if their shapes differ. */
export function differenceOf(a: Value, b: Value): number {
  if (a.length !== b.length || a.some((row, i) => row.length !== b[i].length)) return Number.POSITIVE_INFINITY
  const errors = a.flatMap((row, i) => Array.from(row, (entry, j) => relativeError(entry, b[i][j])))
  return errors.reduce((largest, error) => Math.max(largest, error), 0)
}
