// exp, sigmoid and its logarithm on four lanes, by + − × ÷ only: the same bits in every engine.

import { multiplyAdd } from './vector'

/** 1.5 · 2²³: adding it rounds a small float to a whole number, and leaves that in the lowest bits. */
const ROUNDER: f32 = 12582912

/** e^−x for x ≥ 0; relative error below 2e-7. */
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
