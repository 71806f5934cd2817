import { dot, norm, ProductQuantizer } from '../../math/index.js'
import { CENTROIDS, type Centroids, CodedRows } from '../rows.js'

/** How rows become codes. */
export interface Coding {
  /** Columns that share a code. */
  readonly width: number
  /** Whether lengths have codes of their own. */
  readonly norms: boolean
  readonly seed: number
}

/** Rows by their numbers; the array may be overwritten by the next call. */
export type RowAt = (i: number) => Float32Array

/** Rows and rounds from which centroids are learned; fastText takes 65,536 and 25, which changes no label of a hundred. */
const LEARNING = { sample: 20_000, rounds: 15 }

/** Rows as codes (Jégou et al. 2011), of the layout that fastText's files have. */
export function codedRows(rowAt: RowAt, rows: number, columns: number, coding: Coding): CodedRows {
  const { width, norms, seed } = coding
  const parts = Math.ceil(columns / width)
  const direction = new Float32Array(columns)
  const coded: RowAt = norms ? i => directionOf(rowAt(i), direction) : rowAt
  const quantizer = ProductQuantizer.learn(coded, rows, columns, parts, seed, { ...LEARNING, width })
  const codes = new Uint8Array(rows * parts)
  for (let i = 0; i < rows; i++) quantizer.encode(coded(i), codes.subarray(i * parts, (i + 1) * parts))
  const centroids = centroidsOf(quantizer, width)
  if (!norms) return new CodedRows(codes, centroids)
  return new CodedRows(codes, centroids, codedNorms(lengthsOf(rowAt, codes, quantizer), seed))
}

function directionOf(numbers: Float32Array, target: Float32Array): Float32Array {
  const length = norm(numbers)
  for (let j = 0; j < target.length; j++) target[j] = length > 0 ? numbers[j]! / length : 0
  return target
}

/** The length that brings the codes of each row nearest to it: (row · codes) / (codes · codes). */
function lengthsOf(rowAt: RowAt, codes: Uint8Array, quantizer: ProductQuantizer): Float32Array {
  const { columns, segments } = quantizer
  const decoded = new Float32Array(columns)
  return Float32Array.from({ length: codes.length / segments }, (_, i) => {
    quantizer.decode(codes.subarray(i * segments, (i + 1) * segments), decoded)
    const square = dot(decoded, decoded)
    return square > 0 ? dot(rowAt(i), decoded) / square : 0
  })
}

function codedNorms(lengths: Float32Array, seed: number) {
  const own = new Float32Array(1)
  const lengthAt: RowAt = i => {
    own[0] = lengths[i]!
    return own
  }
  const { codes, centroids } = codedRows(lengthAt, lengths.length, 1, { width: 1, norms: false, seed })
  return { codes, numbers: centroids.numbers }
}

/** All centroids of a part stand together in a file of fastText's. */
function centroidsOf({ columns, segments, centers }: ProductQuantizer, width: number): Centroids {
  const numbers = new Float32Array(CENTROIDS * columns)
  let at = 0
  for (let part = 0; part < segments; part++)
    for (let c = 0; c < CENTROIDS; c++)
      for (let j = part * width; j < Math.min(columns, (part + 1) * width); j++)
        numbers[at++] = centers[c * columns + j]!
  return { columns, parts: segments, width, numbers }
}
