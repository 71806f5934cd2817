// The step that every logistic objective repeats, for two hidden rows h at once. docs/equations.md, "The step".
//
//   error     = label − σ(u·h)          for each chosen output row u; the first may be h's own
//   gradient += learningRate · error · u
//   u        += learningRate · error · h
//   h        += gradient
//
// All scores are taken before anything moves. Rows are moved one after the other, the first row by a and then
// by b, so that a row chosen twice moves twice.

import { destination } from './frozen'
import { Settings, store32 } from './settings'
import { expOfMinus, sigmoidOfMinus } from './sigmoid'
import { moveFirstThree, moveThree, scoreFirstSix, scoreThree } from './tile'

/** The hidden rows a and b are written to `toA` and `toB`, which may be they themselves. */
export function step(settings: Settings, a: u32, b: u32, toA: u32, toB: u32, count: u32): void {
  const rows = padRows(settings, count)
  scoreFirstSix(settings, a, b)
  for (let i: u32 = 6; i < rows; i += 3) scoreThree(settings, a, b, i)
  takeErrors(settings, count, rows, b === settings.nullRow)
  move(settings, a, b, toA, toB, rows)
}

/** Fills up with the null row to six rows, or to a multiple of three. */
function padRows(settings: Settings, count: u32): u32 {
  const rows = max(6, ((count + 2) / 3) * 3)
  for (let i = count; i < rows; i++) {
    store32(settings.rows, 2 * i, settings.nullRow)
    store32(settings.rows, 2 * i + 1, settings.nullRow)
  }
  return rows
}

/** Hidden rows keep their old values until the last three rows have met them. */
function move(settings: Settings, a: u32, b: u32, toA: u32, toB: u32, rows: u32): void {
  const movedA = settings.moved
  const movedB = settings.moved + settings.rowBytes
  moveFirstThree(settings, a, b, movedA, movedB)
  for (let i: u32 = 3; i < rows - 3; i += 3) moveThree(settings, a, b, i, movedA, movedB)
  if (settings.frozenRows === 0) moveThree(settings, a, b, rows - 3, toA, toB)
  else
    moveThree(
      settings,
      a,
      b,
      rows - 3,
      destination(settings, toA, movedA),
      destination(settings, toB, movedB),
    )
}

/** Turns scores into learningRate · (label − σ(score)) and adds to the loss; lanes without a pair become 0. */
function takeErrors(settings: Settings, count: u32, rows: u32, single: bool): void {
  const pairs = single ? i32x4(-1, 0, -1, 0) : i32x4.splat(-1)
  const rate = f32x4.splat(settings.learningRate)
  const one = f64x2.splat(1)
  let product = one
  let slack = f64x2.splat(0)
  for (let i: u32 = 0; i < rows; i += 2) {
    const active = i + 1 < count ? pairs : i < count ? v128.and(pairs, i32x4(-1, -1, 0, 0)) : i32x4.splat(0)
    const sign = v128.load(settings.signs + (i << 3))
    const z = v128.xor(v128.load(settings.errors + (i << 3)), sign)
    const e = v128.and(expOfMinus(f32x4.abs(z)), active)
    const error = v128.xor(v128.and(f32x4.mul(rate, sigmoidOfMinus(z, e)), active), sign)
    v128.store(settings.errors + (i << 3), error)
    const below = v128.and(f32x4.pmax(f32x4.neg(z), f32x4.splat(0)), active)
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
export function addLogarithm(settings: Settings, factor: f64): void {
  const bits = reinterpret<u64>(settings.product * factor)
  settings.exponent += <f64>(<i64>(bits >> 52) - 1023)
  settings.product = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
}
