// Rows are float32, padded with zeros to a multiple of four, addressed by pointers.

/** a·b + c on four lanes: fused where the build has relaxed SIMD, two roundings otherwise. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

/** The sum of four lanes, in an order that never changes: (0 + 2) + (1 + 3). */
export function sumOfLanes(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/** The lane sums of a, b, c and d as the four lanes of one vector. */
export function sumsOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** Four floats, so many bytes apart. */
export function loadApart(from: usize, bytes: usize): v128 {
  let four = v128.load32_zero(from)
  four = v128.load32_lane(from + bytes, four, 1)
  four = v128.load32_lane(from + 2 * bytes, four, 2)
  return v128.load32_lane(from + 3 * bytes, four, 3)
}

export function storeApart(to: usize, bytes: usize, four: v128): void {
  v128.store32_lane(to, four, 0)
  v128.store32_lane(to + bytes, four, 1)
  v128.store32_lane(to + 2 * bytes, four, 2)
  v128.store32_lane(to + 3 * bytes, four, 3)
}

/** Whether multiplyAdd rounds once: (1 + 2⁻¹²)² − (1 + 2⁻¹¹) is 2⁻²⁴ then, and 0 if the product is rounded first. */
export function fuses(): bool {
  const factor = f32x4.splat(1.000244140625)
  return sumOfLanes(multiplyAdd(factor, factor, f32x4.splat(-1.00048828125))) > 0
}
