// Characters of UTF-8 below U+10000, by the tables of src/text/scanning/letters.ts.
import { kinds, lowerCases, word } from './text-memory'

// The kinds of src/text/scanning/letters.ts; 0 separates words.
export const LETTER: u8 = 1
export const CONTEXTUAL: u8 = 2
export const MARK: u8 = 3
export const JOINER: u8 = 4
export const SEGMENTED: u8 = 5
export const IGNORED: u8 = 6

export const APOSTROPHE: u8 = 0x27
export const RIGHT_QUOTE: u32 = 0x2019
/** Of the longest joiner. */
export const JOINER_BYTES: u32 = 3

let known: bool = false

/** The tables lie at `kinds` and `lowerCases` now; before, every character is one for another scanner. */
export function knowLetters(): void {
  known = true
}

export function kindOf(point: u32): u8 {
  return known ? load<u8>(kinds + point) : CONTEXTUAL
}

export function lowered(point: u32): u32 {
  return load<u16>(lowerCases + (point << 1))
}

/** The character of two or three bytes that begins at `at`; 0 if it is longer, badly encoded, or not over at `end`. */
export function characterAt(at: u32, end: u32): u32 {
  const lead = <u32>load<u8>(at)
  const second = <u32>load<u8>(at, 1)
  if (lead < 0xc2 || lead >= 0xf0 || (second & 0xc0) !== 0x80) return 0
  if (lead < 0xe0) return at + 2 > end ? 0 : ((lead & 0x1f) << 6) | (second & 0x3f)
  const third = <u32>load<u8>(at, 2)
  const point = ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)
  return at + 3 > end || (third & 0xc0) !== 0x80 || point < 0x800 ? 0 : point
}

/** Writes a character behind the `length` bytes at `word`; gives the new length. */
export function put(point: u32, length: u32): u32 {
  const to = word + length
  if (point < 0x80) {
    store<u8>(to, point)
    return length + 1
  }
  if (point < 0x800) {
    store<u8>(to, 0xc0 | (point >> 6))
    store<u8>(to, 0x80 | (point & 0x3f), 1)
    return length + 2
  }
  store<u8>(to, 0xe0 | (point >> 12))
  store<u8>(to, 0x80 | ((point >> 6) & 0x3f), 1)
  store<u8>(to, 0x80 | (point & 0x3f), 2)
  return length + 3
}
