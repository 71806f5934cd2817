// The tokenizers of src/text/scanning/whitespace.ts and words.ts. A token is cut out of sixteen bytes at a time: one
// comparison tells which of them belong to it.
import {
  APOSTROPHE,
  CONTEXTUAL,
  characterAt,
  IGNORED,
  JOINER,
  JOINER_BYTES,
  kindOf,
  LETTER,
  lowered,
  MARK,
  put,
  RIGHT_QUOTE,
  SEGMENTED,
} from './characters'

import { LONGEST_WORD, word } from './text-memory'
import { endSentence, settle, shortToken, token } from './token-stream'
import { firstOf } from './word-table'

const NEWLINE: u8 = 0x0a
/** Characters that must be scanned elsewhere come in companies: so near, they stay in one piece. */
const NEAR: u32 = 32

/**
 * Takes the tokens of the bytes at … end, as far as it can; gives the first byte it did not take: there begins a
 * token that is not over at `end`, is too long, or needs more than a table of letters.
 */
export function scan(words: bool, at: u32, end: u32): u32 {
  while (at < end) {
    const bytes = v128.load(at)
    const capitals = letters(bytes)
    const belongs = words ? wordBytes(bytes, capitals) : v128.not(separators(bytes))
    const length = <u32>ctz(~i8x16.bitmask(belongs))
    const stop = at + length
    if (stop >= end) break
    const ending = load<u8>(stop)
    if (length === 16 || (words && (ending >= 0x80 || (ending === APOSTROPHE && length > 0)))) {
      const next = words ? longWord(at, end) : longRun(at, end)
      if (next === 0) break
      at = next
      continue
    }
    if (length > 0) shortToken(firstOf(words ? lowerCase(bytes, capitals) : bytes, length), length)
    if (ending === NEWLINE) endSentence()
    at = stop + 1
  }
  settle()
  return at
}

/**
 * The end of the piece that begins at `at` and must be scanned elsewhere: behind a separator, if no token is
 * open; 0 if there is none.
 */
export function piece(words: bool, at: u32, end: u32): u32 {
  return words ? wordPiece(at, end) : runPiece(at, end)
}

/** A token of 16 bytes or more between separators; gives its end, 0 if it cannot be taken. */
function longRun(at: u32, end: u32): u32 {
  let stop = at + 16
  for (;;) {
    const length = <u32>ctz(i8x16.bitmask(separators(v128.load(stop))) | 0x10000)
    stop += length
    if (stop >= end || stop - at > LONGEST_WORD) return 0
    if (length < 16) break
  }
  token(at, stop - at)
  return stop
}

/**
 * A word that is not plain: of 16 bytes or more, with apostrophes, with characters that are not ASCII; or one such
 * character that is no word. Gives what comes behind it, 0 if it cannot be taken.
 */
function longWord(at: u32, end: u32): u32 {
  let length: u32 = 0
  let joinerEnd: u32 = 0 // where the last joiner ends: at the end, it is no part of the word,
  let joinerBytes: u32 = 0 // and how long it is
  for (;;) {
    const bytes = v128.load(at)
    const capitals = letters(bytes)
    const more = <u32>ctz(~i8x16.bitmask(wordBytes(bytes, capitals)))
    v128.store(word + length, lowerCase(bytes, capitals))
    length += more
    at += more
    if (at >= end || length > LONGEST_WORD + JOINER_BYTES) return 0
    if (more === 16) continue
    const ending = load<u8>(at)
    if (ending >= 0x80) {
      const point = characterAt(at, end)
      const kind = point > 0 ? kindOf(point) : CONTEXTUAL
      if (kind === CONTEXTUAL || kind === SEGMENTED) return 0
      at += ending < 0xe0 ? 2 : 3
      if (kind === LETTER) length = put(lowered(point), length)
      else if (length === 0) return at
      else if (kind === MARK) length = put(point, length)
      else if (kind === JOINER && joinerEnd !== length) {
        joinerEnd = put(point === RIGHT_QUOTE ? APOSTROPHE : point, length)
        joinerBytes = joinerEnd - length
        length = joinerEnd
      } else if (kind !== IGNORED) break
    } else {
      if (ending !== APOSTROPHE || joinerEnd === length) break
      length = put(APOSTROPHE, length)
      joinerEnd = length
      joinerBytes = 1
      at++
    }
  }
  if (joinerEnd === length) length -= joinerBytes
  if (length > LONGEST_WORD) return 0
  token(word, length)
  return at
}

function runPiece(at: u32, end: u32): u32 {
  while (at < end) {
    at += <u32>ctz(i8x16.bitmask(separators(v128.load(at))) | 0x10000)
    if (at < end && isBlank(load<u8>(at))) return at + 1
  }
  return 0
}

function wordPiece(at: u32, end: u32): u32 {
  let far = at // up to here the text may hold characters that are not ASCII
  for (; at < end; at++) {
    const byte = load<u8>(at)
    if (byte >= 0x80) far = at + NEAR
    else if (at >= far && byte !== APOSTROPHE && !isWordByte(byte)) return at + 1
  }
  return 0
}

/** Space, and tab, newline, vertical tab, form feed, carriage return: 9 … 13. */
function separators(bytes: v128): v128 {
  const controls = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(9)), i8x16.splat(4))
  return v128.or(controls, i8x16.eq(bytes, i8x16.splat(0x20)))
}

function isBlank(byte: u8): bool {
  return byte === 0x20 || <u8>(byte - 9) <= 4
}

function letters(bytes: v128): v128 {
  const lower = v128.or(bytes, i8x16.splat(0x20))
  return i8x16.le_u(i8x16.sub(lower, i8x16.splat(0x61)), i8x16.splat(25))
}

/** Letters, digits and underscores. */
function wordBytes(bytes: v128, letters: v128): v128 {
  const digits = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(9))
  return v128.or(v128.or(letters, digits), i8x16.eq(bytes, i8x16.splat(0x5f)))
}

function isWordByte(byte: u8): bool {
  return <u8>((byte | 0x20) - 0x61) <= 25 || <u8>(byte - 0x30) <= 9 || byte === 0x5f
}

function lowerCase(bytes: v128, letters: v128): v128 {
  return v128.or(bytes, v128.and(letters, i8x16.splat(0x20)))
}
