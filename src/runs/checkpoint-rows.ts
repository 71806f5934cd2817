import { firstNotFinite, type Matrix } from '../math/index.js'
import { bytesOf, type Section, type TensorFile } from '../tensors/index.js'

/** Bytes written or read at a time. */
const PIECE = 1 << 22

/** Rows of float32, wherever they lie. */
export interface RowStore {
  readonly rows: number
  readonly columns: number
  /** Writes a row into `into`, which has room for as many numbers as there are columns. */
  read(row: number, into: Float32Array): void
  write(row: number, numbers: Float32Array): void
}

/** The rows of a matrix, the i-th of which lies at place `place(i)`. */
export function storeOf(matrix: Matrix, place: (i: number) => number = i => i): RowStore {
  const { rows, columns, stride, data } = matrix
  return {
    rows,
    columns,
    read(i, into) {
      const at = place(i) * stride
      into.set(data.subarray(at, at + columns))
    },
    write: (i, numbers) => data.set(numbers, place(i) * stride),
  }
}

/** A row that is no longer made of numbers: there is nothing to keep. */
export class NotFinite extends Error {
  constructor(row: number) {
    super(`row ${row} has a number that is not finite`)
  }
}

/** A tensor of rows, a piece at a time. Reading its chunks throws NotFinite. */
export function rowSection(name: string, store: RowStore): Section {
  return { name, dtype: 'F32', shape: [store.rows, store.columns], chunks: rowPieces(store) }
}

/** Reads such a tensor back into the rows. */
export async function readRows(file: TensorFile, name: string, store: RowStore): Promise<void> {
  const { rows, columns } = store
  const rowBytes = columns * 4
  const atOnce = Math.max(1, Math.floor(PIECE / rowBytes))
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    const piece = await file.read(name, first * rowBytes, (first + count) * rowBytes)
    const numbers = new Float32Array(piece.buffer)
    for (let i = 0; i < count; i++) store.write(first + i, numbers.subarray(i * columns, (i + 1) * columns))
  }
}

/** In one buffer again and again. */
function* rowPieces(store: RowStore): Generator<Uint8Array> {
  const { rows, columns } = store
  const atOnce = Math.max(1, Math.floor(PIECE / (columns * 4)))
  const piece = new Float32Array(Math.min(rows, atOnce) * columns)
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    for (let i = 0; i < count; i++) store.read(first + i, piece.subarray(i * columns, (i + 1) * columns))
    const numbers = piece.subarray(0, count * columns)
    const wrong = firstNotFinite(numbers)
    if (wrong >= 0) throw new NotFinite(first + Math.floor(wrong / columns))
    yield bytesOf(numbers)
  }
}
