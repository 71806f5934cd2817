/** Where the first NaN or infinity is, or −1: by their bits, which is fast, an exponent of ones is no number. */
export function firstNotFinite(numbers: Float32Array): number {
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & 0x7f800000) === 0x7f800000) return i
  return -1
}
