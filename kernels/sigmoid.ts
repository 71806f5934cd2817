// exp, sigmoid and its logarithm on four lanes, by + − × ÷ only: the same bits in every engine.

import { multiplyAdd } from './vector'

/** 1.5 · 2²³: adding it rounds a small float to a whole number, and leaves that in the lowest bits. */
const ROUNDER: f32 = 12582912

/** ln 2 in two parts: whole multiples of the first are exact. */
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -2.1219444e-4

/**
 * e^−x for x ≥ 0, as e^rest · 2^whole. Relative error below 1e-7 up to x = 87, where the value stays; without bias,
 * since that would show in the loss.
 */
export function expOfMinus(x: v128): v128 {
  const minus = f32x4.neg(f32x4.min(x, f32x4.splat(87)))
  const rounded = f32x4.add(f32x4.mul(minus, f32x4.splat(1.4426950408889634)), f32x4.splat(ROUNDER))
  const whole = f32x4.sub(rounded, f32x4.splat(ROUNDER))
  let rest = multiplyAdd(whole, f32x4.splat(-LN2_HIGH), minus) // −½ ln 2 … ½ ln 2
  rest = multiplyAdd(whole, f32x4.splat(-LN2_LOW), rest)
  // A polynomial near the one that errs least (3e-9), its coefficients chosen for a mean error below 1e-10.
  let series = f32x4.splat(1.3820912e-3)
  series = multiplyAdd(series, rest, f32x4.splat(8.3686812e-3))
  series = multiplyAdd(series, rest, f32x4.splat(4.1668266e-2))
  series = multiplyAdd(series, rest, f32x4.splat(0.16666515))
  series = multiplyAdd(series, rest, f32x4.splat(0.4999999))
  series = multiplyAdd(series, rest, f32x4.splat(1))
  series = multiplyAdd(series, rest, f32x4.splat(1))
  return i32x4.add(series, i32x4.shl(rounded, 23)) // adds the whole power to the exponent's bits
}

/**
 * σ(−z) from e = e^−|z|. Off by less than 1.2e-7 for every float32, relative to itself by less than 2.5e-7 up to
 * z = 87, and never below e^−87. test/math/sigmoid.test.ts scans it.
 */
export function sigmoidOfMinus(z: v128, e: v128): v128 {
  const larger = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e))
  return v128.bitselect(f32x4.mul(e, larger), larger, f32x4.ge(z, f32x4.splat(0)))
}

/** Puts σ(x) in the place of each of `count` numbers, a multiple of four: the step's sigmoid, for the test of its error. */
export function sigmoids(pointer: u32, count: u32): void {
  for (const end = pointer + (count << 2); pointer < end; pointer += 16) {
    const z = f32x4.neg(v128.load(pointer))
    v128.store(pointer, sigmoidOfMinus(z, expOfMinus(f32x4.abs(z))))
  }
}
