/**
 * kernels/search.ts in TypeScript: the same arguments (byte addresses into `floats`), the same bits as its
 * plain SIMD build. It is what that build is tested against, and what runs if there is no SIMD.
 */

const SHORTEST = Math.fround(1e-30)
const LONGEST = Math.fround(3.4e38)

/** The length of each row; 0 for a row that is all zeros, not finite, or beyond those lengths. */
export function measureRows(
  floats: Float32Array,
  rows: number,
  stride: number,
  count: number,
  norms: number,
): void {
  for (let i = 0; i < count; i++) {
    const length = Math.fround(Math.sqrt(sumOfSquares(floats, rows / 4 + i * stride, stride)))
    floats[norms / 4 + i] = length >= SHORTEST && length <= LONGEST ? length : 0
  }
}

/** scores[q · scoreStride + i] = row i · query q / norm i; 0 if the norm is 0. Queries lie column by column. */
export function scoreRows(
  floats: Float32Array,
  rows: number,
  stride: number,
  count: number,
  norms: number,
  queries: number,
  queryCount: number,
  scores: number,
  scoreStride: number,
): void {
  for (let q = 0; q < queryCount; q++)
    for (let i = 0; i < count; i++) {
      const norm = floats[norms / 4 + i]!
      const product = dotInLanes(floats, rows / 4 + i * stride, queries / 4 + 4 * q, 4 * queryCount, stride)
      floats[scores / 4 + q * scoreStride + i] = norm > 0 ? product / norm : 0
    }
}

/** scores[q · scoreStride + i] = (row i · query q) · factor i; rows of int8, queries of int16, eight by eight. */
export function scoreInt8Rows(
  floats: Float32Array,
  rows: number,
  stride: number,
  count: number,
  factors: number,
  queries: number,
  queryCount: number,
  scores: number,
  scoreStride: number,
): void {
  const row = new Int8Array(floats.buffer, rows, count * stride)
  const query = new Int16Array(floats.buffer, queries, queryCount * stride)
  for (let q = 0; q < queryCount; q++)
    for (let i = 0; i < count; i++) {
      let sum = 0
      for (let j = 0; j < stride; j++)
        sum += row[i * stride + j]! * query[((j >> 3) * queryCount + q) * 8 + (j & 7)]!
      floats[scores / 4 + q * scoreStride + i] = Math.fround(sum) * floats[factors / 4 + i]!
    }
}

/** The first of `count` scores that is above `bar`; `count` if none is. */
export function firstAbove(floats: Float32Array, scores: number, count: number, bar: number): number {
  const rounded = Math.fround(bar)
  let i = 0
  while (i < count && !(floats[scores / 4 + i]! > rounded)) i++
  return i
}

function sumOfSquares(floats: Float32Array, start: number, length: number): number {
  const lanes = [0, 0, 0, 0]
  for (let i = 0; i < length; i++) lanes[i & 3]! += floats[start + i]! * floats[start + i]!
  return lanes[0]! + lanes[2]! + (lanes[1]! + lanes[3]!)
}

/** Of four numbers in a row at `a` and of four at `b`, and so on, where fours of `b` begin `apart` numbers from each other. */
function dotInLanes(floats: Float32Array, a: number, b: number, apart: number, length: number): number {
  const lanes = new Float32Array(4)
  for (let i = 0; i < length; i++)
    lanes[i & 3]! += Math.fround(floats[a + i]! * floats[b + (i >> 2) * apart + (i & 3)]!)
  return Math.fround(Math.fround(lanes[0]! + lanes[2]!) + Math.fround(lanes[1]! + lanes[3]!))
}
