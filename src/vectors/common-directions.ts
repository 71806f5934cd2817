import { addScaled, dot, type Matrix, row, singularValues } from '../math/index.js'

/** Rows between two stops: a millisecond of work. */
const ROWS_AT_ONCE = 64

/**
 * The unit vectors along which rows are longest on the whole, their mean not subtracted: the first right singular
 * vectors of the matrix. Each points to where the sum of the rows does. Stops now and then, so that others have their turn.
 */
export function* commonDirections(matrix: Matrix, count: number): Generator<void, Float64Array[]> {
  if (count === 0 || matrix.rows === 0) return []
  const products = Array.from({ length: matrix.columns }, () => new Float64Array(matrix.columns))
  const sum = new Float64Array(matrix.columns)
  for (let i = 0; i < matrix.rows; i++) {
    const vector = row(matrix, i)
    addScaled(sum, 1, vector)
    if (i % ROWS_AT_ONCE === 0) yield
    for (const [j, sums] of products.entries()) addScaled(sums, vector[j]!, vector)
  }
  const { right, values } = singularValues(products)
  return right
    .slice(0, count)
    .filter((_, i) => values[i]! > 0)
    .map(direction => (dot(direction, sum) < 0 ? direction.map(x => -x) : direction))
}
