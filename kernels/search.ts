// Scores rows against queries. Rows and queries are float32, padded with zeros to a stride that is a multiple
// of four floats; a norm of 0 marks a row without a direction. Everything is addressed by pointers.
import { loadApart, multiplyAdd, storeApart, sumOfLanes } from './vector'

export { scoreInt8Rows } from './int8'

// Beyond these lengths float32 has too few digits, or none, for the products.
const SHORTEST: f32 = 1e-30
const LONGEST: f32 = 3.4e38

/**
 * The lengths of `count` rows, summed in float64. A row that has no direction (all zeros, or not finite) gets 0, and so
 * scores 0; so does one beyond these lengths, which the caller scores (src/scan/far-rows.ts).
 */
export function measureRows(rows: usize, stride: i32, count: i32, norms: usize): void {
  let end = rows + <usize>count * <usize>stride * 4
  for (let row = rows; row < end; row += <usize>stride * 4, norms += 4)
    store<f32>(norms, lengthOf(row, stride))
}

/**
 * scores[q · scoreStride + i] = row i · query q / norm i, for 1, 4 or 6 queries, which lie column by column: four
 * numbers of the first query, four of the second, and so on. The order of additions is the same whatever their
 * number, so a score does not depend on its company.
 */
export function scoreRows(
  rows: usize,
  stride: i32,
  count: i32,
  norms: usize,
  queries: usize,
  queryCount: i32,
  scores: usize,
  scoreStride: i32,
): void {
  let rowBytes = <usize>stride * 4
  let scoreBytes = <usize>scoreStride * 4
  if (queryCount === 1) scoreOneQuery(rows, rowBytes, count, norms, queries, scores)
  else if (queryCount === 4) scoreFourQueries(rows, rowBytes, count, norms, queries, scores, scoreBytes)
  else scoreSixQueries(rows, rowBytes, count, norms, queries, scores, scoreBytes)
}

/** The first of `count` scores that is above `bar`; `count` if none is. */
export function firstAbove(scores: usize, count: i32, bar: f32): i32 {
  let bars = f32x4.splat(bar)
  let i = 0
  for (; i + 16 <= count; i += 16) {
    let at = scores + <usize>i * 4
    let low = v128.or(f32x4.gt(v128.load(at), bars), f32x4.gt(v128.load(at + 16), bars))
    let high = v128.or(f32x4.gt(v128.load(at + 32), bars), f32x4.gt(v128.load(at + 48), bars))
    if (v128.any_true(v128.or(low, high))) break
  }
  while (i < count && !(load<f32>(scores + <usize>i * 4) > bar)) i++
  return i
}

function lengthOf(row: usize, stride: i32): f32 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  for (let end = row + <usize>stride * 4; row < end; row += 16) {
    let four = v128.load(row)
    let first = f64x2.promote_low_f32x4(four)
    let last = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 0, 1))
    low = f64x2.add(low, f64x2.mul(first, first))
    high = f64x2.add(high, f64x2.mul(last, last))
  }
  let both = f64x2.add(low, high)
  let length = <f32>Math.sqrt(f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1))
  return length >= SHORTEST && length <= LONGEST ? length : 0
}

// Four rows at a time, one from each quarter of them: the query is loaded once for all four, their sums do not wait
// for each other, and each quarter is read from end to end, which the processor reads ahead of; of four rows that lie
// side by side it does not.
function scoreOneQuery(
  rows: usize,
  rowBytes: usize,
  count: i32,
  norms: usize,
  query: usize,
  scores: usize,
): void {
  let quarter = count >> 2
  let quarterBytes = <usize>quarter * rowBytes
  let second = rows + quarterBytes,
    third = second + quarterBytes,
    fourth = third + quarterBytes
  for (let i = 0; i < quarter; i++) {
    let sum0 = f32x4.splat(0),
      sum1 = f32x4.splat(0),
      sum2 = f32x4.splat(0),
      sum3 = f32x4.splat(0)
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let x = v128.load(query + at)
      sum0 = multiplyAdd(v128.load(rows + at), x, sum0)
      sum1 = multiplyAdd(v128.load(second + at), x, sum1)
      sum2 = multiplyAdd(v128.load(third + at), x, sum2)
      sum3 = multiplyAdd(v128.load(fourth + at), x, sum3)
    }
    let four = divide(sumsOfLanes(sum0, sum1, sum2, sum3), loadApart(norms, <usize>quarter * 4))
    storeApart(scores, <usize>quarter * 4, four)
    rows += rowBytes
    second += rowBytes
    third += rowBytes
    fourth += rowBytes
    norms += 4
    scores += 4
  }
  rows = fourth
  norms += <usize>quarter * 12
  scores += <usize>quarter * 12
  for (let i = quarter * 4; i < count; i++) {
    let sum = f32x4.splat(0)
    for (let at: usize = 0; at < rowBytes; at += 16)
      sum = multiplyAdd(v128.load(rows + at), v128.load(query + at), sum)
    let norm = load<f32>(norms)
    store<f32>(scores, norm > 0 ? sumOfLanes(sum) / norm : 0)
    rows += rowBytes
    norms += 4
    scores += 4
  }
}

// Two rows at a time, one from each half, each of which is read from end to end; of an odd number of rows the one in
// the middle is in both. Eight sums and three operands stay in registers.
function scoreFourQueries(
  rows: usize,
  rowBytes: usize,
  count: i32,
  norms: usize,
  queries: usize,
  scores: usize,
  scoreBytes: usize,
): void {
  let half = (count + 1) >> 1
  let other = <usize>(count - half)
  let toOther = other * rowBytes
  for (let i = 0; i < half; i++) {
    let a0 = f32x4.splat(0),
      a1 = f32x4.splat(0),
      a2 = f32x4.splat(0),
      a3 = f32x4.splat(0)
    let b0 = f32x4.splat(0),
      b1 = f32x4.splat(0),
      b2 = f32x4.splat(0),
      b3 = f32x4.splat(0)
    let query = queries
    for (let end = rows + rowBytes; rows < end; rows += 16, query += 64) {
      let a = v128.load(rows)
      let b = v128.load(rows + toOther)
      let x = v128.load(query)
      a0 = multiplyAdd(a, x, a0)
      b0 = multiplyAdd(b, x, b0)
      x = v128.load(query, 16)
      a1 = multiplyAdd(a, x, a1)
      b1 = multiplyAdd(b, x, b1)
      x = v128.load(query, 32)
      a2 = multiplyAdd(a, x, a2)
      b2 = multiplyAdd(b, x, b2)
      x = v128.load(query, 48)
      a3 = multiplyAdd(a, x, a3)
      b3 = multiplyAdd(b, x, b3)
    }
    storeFour(scores, scoreBytes, sumsOfLanes(a0, a1, a2, a3), norms)
    storeFour(scores + other * 4, scoreBytes, sumsOfLanes(b0, b1, b2, b3), norms + other * 4)
    norms += 4
    scores += 4
  }
}

// The same with twelve sums: they and three operands are all that the registers hold.
function scoreSixQueries(
  rows: usize,
  rowBytes: usize,
  count: i32,
  norms: usize,
  queries: usize,
  scores: usize,
  scoreBytes: usize,
): void {
  let half = (count + 1) >> 1
  let other = <usize>(count - half)
  let toOther = other * rowBytes
  for (let i = 0; i < half; i++) {
    let a0 = f32x4.splat(0),
      a1 = f32x4.splat(0),
      a2 = f32x4.splat(0),
      a3 = f32x4.splat(0),
      a4 = f32x4.splat(0),
      a5 = f32x4.splat(0)
    let b0 = f32x4.splat(0),
      b1 = f32x4.splat(0),
      b2 = f32x4.splat(0),
      b3 = f32x4.splat(0),
      b4 = f32x4.splat(0),
      b5 = f32x4.splat(0)
    let query = queries
    for (let end = rows + rowBytes; rows < end; rows += 16, query += 96) {
      let a = v128.load(rows)
      let b = v128.load(rows + toOther)
      let x = v128.load(query)
      a0 = multiplyAdd(a, x, a0)
      b0 = multiplyAdd(b, x, b0)
      x = v128.load(query, 16)
      a1 = multiplyAdd(a, x, a1)
      b1 = multiplyAdd(b, x, b1)
      x = v128.load(query, 32)
      a2 = multiplyAdd(a, x, a2)
      b2 = multiplyAdd(b, x, b2)
      x = v128.load(query, 48)
      a3 = multiplyAdd(a, x, a3)
      b3 = multiplyAdd(b, x, b3)
      x = v128.load(query, 64)
      a4 = multiplyAdd(a, x, a4)
      b4 = multiplyAdd(b, x, b4)
      x = v128.load(query, 80)
      a5 = multiplyAdd(a, x, a5)
      b5 = multiplyAdd(b, x, b5)
    }
    storeFour(scores, scoreBytes, sumsOfLanes(a0, a1, a2, a3), norms)
    storeFour(scores + other * 4, scoreBytes, sumsOfLanes(b0, b1, b2, b3), norms + other * 4)
    let last = scores + 4 * scoreBytes
    let both = v128.load32_lane(norms + other * 4, v128.load32_splat(norms), 2)
    both = v128.load32_lane(norms + other * 4, both, 3)
    let four = divide(sumsOfLanes(a4, a5, b4, b5), both)
    v128.store32_lane(last, four, 0)
    v128.store32_lane(last + scoreBytes, four, 1)
    v128.store32_lane(last + other * 4, four, 2)
    v128.store32_lane(last + other * 4 + scoreBytes, four, 3)
    norms += 4
    scores += 4
  }
}

/** Scores of one row for four queries. */
function storeFour(scores: usize, scoreBytes: usize, sums: v128, norm: usize): void {
  storeApart(scores, scoreBytes, divide(sums, v128.load32_splat(norm)))
}

/** Lane i is the sum of the lanes of the i-th argument, added in the order of sumOfLanes. */
function sumsOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  let ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7))
  let cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7))
}

/** sums / norms, and 0 if the norm is 0. */
function divide(sums: v128, norms: v128): v128 {
  return v128.and(f32x4.div(sums, norms), f32x4.gt(norms, f32x4.splat(0)))
}
