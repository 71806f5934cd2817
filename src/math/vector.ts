/** Vectors are plain arrays of numbers or float32 rows; sums are float64. */

/** Σ aᵢbᵢ; both must have the same length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** The Euclidean length. */
export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a))
}

/** The cosine of the angle between a and b, in [−1, 1]; 0 if one of them has no direction, or is not finite. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const lengths = norm(a) * norm(b)
  const cosine = dot(a, b) / lengths
  return lengths > 0 && !Number.isNaN(cosine) ? Math.max(-1, Math.min(1, cosine)) : 0
}

/** sum += factor · a */
export function addScaled(sum: Float32Array | Float64Array, factor: number, a: ArrayLike<number>): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * a[i]!
}
