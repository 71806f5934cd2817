import { FLOAT16_MOST, fromFloat16, toFloat16 } from './float16.js'
import { decodeInt8, encodeInt8 } from './int8-rows.js'
import { type Matrix, row } from './matrix.js'
import { ProductQuantizer } from './product-quantizer.js'
import { norm } from './vector.js'

/** How the numbers of rows are kept. */
export const precisions = ['float32', 'float16', 'int8', 'pq'] as const

export type Precision = (typeof precisions)[number]

/** Two bytes a number, rounded to 11 bits. */
export interface Float16Rows {
  readonly precision: 'float16'
  readonly halves: Uint16Array
}

/** A byte a number, and a float32 a row: number · scale. */
export interface Int8Rows {
  readonly precision: 'int8'
  readonly numbers: Int8Array
  readonly scales: Float32Array
}

/** A byte a segment, and a float32 a row: the direction of the codes at this length. */
export interface ProductRows {
  readonly precision: 'pq'
  readonly codes: Uint8Array
  readonly lengths: Float32Array
  readonly quantizer: ProductQuantizer
}

/** Rows in fewer bytes than float32 takes, row after row without padding. */
export type EncodedRows = Float16Rows | Int8Rows | ProductRows

/** The first row with a number too great for float16, or −1. */
export function firstBeyondFloat16(matrix: Matrix): number {
  for (let i = 0; i < matrix.rows; i++)
    if (row(matrix, i).some(x => Math.abs(x) >= FLOAT16_MOST + 16)) return i
  return -1
}

export function encodeFloat16(matrix: Matrix): Float16Rows {
  const halves = new Uint16Array(matrix.rows * matrix.columns)
  for (let i = 0, at = 0; i < matrix.rows; i++) for (const x of row(matrix, i)) halves[at++] = toFloat16(x)
  return { precision: 'float16', halves }
}

export function encodeInt8Rows(matrix: Matrix): Int8Rows {
  const { rows, columns } = matrix
  const numbers = new Int8Array(rows * columns)
  const scales = Float32Array.from({ length: rows }, (_, i) =>
    encodeInt8(row(matrix, i), numbers.subarray(i * columns, (i + 1) * columns)),
  )
  return { precision: 'int8', numbers, scales }
}

/** Directions are learned and kept apart from lengths, since it is directions that searches compare. */
export function encodeProducts(matrix: Matrix, bytes: number, seed: number): ProductRows {
  const { rows, columns } = matrix
  const direction = new Float32Array(columns)
  const directionOf = (i: number) => {
    const numbers = row(matrix, i)
    const length = norm(numbers)
    for (let j = 0; j < columns; j++) direction[j] = length > 0 ? numbers[j]! / length : 0
    return direction
  }
  const quantizer = ProductQuantizer.learn(directionOf, rows, columns, bytes, seed)
  const codes = new Uint8Array(rows * bytes)
  const lengths = new Float32Array(rows)
  const decoded = new Float32Array(columns)
  for (let i = 0; i < rows; i++) {
    const ownCodes = codes.subarray(i * bytes, (i + 1) * bytes)
    quantizer.encode(directionOf(i), ownCodes)
    quantizer.decode(ownCodes, decoded)
    const length = norm(decoded)
    lengths[i] = length > 0 ? norm(row(matrix, i)) / length : 0
  }
  return { precision: 'pq', codes, lengths, quantizer }
}

/** Writes row i as float32. */
export function decodeRow(encoded: EncodedRows, i: number, target: Float32Array): void {
  const columns = target.length
  if (encoded.precision === 'float16')
    for (let j = 0; j < columns; j++) target[j] = fromFloat16(encoded.halves[i * columns + j]!)
  else if (encoded.precision === 'int8')
    decodeInt8(encoded.numbers.subarray(i * columns, (i + 1) * columns), encoded.scales[i]!, target)
  else {
    const { codes, lengths, quantizer } = encoded
    quantizer.decode(codes.subarray(i * quantizer.segments, (i + 1) * quantizer.segments), target)
    for (let j = 0; j < columns; j++) target[j]! *= lengths[i]!
  }
}

/** The rows of these ids, of so many numbers each, in their order. */
export function pickedRows(encoded: EncodedRows, ids: readonly number[], columns: number): EncodedRows {
  if (encoded.precision === 'float16') return { ...encoded, halves: pieces(encoded.halves, ids, columns) }
  if (encoded.precision === 'int8')
    return {
      ...encoded,
      numbers: pieces(encoded.numbers, ids, columns),
      scales: pieces(encoded.scales, ids, 1),
    }
  return {
    ...encoded,
    codes: pieces(encoded.codes, ids, encoded.quantizer.segments),
    lengths: pieces(encoded.lengths, ids, 1),
  }
}

/** `length` numbers from the place of each id on. */
function pieces<Numbers extends Uint16Array | Int8Array | Uint8Array | Float32Array>(
  numbers: Numbers,
  ids: readonly number[],
  length: number,
): Numbers {
  const picked = new (numbers.constructor as new (length: number) => Numbers)(ids.length * length)
  for (const [i, id] of ids.entries())
    picked.set(numbers.subarray(id * length, (id + 1) * length), i * length)
  return picked
}
