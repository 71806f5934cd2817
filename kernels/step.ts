// The step that every logistic objective repeats, for two hidden rows h at once. docs/equations.md, "The step".
//
//   error     = label − σ(u·h)          for each chosen output row u; the first may be h's own
//   gradient += learningRate · error · u
//   u        += learningRate · error · h
//   h        += gradient
//
// All scores are taken before anything moves. Rows are moved one after the other, the first row by a and then
// by b, so that a row chosen twice moves twice.

import { choose } from './chosen'
import { destination } from './frozen'
import { Chosen, Model, Sums } from './records.generated'
import { expOfMinus, ONE_WIDE, sigmoidOfMinus } from './sigmoid'
import { move, moveAlone, scoreAlone, scoreSix, scoreThree } from './tile'

/** The hidden rows a and b are written to `toA` and `toB`, which may be they themselves. */
export function step(
  model: Model,
  chosen: Chosen,
  sums: Sums,
  a: u32,
  b: u32,
  toA: u32,
  toB: u32,
  count: u32,
): void {
  const bytes = model.rowBytes
  const alone = b === model.nullRow
  padRows(chosen, count, model.nullRow)
  if (alone) for (let i: u32 = 0; i < count; i += 6) scoreAlone(chosen, bytes, a, i)
  else score(chosen, bytes, a, b, count)
  takeErrors(chosen, sums, model.learningRate, count, alone)
  if (model.frozenRows !== 0) {
    toA = destination(model, toA, model.sink)
    toB = destination(model, toB, model.sink + bytes)
  }
  if (alone) moveAlone(chosen, bytes, a, toA, count)
  else move(chosen, bytes, a, b, toA, toB, count)
}

/** Fills up with the null row to a multiple of six, and six at least. */
function padRows(chosen: Chosen, count: u32, nullRow: u32): void {
  const rows = max(6, ((count + 5) / 6) * 6)
  for (let i = count; i < rows; i++) choose(chosen, i, nullRow)
}

/** Scores six rows at a time, or three if no more are left. */
function score(chosen: Chosen, bytes: u32, a: u32, b: u32, count: u32): void {
  let i: u32 = 0
  for (; i === 0 || i + 3 < count; i += 6) scoreSix(chosen, bytes, a, b, i)
  if (i < count) scoreThree(chosen, bytes, a, b, i)
}

/**
 * Turns scores into learningRate · (label − σ(score)) and adds to the loss. Lanes without a pair have a score of zero:
 * each doubles the product, which the exponent takes back.
 */
function takeErrors(chosen: Chosen, sums: Sums, learningRate: f32, count: u32, alone: bool): void {
  const rate = f32x4.splat(learningRate)
  const one = v128.load64_splat(ONE_WIDE)
  let product = one
  let slack = f64x2.splat(0)
  for (let i: u32 = 0; i < count; i += 2) {
    const sign = v128.load(chosen.signs + (i << 3))
    const z = v128.xor(v128.load(chosen.errors + (i << 3)), sign)
    const e = expOfMinus(f32x4.abs(z))
    v128.store(chosen.errors + (i << 3), v128.xor(f32x4.mul(rate, sigmoidOfMinus(z, e)), sign))
    const below = f32x4.pmax(f32x4.neg(z), f32x4.splat(0))
    const high = v128.shuffle<f32>(e, below, 2, 3, 6, 7)
    product = f64x2.mul(product, f64x2.add(one, f64x2.promote_low_f32x4(e)))
    product = f64x2.mul(product, f64x2.add(one, f64x2.promote_low_f32x4(high)))
    slack = f64x2.add(slack, f64x2.promote_low_f32x4(below))
    slack = f64x2.add(slack, f64x2.promote_low_f32x4(v128.shuffle<f32>(below, below, 2, 3, 2, 3)))
  }
  const spare = 2 * (count & 1)
  sums.exponent -= <f64>(alone ? count + spare : spare)
  sums.slack += f64x2.extract_lane(slack, 0) + f64x2.extract_lane(slack, 1)
  addLogarithm(sums, f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1))
}

/** Keeps the product of all factors as a number in 1 … 2 and a power of two, so that it never overflows. */
export function addLogarithm(sums: Sums, factor: f64): void {
  const bits = reinterpret<u64>(sums.product * factor)
  sums.exponent += <f64>(<i64>(bits >> 52) - 1023)
  sums.product = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
}
