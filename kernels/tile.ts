// The loops in which training spends its time, for two hidden rows a and b, or one that has no partner. Scores: against
// three or six output rows, four columns at a time, so that sums stay in registers. Moves: all output rows by four or
// twelve columns, then by the next, so that these columns of the hidden rows, old and moved, stay in registers.

import { load32 } from './lists'
import { Chosen } from './records.generated'
import { multiplyAdd, sumsOfLanes } from './vector'

/** Scores a·u and b·u of six rows from the i-th on. The first of them may be another one for b than for a. */
export function scoreSix(chosen: Chosen, bytes: u32, a: u32, b: u32, i: u32): void {
  const rows = chosen.rows + (i << 3)
  const u0a = load32(rows, 0)
  const u0b = load32(rows, 1)
  const u1 = load32(rows, 2)
  const u2 = load32(rows, 4)
  const u3 = load32(rows, 6)
  const u4 = load32(rows, 8)
  const u5 = load32(rows, 10)
  let a0 = f32x4.splat(0)
  let b0 = a0
  let a1 = a0
  let b1 = a0
  let a2 = a0
  let b2 = a0
  let a3 = a0
  let b3 = a0
  let a4 = a0
  let b4 = a0
  let a5 = a0
  let b5 = a0
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    a0 = multiplyAdd(ha, v128.load(u0a + c), a0)
    b0 = multiplyAdd(hb, v128.load(u0b + c), b0)
    let u = v128.load(u1 + c)
    a1 = multiplyAdd(ha, u, a1)
    b1 = multiplyAdd(hb, u, b1)
    u = v128.load(u2 + c)
    a2 = multiplyAdd(ha, u, a2)
    b2 = multiplyAdd(hb, u, b2)
    u = v128.load(u3 + c)
    a3 = multiplyAdd(ha, u, a3)
    b3 = multiplyAdd(hb, u, b3)
    u = v128.load(u4 + c)
    a4 = multiplyAdd(ha, u, a4)
    b4 = multiplyAdd(hb, u, b4)
    u = v128.load(u5 + c)
    a5 = multiplyAdd(ha, u, a5)
    b5 = multiplyAdd(hb, u, b5)
  }
  const scores = chosen.errors + (i << 3)
  v128.store(scores, sumsOfLanes(a0, b0, a1, b1))
  v128.store(scores + 16, sumsOfLanes(a2, b2, a3, b3))
  v128.store(scores + 32, sumsOfLanes(a4, b4, a5, b5))
}

/** Scores three rows from the i-th on, and a fourth as 0, as that of the null row would be. */
export function scoreThree(chosen: Chosen, bytes: u32, a: u32, b: u32, i: u32): void {
  const u0 = load32(chosen.rows, 2 * i)
  const u1 = load32(chosen.rows, 2 * (i + 1))
  const u2 = load32(chosen.rows, 2 * (i + 2))
  let a0 = f32x4.splat(0)
  let b0 = a0
  let a1 = a0
  let b1 = a0
  let a2 = a0
  let b2 = a0
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
  }
  const scores = chosen.errors + (i << 3)
  v128.store(scores, sumsOfLanes(a0, b0, a1, b1))
  const zero = f32x4.splat(0)
  v128.store(scores + 16, sumsOfLanes(a2, b2, zero, zero))
}

/**
 * Moves `count` output rows by both hidden rows, and writes these, moved, to `toA` and `toB`. The first output
 * row may be another one for b than for a; if it is the same, a moves it before b.
 */
export function move(chosen: Chosen, bytes: u32, a: u32, b: u32, toA: u32, toB: u32, count: u32): void {
  let c: u32 = 0
  for (; c + 48 <= bytes; c += 48) moveThreeColumns(chosen, a + c, b + c, toA + c, toB + c, c, count)
  for (; c < bytes; c += 16) moveColumn(chosen, a + c, b + c, toA + c, toB + c, c, count)
}

function moveThreeColumns(chosen: Chosen, a: u32, b: u32, toA: u32, toB: u32, c: u32, count: u32): void {
  const a0 = v128.load(a)
  const a1 = v128.load(a, 16)
  const a2 = v128.load(a, 32)
  const b0 = v128.load(b)
  const b1 = v128.load(b, 16)
  const b2 = v128.load(b, 32)
  let row = chosen.rows
  let error = chosen.errors
  let u = load<u32>(row) + c
  let e = v128.load32_splat(error)
  let x = v128.load(u)
  let nextA0 = multiplyAdd(e, x, a0)
  v128.store(u, multiplyAdd(e, a0, x))
  x = v128.load(u, 16)
  let nextA1 = multiplyAdd(e, x, a1)
  v128.store(u, multiplyAdd(e, a1, x), 16)
  x = v128.load(u, 32)
  let nextA2 = multiplyAdd(e, x, a2)
  v128.store(u, multiplyAdd(e, a2, x), 32)
  u = load<u32>(row, 4) + c
  e = v128.load32_splat(error, 4)
  x = v128.load(u)
  let nextB0 = multiplyAdd(e, x, b0)
  v128.store(u, multiplyAdd(e, b0, x))
  x = v128.load(u, 16)
  let nextB1 = multiplyAdd(e, x, b1)
  v128.store(u, multiplyAdd(e, b1, x), 16)
  x = v128.load(u, 32)
  let nextB2 = multiplyAdd(e, x, b2)
  v128.store(u, multiplyAdd(e, b2, x), 32)
  const end = row + (count << 3)
  for (row += 8; row < end; row += 8) {
    error += 8
    u = load<u32>(row) + c
    const ea = v128.load32_splat(error)
    const eb = v128.load32_splat(error, 4)
    x = v128.load(u)
    nextA0 = multiplyAdd(ea, x, nextA0)
    nextB0 = multiplyAdd(eb, x, nextB0)
    v128.store(u, multiplyAdd(eb, b0, multiplyAdd(ea, a0, x)))
    x = v128.load(u, 16)
    nextA1 = multiplyAdd(ea, x, nextA1)
    nextB1 = multiplyAdd(eb, x, nextB1)
    v128.store(u, multiplyAdd(eb, b1, multiplyAdd(ea, a1, x)), 16)
    x = v128.load(u, 32)
    nextA2 = multiplyAdd(ea, x, nextA2)
    nextB2 = multiplyAdd(eb, x, nextB2)
    v128.store(u, multiplyAdd(eb, b2, multiplyAdd(ea, a2, x)), 32)
  }
  v128.store(toA, nextA0)
  v128.store(toA, nextA1, 16)
  v128.store(toA, nextA2, 32)
  v128.store(toB, nextB0)
  v128.store(toB, nextB1, 16)
  v128.store(toB, nextB2, 32)
}

function moveColumn(chosen: Chosen, a: u32, b: u32, toA: u32, toB: u32, c: u32, count: u32): void {
  const ha = v128.load(a)
  const hb = v128.load(b)
  let row = chosen.rows
  let error = chosen.errors
  let u = load<u32>(row) + c
  let e = v128.load32_splat(error)
  let x = v128.load(u)
  let nextA = multiplyAdd(e, x, ha)
  v128.store(u, multiplyAdd(e, ha, x))
  u = load<u32>(row, 4) + c
  e = v128.load32_splat(error, 4)
  x = v128.load(u)
  let nextB = multiplyAdd(e, x, hb)
  v128.store(u, multiplyAdd(e, hb, x))
  const end = row + (count << 3)
  for (row += 8; row < end; row += 8) {
    error += 8
    u = load<u32>(row) + c
    const ea = v128.load32_splat(error)
    const eb = v128.load32_splat(error, 4)
    x = v128.load(u)
    nextA = multiplyAdd(ea, x, nextA)
    nextB = multiplyAdd(eb, x, nextB)
    v128.store(u, multiplyAdd(eb, hb, multiplyAdd(ea, ha, x)))
  }
  v128.store(toA, nextA)
  v128.store(toB, nextB)
}

/** Scores a·u of six rows from the i-th on; those of b are 0. */
export function scoreAlone(chosen: Chosen, bytes: u32, a: u32, i: u32): void {
  const rows = chosen.rows + (i << 3)
  const u0 = load32(rows, 0)
  const u1 = load32(rows, 2)
  const u2 = load32(rows, 4)
  const u3 = load32(rows, 6)
  const u4 = load32(rows, 8)
  const u5 = load32(rows, 10)
  let a0 = f32x4.splat(0)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let a4 = a0
  let a5 = a0
  for (let c: u32 = 0; c < bytes; c += 16) {
    const h = v128.load(a + c)
    a0 = multiplyAdd(h, v128.load(u0 + c), a0)
    a1 = multiplyAdd(h, v128.load(u1 + c), a1)
    a2 = multiplyAdd(h, v128.load(u2 + c), a2)
    a3 = multiplyAdd(h, v128.load(u3 + c), a3)
    a4 = multiplyAdd(h, v128.load(u4 + c), a4)
    a5 = multiplyAdd(h, v128.load(u5 + c), a5)
  }
  const zero = f32x4.splat(0)
  const scores = chosen.errors + (i << 3)
  v128.store(scores, sumsOfLanes(a0, zero, a1, zero))
  v128.store(scores + 16, sumsOfLanes(a2, zero, a3, zero))
  v128.store(scores + 32, sumsOfLanes(a4, zero, a5, zero))
}

/** Moves `count` output rows by one hidden row, and writes it, moved, to `toA`. */
export function moveAlone(chosen: Chosen, bytes: u32, a: u32, toA: u32, count: u32): void {
  let c: u32 = 0
  for (; c + 48 <= bytes; c += 48) moveThreeColumnsAlone(chosen, a + c, toA + c, c, count)
  for (; c < bytes; c += 16) moveColumnAlone(chosen, a + c, toA + c, c, count)
}

function moveThreeColumnsAlone(chosen: Chosen, a: u32, toA: u32, c: u32, count: u32): void {
  const a0 = v128.load(a)
  const a1 = v128.load(a, 16)
  const a2 = v128.load(a, 32)
  let row = chosen.rows
  let error = chosen.errors
  let next0 = a0
  let next1 = a1
  let next2 = a2
  for (const end = row + (count << 3); row < end; row += 8) {
    const u = load<u32>(row) + c
    const e = v128.load32_splat(error)
    error += 8
    let x = v128.load(u)
    next0 = multiplyAdd(e, x, next0)
    v128.store(u, multiplyAdd(e, a0, x))
    x = v128.load(u, 16)
    next1 = multiplyAdd(e, x, next1)
    v128.store(u, multiplyAdd(e, a1, x), 16)
    x = v128.load(u, 32)
    next2 = multiplyAdd(e, x, next2)
    v128.store(u, multiplyAdd(e, a2, x), 32)
  }
  v128.store(toA, next0)
  v128.store(toA, next1, 16)
  v128.store(toA, next2, 32)
}

function moveColumnAlone(chosen: Chosen, a: u32, toA: u32, c: u32, count: u32): void {
  const h = v128.load(a)
  let row = chosen.rows
  let error = chosen.errors
  let next = h
  for (const end = row + (count << 3); row < end; row += 8) {
    const u = load<u32>(row) + c
    const e = v128.load32_splat(error)
    error += 8
    const x = v128.load(u)
    next = multiplyAdd(e, x, next)
    v128.store(u, multiplyAdd(e, h, x))
  }
  v128.store(toA, next)
}
