import { bytesOf } from '../../tensors/index.js'
import { type Centroids, type CodedRows, type Rows, rowReader } from '../rows.js'

/** float32 in the order of the file, preceded by int64 rows and columns. `rowAt` gives the place of a row, or undefined. */
export function* plainRows(
  rows: Rows,
  count: number,
  rowAt: (i: number) => number | undefined,
): Generator<Uint8Array> {
  yield sizes(count, rows.columns)
  const rowOf = rowReader(rows)
  const zeros = new Uint8Array(4 * rows.columns)
  for (let i = 0; i < count; i++) {
    const place = rowAt(i)
    yield place === undefined ? zeros : bytesOf(rowOf(place).slice())
  }
}

/** As `takeCodedRows` reads them. */
export function* codedRows({ codes, centroids, norms, rows, columns }: CodedRows): Generator<Uint8Array> {
  yield Uint8Array.of(norms ? 1 : 0)
  yield sizes(rows, columns)
  yield bytesOf(Int32Array.of(codes.length))
  yield codes
  yield* centroidBytes(centroids)
  if (!norms) return
  yield norms.codes
  yield* centroidBytes({ columns: 1, parts: 1, width: 1, numbers: norms.numbers })
}

function* centroidBytes({ columns, parts, width, numbers }: Centroids): Generator<Uint8Array> {
  yield bytesOf(Int32Array.of(columns, parts, width, columns - (parts - 1) * width))
  yield bytesOf(numbers)
}

function sizes(rows: number, columns: number): Uint8Array {
  return bytesOf(BigInt64Array.of(BigInt(rows), BigInt(columns)))
}
