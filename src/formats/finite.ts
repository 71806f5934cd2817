/** Where the first NaN or infinity is, or −1. */
export function firstNotFinite(numbers: Float32Array): number {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i]!)) return i
  return -1
}
