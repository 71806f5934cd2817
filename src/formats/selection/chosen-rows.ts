import { firstNotFinite, type Matrix, row } from '../../math/index.js'
import type { ByteReader } from '../../tensors/index.js'

/** Rows of little-endian float32 as they stand in a file. */
export interface StoredRows {
  readonly name: string
  readonly rows: number
}

/**
 * Takes the rows of these ids, which rise, into the first rows of `matrix`, and passes over the others, those
 * behind them only where more is wanted of the file. Rows that are not finite are refused with `bad-data`, or their
 * ids gathered in `leftOut`.
 */
export async function takeChosenRows(
  reader: ByteReader,
  { name, rows }: StoredRows,
  ids: ArrayLike<number>,
  matrix: Matrix,
  isLast: boolean,
  leftOut?: Set<number>,
): Promise<void> {
  const rowBytes = matrix.columns * 4
  let next = 0
  for (let i = 0; i < ids.length; i++) {
    await passOver(reader, (ids[i]! - next) * rowBytes, name)
    const numbers = row(matrix, i)
    const isSound = await takeRow(reader, numbers, `row ${ids[i]} of "${name}"`, leftOut !== undefined)
    if (!isSound) leftOut?.add(ids[i]!)
    next = ids[i]! + 1
  }
  if (!isLast) await reader.skip((rows - next) * rowBytes, `"${name}"`)
}

/** Takes as many numbers as the row has; whether they are finite. Else throws `bad-data`, unless `lenient`. */
export async function takeRow(
  reader: ByteReader,
  numbers: Float32Array,
  what: string,
  lenient = false,
): Promise<boolean> {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.length * 4)
  await reader.readInto(bytes, what)
  const wrong = firstNotFinite(numbers)
  if (wrong >= 0 && !lenient)
    throw reader.error({
      place: { part: what },
      found: `number ${wrong} is ${numbers[wrong]}`,
      expected: 'finite numbers',
    })
  return wrong < 0
}

async function passOver(reader: ByteReader, bytes: number, name: string): Promise<void> {
  if (bytes > 0) await reader.skip(bytes, `"${name}"`)
}
