import { option, say, sizeOf } from '../errors.js'
import { refuseBeyondContainer } from '../wasm/index.js'

/** Row-major float32 matrix: row i starts at `i * stride`; columns past `columns` are padding and stay zero. */
export interface Matrix {
  readonly data: Float32Array
  readonly rows: number
  readonly columns: number
  readonly stride: number
}

/** Kernels read rows four floats at a time, so rows are padded to a multiple of four. */
export function paddedStride(columns: number): number {
  return Math.ceil(columns / 4) * 4
}

/** A zero matrix in ordinary memory. Throws `too-large` if the container of this process has no room for it. */
export function allocateMatrix(rows: number, columns: number): Matrix {
  const stride = paddedStride(columns)
  const shape = `${rows.toLocaleString('en')} rows × ${columns.toLocaleString('en')} dimensions`
  refuseBeyondContainer(rows * stride * 4, {
    action: 'hold the vectors',
    found: `${shape} need ${sizeOf(rows * stride * 4)}`,
    cure: say`load fewer words with ${option('limit')}, or give the container more memory`,
  })
  return { data: new Float32Array(rows * stride), rows, columns, stride }
}

/** A view of row i without its padding: writing to it writes to the matrix. */
export function row(matrix: Matrix, i: number): Float32Array {
  const start = i * matrix.stride
  return matrix.data.subarray(start, start + matrix.columns)
}
