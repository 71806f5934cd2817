import { firstNotFinite, type Matrix } from '../math/index.js'
import { bytesOf, type Section, type TensorFile } from '../tensors/index.js'

/** Bytes written or read at a time. */
const PIECE = 1 << 22

/** Where a row of a tensor lies in memory. */
type RowPlace = (row: number) => number

const inOrder: RowPlace = row => row

/** A row that is no longer made of numbers: there is nothing to keep. */
export class NotFinite extends Error {
  constructor(row: number) {
    super(`row ${row} has a number that is not finite`)
  }
}

/** A tensor of the rows of a matrix, without their padding. Reading its chunks throws NotFinite. */
export function rowSection(name: string, matrix: Matrix, place: RowPlace = inOrder): Section {
  return { name, dtype: 'F32', shape: [matrix.rows, matrix.columns], chunks: rowPieces(matrix, place) }
}

/** Reads such a tensor into the rows of a matrix. */
export async function readRows(
  file: TensorFile,
  name: string,
  matrix: Matrix,
  place: RowPlace = inOrder,
): Promise<void> {
  const { rows, columns, stride, data } = matrix
  const rowBytes = columns * 4
  const atOnce = Math.max(1, Math.floor(PIECE / rowBytes))
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    const piece = await file.read(name, first * rowBytes, (first + count) * rowBytes)
    const numbers = new Float32Array(piece.buffer)
    for (let i = 0; i < count; i++)
      data.set(numbers.subarray(i * columns, (i + 1) * columns), place(first + i) * stride)
  }
}

/** A piece at a time, in one buffer again and again. */
function* rowPieces({ rows, columns, stride, data }: Matrix, place: RowPlace): Generator<Uint8Array> {
  const atOnce = Math.max(1, Math.floor(PIECE / (columns * 4)))
  const piece = new Float32Array(Math.min(rows, atOnce) * columns)
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    for (let i = 0; i < count; i++) {
      const at = place(first + i) * stride
      piece.set(data.subarray(at, at + columns), i * columns)
    }
    const numbers = piece.subarray(0, count * columns)
    const wrong = firstNotFinite(numbers)
    if (wrong >= 0) throw new NotFinite(first + Math.floor(wrong / columns))
    yield bytesOf(numbers)
  }
}
