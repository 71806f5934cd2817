// exp, sigmoid and its logarithm on four lanes, by + − × ÷ only: the same bits in every engine.

import { multiplyAdd } from './vector'

/** 1.5 · 2²³: adding it rounds a small float to a whole number, and leaves that in the lowest bits. */
const ROUNDER: f32 = 12582912

/** e^−x for x ≥ 0. The relative error grows with x: below 8e-7 to x = 8, 4e-6 to 87, where the value stays. */
export function expOfMinus(x: v128): v128 {
  const power = f32x4.mul(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-1.4426950408889634)) // −x · log₂ e
  const rounded = f32x4.add(power, f32x4.splat(ROUNDER))
  const rest = f32x4.sub(power, f32x4.sub(rounded, f32x4.splat(ROUNDER))) // −½ … ½
  // 2^rest: Taylor's coefficients (ln 2)ⁿ / n!, n = 6 … 0.
  let series = f32x4.splat(1.540353e-4)
  series = multiplyAdd(series, rest, f32x4.splat(1.3333558e-3))
  series = multiplyAdd(series, rest, f32x4.splat(9.6181291e-3))
  series = multiplyAdd(series, rest, f32x4.splat(5.5504109e-2))
  series = multiplyAdd(series, rest, f32x4.splat(2.4022651e-1))
  series = multiplyAdd(series, rest, f32x4.splat(6.9314718e-1))
  series = multiplyAdd(series, rest, f32x4.splat(1))
  return i32x4.add(series, i32x4.shl(rounded, 23)) // adds the whole power to the exponent's bits
}

/**
 * σ(−z) from e = e^−|z|. Off by less than 1.2e-7 for every float32; relative to itself by less than 2e-7 where it
 * is above ½, 8e-7 to z = 8, 4e-6 to 87, and never below e^−87. test/math/sigmoid.test.ts scans it.
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
