import { type Matrix, row } from '../../math/index.js'
import { type Parts, rowOf } from '../plan/parts.js'

/** Puts rows that lie part by part into the order of the vocabulary, in place: cycle by cycle of the permutation. */
export function restoreOrder(matrix: Matrix, parts: Parts): void {
  const done = new Uint8Array(matrix.rows)
  const first = new Float32Array(matrix.columns)
  for (let start = 0; start < matrix.rows; start++) {
    if (done[start]) continue
    first.set(row(matrix, start))
    let id = start
    for (let from = rowOf(parts, id); from !== start; from = rowOf(parts, id)) {
      row(matrix, id).set(row(matrix, from))
      done[id] = 1
      id = from
    }
    row(matrix, id).set(first)
    done[id] = 1
  }
}

/** A view of some rows. */
export function rowsFrom(matrix: Matrix, first: number, rows: number): Matrix {
  const data = matrix.data.subarray(first * matrix.stride, (first + rows) * matrix.stride)
  return { ...matrix, data, rows }
}
