// exp, sigmoid and its logarithm on four lanes, by + − × ÷ only: the same bits in every engine.

import { multiplyAdd } from './vector'

// Constants are read from memory, one instruction each: engines build a vector of constants anew, with four, wherever
// it is used.
const CONSTANTS = memory.data<f32>([
  87, 1.4426950408889634, 12582912, -0.693359375, 2.1219444e-4, 1.3820912e-3, 8.3686812e-3, 4.1668266e-2,
  0.16666515, 0.4999999, 1,
])
const LARGEST = CONSTANTS
const LOG2_E = CONSTANTS + 4
/** 1.5 · 2²³: adding it rounds a small float to a whole number, and leaves that in the lowest bits. */
const ROUNDER = CONSTANTS + 8
/** −ln 2 in two parts: whole multiples of the first are exact. */
const MINUS_LN2_HIGH = CONSTANTS + 12
const MINUS_LN2_LOW = CONSTANTS + 16
/** Of a polynomial near the one that errs least from e^x (3e-9), chosen for a mean error below 1e-10; x⁶ first. */
const SERIES = CONSTANTS + 20
const ONE = CONSTANTS + 40
/** As a float64. */
export const ONE_WIDE = memory.data<f64>([1])

/**
 * e^−x for x ≥ 0, as e^rest · 2^whole. Relative error below 1e-7 up to x = 87, where the value stays; without bias,
 * since that would show in the loss. NaN stays NaN.
 */
export function expOfMinus(x: v128): v128 {
  const minus = f32x4.neg(f32x4.pmin(x, v128.load32_splat(LARGEST)))
  const rounder = v128.load32_splat(ROUNDER)
  const rounded = f32x4.add(f32x4.mul(minus, v128.load32_splat(LOG2_E)), rounder)
  const whole = f32x4.sub(rounded, rounder)
  let rest = multiplyAdd(whole, v128.load32_splat(MINUS_LN2_HIGH), minus) // −½ ln 2 … ½ ln 2
  rest = multiplyAdd(whole, v128.load32_splat(MINUS_LN2_LOW), rest)
  const one = v128.load32_splat(ONE)
  let series = v128.load32_splat(SERIES)
  series = multiplyAdd(series, rest, v128.load32_splat(SERIES + 4))
  series = multiplyAdd(series, rest, v128.load32_splat(SERIES + 8))
  series = multiplyAdd(series, rest, v128.load32_splat(SERIES + 12))
  series = multiplyAdd(series, rest, v128.load32_splat(SERIES + 16))
  series = multiplyAdd(series, rest, one)
  series = multiplyAdd(series, rest, one)
  return i32x4.add(series, i32x4.shl(rounded, 23)) // adds the whole power to the exponent's bits
}

/**
 * σ(−z) from e = e^−|z|. Off by less than 1.2e-7 for every float32, relative to itself by less than 2.5e-7 up to
 * z = 87, and never below e^−87. test/math/sigmoid.test.ts scans it.
 */
export function sigmoidOfMinus(z: v128, e: v128): v128 {
  const one = v128.load32_splat(ONE)
  const larger = f32x4.div(one, f32x4.add(one, e))
  return v128.bitselect(f32x4.mul(e, larger), larger, f32x4.ge(z, f32x4.splat(0)))
}

/** Puts σ(x) in the place of each of `count` numbers, a multiple of four: the step's sigmoid, for the test of its error. */
export function sigmoids(pointer: u32, count: u32): void {
  for (const end = pointer + (count << 2); pointer < end; pointer += 16) {
    const z = f32x4.neg(v128.load(pointer))
    v128.store(pointer, sigmoidOfMinus(z, expOfMinus(f32x4.abs(z))))
  }
}
