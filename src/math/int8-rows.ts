/** The greatest 8-bit number that is used, so that +x and −x are kept alike. */
export const INT8_MOST = 127

/**
 * Writes the row as whole numbers from −127 to 127 and gives the scale that turns them back: number · scale is
 * within scale / 2 of what it stands for. A row of zeros, or with numbers that are not finite, becomes zeros of
 * scale 0.
 */
export function encodeInt8(row: Float32Array, target: Int8Array): number {
  let most = 0
  for (let i = 0; i < row.length; i++) {
    const size = Math.abs(row[i]!)
    if (!(size <= most)) most = size // NaN as well
  }
  const scale = scaleFor(most)
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    target.fill(0)
    return 0
  }
  const factor = INT8_MOST / most
  // Cutting off a positive number rounds it down; no product is beyond ±127 by as much as a half.
  for (let i = 0; i < row.length; i++) target[i] = ((row[i]! * factor + 128.5) | 0) - 128
  return scale
}

/** Rounded down if the largest number would come back as infinity. */
function scaleFor(most: number): number {
  const scale = Math.fround(most / INT8_MOST)
  return Number.isFinite(Math.fround(scale * INT8_MOST)) ? scale : Math.fround(scale * (1 - 2 ** -23))
}

/** The numbers that `encodeInt8` kept. */
export function decodeInt8(numbers: Int8Array, scale: number, target: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = numbers[i]! * scale
}
