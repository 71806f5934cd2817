// Scores rows against queries. Rows and queries are float32, padded with zeros to a stride that is a multiple
// of four floats; a norm of 0 marks a row without a direction. Everything is addressed by pointers.
import { loadApart, multiplyAdd, storeApart, sumOfLanes } from './vector'

export { scoreInt8Rows } from './int8'

// Beyond these lengths float32 has too few digits, or none, for the products.
const SHORTEST: f32 = 1e-30
const LONGEST: f32 = 3.4e38

/**
 * The lengths of `count` rows, summed in float64. A row that has no direction (all zeros or nearly so, or
 * not finite) gets 0, and so scores 0.
 */
export function measureRows(rows: usize, stride: i32, count: i32, norms: usize): void {
  let end = rows + <usize>count * <usize>stride * 4
  for (let row = rows; row < end; row += <usize>stride * 4, norms += 4)
    store<f32>(norms, lengthOf(row, stride))
}

/**
 * scores[q · scoreStride + i] = row i · query q / norm i, for 1 query or for 4 (then all 4 are read and
 * written). The order of additions is the same in both, so a score does not depend on its company.
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
  if (queryCount === 1) scoreOneQuery(rows, rowBytes, count, norms, queries, scores)
  else scoreFourQueries(rows, rowBytes, count, norms, queries, scores, <usize>scoreStride * 4)
}

/** The first of `count` scores that is above `bar`; `count` where none is. */
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

// Two rows by four queries: eight sums and six operands stay in the sixteen vector registers. The rows come from both
// halves, each of which is read from end to end.
function scoreFourQueries(
  rows: usize,
  rowBytes: usize,
  count: i32,
  norms: usize,
  queries: usize,
  scores: usize,
  scoreBytes: usize,
): void {
  let half = count >> 1
  let toOther = <usize>half * rowBytes
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
    for (let end = rows + rowBytes; rows < end; rows += 16, query += 16) {
      let a = v128.load(rows)
      let b = v128.load(rows + toOther)
      let at = query
      let x = v128.load(at)
      a0 = multiplyAdd(a, x, a0)
      b0 = multiplyAdd(b, x, b0)
      at += rowBytes
      x = v128.load(at)
      a1 = multiplyAdd(a, x, a1)
      b1 = multiplyAdd(b, x, b1)
      at += rowBytes
      x = v128.load(at)
      a2 = multiplyAdd(a, x, a2)
      b2 = multiplyAdd(b, x, b2)
      at += rowBytes
      x = v128.load(at)
      a3 = multiplyAdd(a, x, a3)
      b3 = multiplyAdd(b, x, b3)
    }
    storeApart(scores, scoreBytes, divide(sumsOfLanes(a0, a1, a2, a3), v128.load32_splat(norms)))
    let norm = v128.load32_splat(norms + <usize>half * 4)
    storeApart(scores + <usize>half * 4, scoreBytes, divide(sumsOfLanes(b0, b1, b2, b3), norm))
    norms += 4
    scores += 4
  }
  if (count & 1) {
    rows += toOther
    norms += <usize>half * 4
    scores += <usize>half * 4
    let a0 = f32x4.splat(0),
      a1 = f32x4.splat(0),
      a2 = f32x4.splat(0),
      a3 = f32x4.splat(0)
    for (let end = rows + rowBytes; rows < end; rows += 16, queries += 16) {
      let a = v128.load(rows)
      a0 = multiplyAdd(a, v128.load(queries), a0)
      a1 = multiplyAdd(a, v128.load(queries + rowBytes), a1)
      a2 = multiplyAdd(a, v128.load(queries + 2 * rowBytes), a2)
      a3 = multiplyAdd(a, v128.load(queries + 3 * rowBytes), a3)
    }
    storeApart(scores, scoreBytes, divide(sumsOfLanes(a0, a1, a2, a3), v128.load32_splat(norms)))
  }
}

/** Lane i is the sum of the lanes of the i-th argument, added in the order of sumOfLanes. */
function sumsOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  let ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7))
  let cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7))
}

/** sums / norms, and 0 where the norm is 0. */
function divide(sums: v128, norms: v128): v128 {
  return v128.and(f32x4.div(sums, norms), f32x4.gt(norms, f32x4.splat(0)))
}
