/** The greatest number of binary16. */
export const FLOAT16_MOST = 65504

const numbers = new Float32Array(1)
const bits = new Uint32Array(numbers.buffer)

/** The bits of the binary16 number nearest to x, of two as near the even one; infinity past 65,504. */
export function toFloat16(x: number): number {
  numbers[0] = x
  const all = bits[0]!
  const sign = (all >>> 16) & 0x8000
  const rest = all & 0x7fffffff
  if (rest >= 0x7f800000) return sign | (rest > 0x7f800000 ? 0x7e00 : 0x7c00)
  if (rest >= 0x477ff000) return sign | 0x7c00
  if (rest >= 0x38800000) return sign | rounded(rest - 0x38000000, 13) // a normal number
  return sign | subnormal(rest)
}

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
export function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** A multiple of 2⁻²⁴. */
function subnormal(rest: number): number {
  const shift = 126 - (rest >>> 23) // of the fraction with its leading one
  return shift > 24 ? 0 : rounded((rest & 0x7fffff) | 0x800000, shift)
}

/** value / 2^shift, halves to the even number. */
function rounded(value: number, shift: number): number {
  const kept = value >>> shift
  const cut = value - kept * 2 ** shift
  const half = 2 ** (shift - 1)
  return kept + (cut > half || (cut === half && (kept & 1) === 1) ? 1 : 0)
}
