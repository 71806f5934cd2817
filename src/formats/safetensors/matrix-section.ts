import { type Matrix, row } from '../../math/index.js'
import { bytesOf, type Section } from '../../tensors/index.js'

/** A matrix as a tensor of float32, without the padding of its rows. */
export function matrixSection(name: string, matrix: Matrix): Section {
  return { name, dtype: 'F32', shape: [matrix.rows, matrix.columns], chunks: rowsOf(matrix) }
}

function* rowsOf(matrix: Matrix): Generator<Uint8Array> {
  for (let i = 0; i < matrix.rows; i++) yield bytesOf(row(matrix, i))
}
