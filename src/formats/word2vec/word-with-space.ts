const SPACE = 0x20
const DELETE = 0x7f
/** Numbers of real vectors are 0 or lie within; text and numbers that are read from between two numbers do not. */
const [LEAST, MOST] = [2 ** -40, 2 ** 40]

/**
 * Where the word ends that begins at bytes[start], if it goes on behind `space`; undefined if it ends there.
 * word2vec's binary format says nothing of a word's length, so that the rest of a word with a space is read as
 * numbers. The row tells: behind its first space there is text up to another, its numbers are none that vectors have,
 * and those behind the other space are.
 */
export function endOfWordWithSpace(
  bytes: Uint8Array,
  start: number,
  space: number,
  dimensions: number,
): number | undefined {
  for (const end of spacesInText(bytes, space + 1))
    if (
      !areLikely(bytes, space + 1, dimensions) &&
      areLikely(bytes, end + 1, dimensions) &&
      isUtf8(bytes.subarray(start, end))
    )
      return end
  return undefined
}

/** The places of spaces before the first byte that no text has. */
function* spacesInText(bytes: Uint8Array, from: number): Generator<number> {
  for (let at = from; at < bytes.length && bytes[at]! >= SPACE && bytes[at] !== DELETE; at++)
    if (bytes[at] === SPACE) yield at
}

function areLikely(bytes: Uint8Array, start: number, count: number): boolean {
  if (start + 4 * count > bytes.length) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, 4 * count)
  for (let i = 0; i < count; i++) {
    const size = Math.abs(view.getFloat32(4 * i, true))
    if (!(size === 0 || (size >= LEAST && size <= MOST))) return false
  }
  return true
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
