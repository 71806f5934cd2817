import { allocateMatrix, type Matrix, row } from '../../math/index.js'

/** These rows of a matrix, which is given back as it is if they are all of them. */
export function picked(matrix: Matrix, ids: readonly number[]): Matrix {
  if (matrix.rows === ids.length) return matrix
  const rows = allocateMatrix(ids.length, matrix.columns)
  for (const [i, id] of ids.entries()) row(rows, i).set(row(matrix, id))
  return rows
}
