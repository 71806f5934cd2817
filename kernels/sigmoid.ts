// exp, sigmoid and its logarithm on four lanes, by + − × ÷ only: the same bits in every engine.

import { multiplyAdd } from './vector'

/** 2^(−x·log2 e) for x ≥ 0; relative error below 2e-7. */
export function expOfMinus(x: v128): v128 {
  const power = f32x4.mul(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-1.4426950408889634))
  const whole = f32x4.nearest(power)
  const rest = f32x4.sub(power, whole) // −½ … ½
  // 2^rest: Taylor's coefficients (ln 2)ⁿ / n!, n = 6 … 0.
  let series = f32x4.splat(1.540353e-4)
  series = multiplyAdd(series, rest, f32x4.splat(1.3333558e-3))
  series = multiplyAdd(series, rest, f32x4.splat(9.6181291e-3))
  series = multiplyAdd(series, rest, f32x4.splat(5.5504109e-2))
  series = multiplyAdd(series, rest, f32x4.splat(2.4022651e-1))
  series = multiplyAdd(series, rest, f32x4.splat(6.9314718e-1))
  series = multiplyAdd(series, rest, f32x4.splat(1))
  const exponent = i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23)
  return i32x4.add(series, exponent) // multiplies by 2^whole
}
