import { AGAIN, takeRow } from '../../formats/inner.js'
import { allocateMatrix, firstNotFinite, row } from '../../math/index.js'
import type { ByteReader } from '../../tensors/index.js'
import { CENTROIDS, type Centroids, CodedRows, PlainRows, type Rows } from '../rows.js'
import { takeBytes } from '../taken-bytes.js'

/** What a matrix must have. */
export interface Expected {
  readonly name: string
  readonly rows: number
  readonly columns: number
}

/** Rows that are set aside at once if nothing tells how many the file has room for. */
const ROWS_AT_ONCE = 1 << 12

/** Takes a matrix as float32: int64 rows and columns, then the numbers. */
export async function takePlainRows(reader: ByteReader, expected: Expected): Promise<Rows> {
  await checkSizes(reader, expected)
  const { rows, columns, name } = expected
  checkRoom(reader, rows * columns * 4, name)
  let matrix = allocateMatrix(reader.size === undefined ? Math.min(rows, ROWS_AT_ONCE) : rows, columns)
  for (let i = 0; i < rows; i++) {
    if (i === matrix.rows) {
      const larger = allocateMatrix(Math.min(rows, 2 * matrix.rows), columns)
      larger.data.set(matrix.data)
      matrix = larger
    }
    await takeRow(reader, row(matrix, i), `row ${i} of ${name}`)
  }
  return new PlainRows(matrix)
}

/**
 * Takes a matrix as codes: a byte that is 1 if norms are codes of their own; int64 rows and columns; int32 codes; the codes,
 * row by row; their centroids; then a byte a row for the norms, and the centroids of these.
 */
export async function takeCodedRows(reader: ByteReader, expected: Expected): Promise<Rows> {
  const [hasNorms] = await take(reader, 1, expected.name)
  await checkSizes(reader, expected)
  const { rows, columns, name } = expected
  const count = (await takeNumbers(reader, 1, name))[0]!
  checkRoom(reader, count, name)
  const codes = await takeBytes(reader, count, name)
  const centroids = await takeCentroids(reader, columns, name)
  if (count !== rows * centroids.parts)
    throw damaged(reader, `${name} have ${count} codes`, `${rows} × ${centroids.parts}`)
  if (!hasNorms) return new CodedRows(codes, centroids)
  const normCodes = await takeBytes(reader, rows, `the norms of ${name}`)
  const { numbers } = await takeCentroids(reader, 1, `the norms of ${name}`)
  return new CodedRows(codes, centroids, { codes: normCodes, numbers })
}

/** int32 columns, parts, columns of a part and of the last one; 256 float32 for each column. */
async function takeCentroids(reader: ByteReader, columns: number, name: string): Promise<Centroids> {
  const [dimensions, parts, width, last] = (await takeNumbers(reader, 4, name)) as [
    number,
    number,
    number,
    number,
  ]
  const isSound =
    dimensions === columns &&
    width > 0 &&
    parts === Math.ceil(columns / width) &&
    last === columns - (parts - 1) * width
  if (!isSound)
    throw damaged(
      reader,
      `the centroids of ${name} have ${dimensions} columns in ${parts} parts of ${width}, the last of ${last}`,
      `${columns} columns in parts that add up to them`,
    )
  const numbers = new Float32Array(CENTROIDS * columns)
  await reader.readInto(new Uint8Array(numbers.buffer), `the centroids of ${name}`)
  if (firstNotFinite(numbers) >= 0)
    throw damaged(reader, `the centroids of ${name} are not finite`, 'finite numbers')
  return { columns, parts, width, numbers }
}

async function checkSizes(reader: ByteReader, { name, rows, columns }: Expected): Promise<void> {
  const bytes = await take(reader, 16, `the size of ${name}`)
  const view = new DataView(bytes.buffer)
  const [found, wide] = [view.getBigInt64(0, true), view.getBigInt64(8, true)]
  if (found !== BigInt(rows) || wide !== BigInt(columns))
    throw damaged(reader, `the file announces ${found} × ${wide} numbers for ${name}`, `${rows} × ${columns}`)
}

function checkRoom(reader: ByteReader, bytes: number, name: string): void {
  const rest = reader.size === undefined ? Number.POSITIVE_INFINITY : reader.size - reader.offset
  if (bytes < 0 || bytes > rest)
    throw reader.error({
      place: { byte: reader.offset },
      found: `${rest.toLocaleString('en')} bytes follow: the file was cut off`,
      expected: `${bytes.toLocaleString('en')} bytes for ${name}`,
      cure: AGAIN,
    })
}

async function takeNumbers(reader: ByteReader, count: number, name: string): Promise<number[]> {
  const bytes = await take(reader, 4 * count, name)
  const view = new DataView(bytes.buffer)
  return Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true))
}

async function take(reader: ByteReader, count: number, name: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(count)
  await reader.readInto(bytes, name)
  return bytes
}

function damaged(reader: ByteReader, found: string, expected: string) {
  return reader.error({
    place: { byte: reader.offset },
    found: `${found}: the file is damaged`,
    expected,
    cure: AGAIN,
  })
}
