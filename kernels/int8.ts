// Scores rows of 8-bit numbers against queries of 16-bit ones. Sums are whole numbers, so every build gives the
// same. Rows and queries are padded with zeros to a stride that is a multiple of 16 numbers; the caller keeps
// |row| · |query| · stride below 2³¹. (The relaxed product of 8 by 7 bits is no faster: memory is what is waited for.)
import { loadApart, storeApart } from './vector'

/**
 * scores[q · scoreStride + i] = (row i · query q) · factor i, for 1 query or for 4, which lie column by column: eight
 * numbers of the first query, eight of the second, and so on. `stride` is in numbers: bytes of a row, half the bytes
 * of a query.
 */
export function scoreInt8Rows(
  rows: usize,
  stride: i32,
  count: i32,
  factors: usize,
  queries: usize,
  queryCount: i32,
  scores: usize,
  scoreStride: i32,
): void {
  let rowBytes = <usize>stride
  if (queryCount === 1) scoreOne(rows, rowBytes, count, factors, queries, scores)
  else scoreFour(rows, rowBytes, count, factors, queries, scores, <usize>scoreStride * 4)
}

// Four rows at a time, one from each quarter of them, as in scoreOneQuery.
function scoreOne(
  rows: usize,
  rowBytes: usize,
  count: i32,
  factors: usize,
  query: usize,
  scores: usize,
): void {
  let quarter = count >> 2
  let quarterBytes = <usize>quarter * rowBytes
  let second = rows + quarterBytes,
    third = second + quarterBytes,
    fourth = third + quarterBytes
  for (let i = 0; i < quarter; i++) {
    let sum0 = i32x4.splat(0),
      sum1 = i32x4.splat(0),
      sum2 = i32x4.splat(0),
      sum3 = i32x4.splat(0)
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let low = v128.load(query + 2 * at)
      let high = v128.load(query + 2 * at + 16)
      sum0 = addProducts(sum0, v128.load(rows + at), low, high)
      sum1 = addProducts(sum1, v128.load(second + at), low, high)
      sum2 = addProducts(sum2, v128.load(third + at), low, high)
      sum3 = addProducts(sum3, v128.load(fourth + at), low, high)
    }
    let sums = f32x4.convert_i32x4_s(sumsOfLanes(sum0, sum1, sum2, sum3))
    storeApart(scores, <usize>quarter * 4, f32x4.mul(sums, loadApart(factors, <usize>quarter * 4)))
    rows += rowBytes
    second += rowBytes
    third += rowBytes
    fourth += rowBytes
    factors += 4
    scores += 4
  }
  rows = fourth
  factors += <usize>quarter * 12
  scores += <usize>quarter * 12
  for (let i = quarter * 4; i < count; i++) {
    let sum = i32x4.splat(0)
    for (let at: usize = 0; at < rowBytes; at += 16)
      sum = addProducts(sum, v128.load(rows + at), v128.load(query + 2 * at), v128.load(query + 2 * at + 16))
    let sums = f32x4.convert_i32x4_s(sumsOfLanes(sum, sum, sum, sum))
    v128.store32_lane(scores, f32x4.mul(sums, v128.load32_splat(factors)), 0)
    rows += rowBytes
    factors += 4
    scores += 4
  }
}

// Two rows, one from each half, are widened once for four queries; of an odd number of rows the one in the middle is in
// both halves.
function scoreFour(
  rows: usize,
  rowBytes: usize,
  count: i32,
  factors: usize,
  queries: usize,
  scores: usize,
  scoreBytes: usize,
): void {
  let half = (count + 1) >> 1
  let other = <usize>(count - half)
  let toOther = other * rowBytes
  for (let i = 0; i < half; i++) {
    let a0 = i32x4.splat(0),
      a1 = i32x4.splat(0),
      a2 = i32x4.splat(0),
      a3 = i32x4.splat(0)
    let b0 = i32x4.splat(0),
      b1 = i32x4.splat(0),
      b2 = i32x4.splat(0),
      b3 = i32x4.splat(0)
    let query = queries
    for (let end = rows + rowBytes; rows < end; rows += 8, query += 64) {
      let a = v128.load_ext<i8>(rows)
      let b = v128.load_ext<i8>(rows + toOther)
      let x = v128.load(query)
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(a, x))
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(b, x))
      x = v128.load(query, 16)
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(a, x))
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(b, x))
      x = v128.load(query, 32)
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(a, x))
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(b, x))
      x = v128.load(query, 48)
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(a, x))
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(b, x))
    }
    storeFour(scores, scoreBytes, sumsOfLanes(a0, a1, a2, a3), factors)
    storeFour(scores + other * 4, scoreBytes, sumsOfLanes(b0, b1, b2, b3), factors + other * 4)
    factors += 4
    scores += 4
  }
}

/** Scores of one row for four queries. */
function storeFour(scores: usize, scoreBytes: usize, sums: v128, factor: usize): void {
  storeApart(scores, scoreBytes, f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load32_splat(factor)))
}

function addProducts(sum: v128, sixteen: v128, low: v128, high: v128): v128 {
  let first = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(sixteen), low)
  let last = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(sixteen), high)
  return i32x4.add(sum, i32x4.add(first, last))
}

/** Lane i is the sum of the lanes of the i-th argument. */
function sumsOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  let ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 1, 4, 5), v128.shuffle<i32>(a, b, 2, 3, 6, 7))
  let cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 1, 4, 5), v128.shuffle<i32>(c, d, 2, 3, 6, 7))
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7))
}
