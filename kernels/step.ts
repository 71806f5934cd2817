// The step that every logistic objective repeats, for two hidden rows h at once. docs/equations.md, "The step".
//
//   error     = label − σ(u·h)          for each chosen output row u; the first may be h's own
//   gradient += learningRate · error · u
//   u        += learningRate · error · h
//   h        += gradient
//
// All scores are taken before anything moves. Rows are moved one after the other, the first row by a and then
// by b, so that a row chosen twice moves twice.

import { load32, Settings, store32 } from './settings'
import { expOfMinus } from './sigmoid'
import { multiplyAdd, sumsOfLanes } from './vector'

export function step(settings: Settings, a: u32, b: u32, count: u32): void {
  const even = (count + 1) & ~1
  if (even > count) store32(settings.rows, 2 * count, settings.nullRow)
  score(settings, a, b, even)
  takeErrors(settings, even, count, b === settings.nullRow)
  update(settings, a, b, even)
}

function score(settings: Settings, a: u32, b: u32, even: u32): void {
  let i: u32 = 0
  for (; i + 6 <= even; i += 6) scoreSix(settings, a, b, i)
  for (; i < even; i += 2) scoreTwo(settings, a, b, i)
}

function update(settings: Settings, a: u32, b: u32, even: u32): void {
  let i: u32 = 0
  let fromA = a
  let fromB = b
  while (i < even) {
    const six = i + 6 <= even
    const next = i + (six ? 6 : 2)
    const toA = next === even ? a : settings.moved
    const toB = next === even ? b : settings.moved + settings.rowBytes
    if (six) updateSix(settings, a, b, i, fromA, fromB, toA, toB)
    else updateTwo(settings, a, b, i, fromA, fromB, toA, toB)
    fromA = toA
    fromB = toB
    i = next
  }
}

/**
 * Scores a·u and b·u of six rows: twelve sums in registers, each row and hidden vector read once. The first row
 * of a six may be another one for b than for a.
 */
function scoreSix(settings: Settings, a: u32, b: u32, i: u32): void {
  const u0a = load32(settings.rows, 2 * i)
  const u0b = load32(settings.rows, 2 * i + 1)
  const u1 = load32(settings.rows, 2 * (i + 1))
  const u2 = load32(settings.rows, 2 * (i + 2))
  const u3 = load32(settings.rows, 2 * (i + 3))
  const u4 = load32(settings.rows, 2 * (i + 4))
  const u5 = load32(settings.rows, 2 * (i + 5))
  let a0 = f32x4.splat(0)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let a4 = a0
  let a5 = a0
  let b0 = a0
  let b1 = a0
  let b2 = a0
  let b3 = a0
  let b4 = a0
  let b5 = a0
  const bytes = settings.rowBytes
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
  const scores = settings.errors + (i << 3)
  v128.store(scores, sumsOfLanes(a0, b0, a1, b1))
  v128.store(scores + 16, sumsOfLanes(a2, b2, a3, b3))
  v128.store(scores + 32, sumsOfLanes(a4, b4, a5, b5))
}

function scoreTwo(settings: Settings, a: u32, b: u32, i: u32): void {
  const u0a = load32(settings.rows, 2 * i)
  const u0b = load32(settings.rows, 2 * i + 1)
  const u1 = load32(settings.rows, 2 * (i + 1))
  let a0 = f32x4.splat(0)
  let a1 = a0
  let b0 = a0
  let b1 = a0
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    a0 = multiplyAdd(ha, v128.load(u0a + c), a0)
    b0 = multiplyAdd(hb, v128.load(u0b + c), b0)
    const u = v128.load(u1 + c)
    a1 = multiplyAdd(ha, u, a1)
    b1 = multiplyAdd(hb, u, b1)
  }
  v128.store(settings.errors + (i << 3), sumsOfLanes(a0, b0, a1, b1))
}

/** Turns scores into learningRate · (label − σ(score)) and adds to the loss; lanes without a pair become 0. */
function takeErrors(settings: Settings, even: u32, count: u32, single: bool): void {
  const pairs = single ? i32x4(-1, 0, -1, 0) : i32x4.splat(-1)
  const rate = f32x4.splat(settings.learningRate)
  const one = f64x2.splat(1)
  let product = one
  let slack = f64x2.splat(0)
  for (let i: u32 = 0; i < even; i += 2) {
    const active = i + 1 < count ? pairs : v128.and(pairs, i32x4(-1, -1, 0, 0))
    const sign = v128.load(settings.signs + (i << 3))
    const z = v128.xor(v128.load(settings.errors + (i << 3)), sign)
    const e = v128.and(expOfMinus(f32x4.abs(z)), active)
    const larger = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e))
    const miss = v128.bitselect(f32x4.mul(e, larger), larger, f32x4.ge(z, f32x4.splat(0))) // σ(−z)
    const error = v128.xor(v128.and(f32x4.mul(rate, miss), active), sign)
    v128.store(settings.errors + (i << 3), error)
    const below = v128.and(f32x4.max(f32x4.neg(z), f32x4.splat(0)), active)
    const high = v128.shuffle<f32>(e, below, 2, 3, 6, 7)
    product = f64x2.mul(product, f64x2.add(one, f64x2.promote_low_f32x4(e)))
    product = f64x2.mul(product, f64x2.add(one, f64x2.promote_low_f32x4(high)))
    slack = f64x2.add(slack, f64x2.promote_low_f32x4(below))
    slack = f64x2.add(slack, f64x2.promote_low_f32x4(v128.shuffle<f32>(below, below, 2, 3, 2, 3)))
  }
  settings.slack += f64x2.extract_lane(slack, 0) + f64x2.extract_lane(slack, 1)
  addLogarithm(settings, f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1))
}

/** Keeps the product of all factors as a number in 1 … 2 and a power of two, so that it never overflows. */
function addLogarithm(settings: Settings, factor: f64): void {
  const bits = reinterpret<u64>(settings.product * factor)
  settings.exponent += <f64>(<i64>(bits >> 52) - 1023)
  settings.product = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
}

/**
 * Moves six rows by both hidden vectors, and carries the hidden rows' own new values from `fromA`, `fromB` to
 * `toA`, `toB`: other places than a and b while more rows are to come, since these need the old values.
 */
function updateSix(
  settings: Settings,
  a: u32,
  b: u32,
  i: u32,
  fromA: u32,
  fromB: u32,
  toA: u32,
  toB: u32,
): void {
  const u0a = load32(settings.rows, 2 * i)
  const u0b = load32(settings.rows, 2 * i + 1)
  const u1 = load32(settings.rows, 2 * (i + 1))
  const u2 = load32(settings.rows, 2 * (i + 2))
  const u3 = load32(settings.rows, 2 * (i + 3))
  const u4 = load32(settings.rows, 2 * (i + 4))
  const u5 = load32(settings.rows, 2 * (i + 5))
  const errors = settings.errors + (i << 3)
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    let movedA = v128.load(fromA + c)
    let movedB = v128.load(fromB + c)
    let u = v128.load(u0a + c)
    let ea = v128.load32_splat(errors)
    movedA = multiplyAdd(ea, u, movedA)
    v128.store(u0a + c, multiplyAdd(ea, ha, u))
    u = v128.load(u0b + c) // after the store: it may be the same row
    let eb = v128.load32_splat(errors, 4)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u0b + c, multiplyAdd(eb, hb, u))
    u = v128.load(u1 + c)
    ea = v128.load32_splat(errors, 8)
    eb = v128.load32_splat(errors, 12)
    movedA = multiplyAdd(ea, u, movedA)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u1 + c, multiplyAdd(eb, hb, multiplyAdd(ea, ha, u)))
    u = v128.load(u2 + c)
    ea = v128.load32_splat(errors, 16)
    eb = v128.load32_splat(errors, 20)
    movedA = multiplyAdd(ea, u, movedA)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u2 + c, multiplyAdd(eb, hb, multiplyAdd(ea, ha, u)))
    u = v128.load(u3 + c)
    ea = v128.load32_splat(errors, 24)
    eb = v128.load32_splat(errors, 28)
    movedA = multiplyAdd(ea, u, movedA)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u3 + c, multiplyAdd(eb, hb, multiplyAdd(ea, ha, u)))
    u = v128.load(u4 + c)
    ea = v128.load32_splat(errors, 32)
    eb = v128.load32_splat(errors, 36)
    movedA = multiplyAdd(ea, u, movedA)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u4 + c, multiplyAdd(eb, hb, multiplyAdd(ea, ha, u)))
    u = v128.load(u5 + c)
    ea = v128.load32_splat(errors, 40)
    eb = v128.load32_splat(errors, 44)
    movedA = multiplyAdd(ea, u, movedA)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u5 + c, multiplyAdd(eb, hb, multiplyAdd(ea, ha, u)))
    v128.store(toA + c, movedA)
    v128.store(toB + c, movedB)
  }
}

function updateTwo(
  settings: Settings,
  a: u32,
  b: u32,
  i: u32,
  fromA: u32,
  fromB: u32,
  toA: u32,
  toB: u32,
): void {
  const u0a = load32(settings.rows, 2 * i)
  const u0b = load32(settings.rows, 2 * i + 1)
  const u1 = load32(settings.rows, 2 * (i + 1))
  const errors = settings.errors + (i << 3)
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    let movedA = v128.load(fromA + c)
    let movedB = v128.load(fromB + c)
    let u = v128.load(u0a + c)
    let ea = v128.load32_splat(errors)
    movedA = multiplyAdd(ea, u, movedA)
    v128.store(u0a + c, multiplyAdd(ea, ha, u))
    u = v128.load(u0b + c) // after the store: it may be the same row
    let eb = v128.load32_splat(errors, 4)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u0b + c, multiplyAdd(eb, hb, u))
    u = v128.load(u1 + c)
    ea = v128.load32_splat(errors, 8)
    eb = v128.load32_splat(errors, 12)
    movedA = multiplyAdd(ea, u, movedA)
    movedB = multiplyAdd(eb, u, movedB)
    v128.store(u1 + c, multiplyAdd(eb, hb, multiplyAdd(ea, ha, u)))
    v128.store(toA + c, movedA)
    v128.store(toB + c, movedB)
  }
}
