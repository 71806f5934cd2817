// The two products of matrices that exact softmax needs, in tiles that stay in registers. Rows are `bytes` long and
// lie one after another; counts of rows are multiples of four.

import { multiplyAdd, sumsOfLanes } from './vector'

/** scores[i][w] = rows i of h times rows w of u, for two rows of h, `stride` bytes apart in scores, and `words` of u. */
export function scoreTwo(h: u32, u: u32, words: u32, bytes: u32, scores: u32, stride: u32): void {
  for (let w: u32 = 0; w < words; w += 4) {
    scoreTwoFour(h, h + bytes, u + w * bytes, bytes, scores + (w << 2), scores + stride + (w << 2))
  }
}

function scoreTwoFour(a: u32, b: u32, u0: u32, bytes: u32, scoresA: u32, scoresB: u32): void {
  const u1 = u0 + bytes
  const u2 = u1 + bytes
  const u3 = u2 + bytes
  let a0 = f32x4.splat(0)
  let b0 = a0
  let a1 = a0
  let b1 = a0
  let a2 = a0
  let b2 = a0
  let a3 = a0
  let b3 = a0
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    let u = v128.load(u0 + c)
    a0 = multiplyAdd(ha, u, a0)
    b0 = multiplyAdd(hb, u, b0)
    u = v128.load(u1 + c)
    a1 = multiplyAdd(ha, u, a1)
    b1 = multiplyAdd(hb, u, b1)
    u = v128.load(u2 + c)
    a2 = multiplyAdd(ha, u, a2)
    b2 = multiplyAdd(hb, u, b2)
    u = v128.load(u3 + c)
    a3 = multiplyAdd(ha, u, a3)
    b3 = multiplyAdd(hb, u, b3)
  }
  v128.store(scoresA, sumsOfLanes(a0, a1, a2, a3))
  v128.store(scoresB, sumsOfLanes(b0, b1, b2, b3))
}

/**
 * Adds to four rows, from `sum` on, `count` rows times their factors: sum i += Σ factor(i, k) · row k. Factors lie
 * `across` bytes apart from row to row of the sum, and `along` from k to k.
 */
export function addFourRows(
  sum: u32,
  factors: u32,
  across: u32,
  along: u32,
  rows: u32,
  count: u32,
  bytes: u32,
): void {
  let c: u32 = 0
  for (; c + 32 <= bytes; c += 32) addEightColumns(sum + c, factors, across, along, rows + c, count, bytes)
  if (c < bytes) addFourColumns(sum + c, factors, across, along, rows + c, count, bytes)
}

function addEightColumns(
  sum0: u32,
  factors: u32,
  across: u32,
  along: u32,
  row: u32,
  count: u32,
  bytes: u32,
): void {
  const sum1 = sum0 + bytes
  const sum2 = sum1 + bytes
  const sum3 = sum2 + bytes
  let a0 = v128.load(sum0)
  let b0 = v128.load(sum0 + 16)
  let a1 = v128.load(sum1)
  let b1 = v128.load(sum1 + 16)
  let a2 = v128.load(sum2)
  let b2 = v128.load(sum2 + 16)
  let a3 = v128.load(sum3)
  let b3 = v128.load(sum3 + 16)
  for (let k: u32 = 0; k < count; k++) {
    const a = v128.load(row)
    const b = v128.load(row + 16)
    let factor = v128.load32_splat(factors)
    a0 = multiplyAdd(factor, a, a0)
    b0 = multiplyAdd(factor, b, b0)
    factor = v128.load32_splat(factors + across)
    a1 = multiplyAdd(factor, a, a1)
    b1 = multiplyAdd(factor, b, b1)
    factor = v128.load32_splat(factors + 2 * across)
    a2 = multiplyAdd(factor, a, a2)
    b2 = multiplyAdd(factor, b, b2)
    factor = v128.load32_splat(factors + 3 * across)
    a3 = multiplyAdd(factor, a, a3)
    b3 = multiplyAdd(factor, b, b3)
    row += bytes
    factors += along
  }
  v128.store(sum0, a0)
  v128.store(sum0 + 16, b0)
  v128.store(sum1, a1)
  v128.store(sum1 + 16, b1)
  v128.store(sum2, a2)
  v128.store(sum2 + 16, b2)
  v128.store(sum3, a3)
  v128.store(sum3 + 16, b3)
}

/** The last four columns, where they are an odd number of fours. */
function addFourColumns(
  sum0: u32,
  factors: u32,
  across: u32,
  along: u32,
  row: u32,
  count: u32,
  bytes: u32,
): void {
  const sum1 = sum0 + bytes
  const sum2 = sum1 + bytes
  const sum3 = sum2 + bytes
  let a0 = v128.load(sum0)
  let a1 = v128.load(sum1)
  let a2 = v128.load(sum2)
  let a3 = v128.load(sum3)
  for (let k: u32 = 0; k < count; k++) {
    const a = v128.load(row)
    a0 = multiplyAdd(v128.load32_splat(factors), a, a0)
    a1 = multiplyAdd(v128.load32_splat(factors + across), a, a1)
    a2 = multiplyAdd(v128.load32_splat(factors + 2 * across), a, a2)
    a3 = multiplyAdd(v128.load32_splat(factors + 3 * across), a, a3)
    row += bytes
    factors += along
  }
  v128.store(sum0, a0)
  v128.store(sum1, a1)
  v128.store(sum2, a2)
  v128.store(sum3, a3)
}
