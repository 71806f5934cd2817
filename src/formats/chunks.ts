import { compressionOf, hasByteOrderMark } from '../files/index.js'
import type { Vocabulary } from '../text/index.js'
import { foreignFile } from './opening/foreign.js'
import { unholdable } from './refusals.js'
import { LONGEST_WORD } from './selection/collected-vectors.js'

const CHUNK_BYTES = 1 << 20

/** Small pieces put together to chunks of about 1 MB, each in memory of its own. */
export function* inChunks(pieces: Iterable<Uint8Array>): Generator<Uint8Array<ArrayBuffer>> {
  let chunk = new Uint8Array(CHUNK_BYTES)
  let used = 0
  for (const piece of pieces) {
    if (used + piece.length > chunk.length) {
      if (used > 0) yield chunk.subarray(0, used)
      chunk = new Uint8Array(Math.max(CHUNK_BYTES, piece.length))
      used = 0
    }
    chunk.set(piece, used)
    used += piece.length
  }
  if (used > 0) yield chunk.subarray(0, used)
}

/** Throws what `check` throws of a word. */
export function checkEach(
  vocabulary: Vocabulary,
  check: (vocabulary: Vocabulary, id: number) => unknown,
): void {
  for (let id = 0; id < vocabulary.size; id++) check(vocabulary, id)
}

/** The bytes of word `id`. Throws `bad-data` if word2vec's formats cannot hold it. */
export function wordWithoutSpaces(vocabulary: Vocabulary, id: number): Uint8Array {
  const bytes = shortEnough(vocabulary, id, "word2vec's formats")
  if (bytes.some(byte => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)))
    throw unholdable(vocabulary, id, 'has a space or line break in it', "word2vec's formats")
  return bytes
}

/** The bytes of word `id`. Throws `bad-data` if readers would not believe that they are a word. */
export function shortEnough(vocabulary: Vocabulary, id: number, place: string): Uint8Array {
  const bytes = vocabulary.bytes(id)
  if (bytes.length <= LONGEST_WORD) return bytes
  throw unholdable(vocabulary, id, `has over ${LONGEST_WORD.toLocaleString('en')} bytes`, place)
}

/** Throws `bad-data` for a first word with which a whole file would begin as files of another kind do. */
export function firstWordOfFile(vocabulary: Vocabulary, place: string): Uint8Array {
  const bytes = firstWord(vocabulary, place)
  const isOther = BEGINNINGS.some(beginning => beginning.every((byte, i) => bytes[i] === byte))
  if (!isOther && !foreignFile(bytes)) return bytes
  throw unholdable(vocabulary, 0, 'comes first and begins as files of another kind do', place)
}

/** Those of NumPy's arrays and of Parquet. */
const BEGINNINGS = [
  [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
  [0x50, 0x41, 0x52, 0x31],
]

/** The bytes of word `id`. Throws `bad-data` if `place`, which has a word a line, cannot hold it. */
export function wordOfOneLine(vocabulary: Vocabulary, id: number, place: string): Uint8Array {
  if (id === 0) firstWord(vocabulary, place)
  const bytes = shortEnough(vocabulary, id, place)
  if (bytes.includes(0x0a) || bytes.at(-1) === 0x0d)
    throw unholdable(vocabulary, id, 'has a line break in it', place)
  return bytes
}

/**
 * The bytes of the first word, if nothing stands before them. Throws `bad-data` if `place` cannot hold it:
 * readers take a byte order mark at the beginning for no part of the text, and the first bytes of compressed data for that.
 */
function firstWord(vocabulary: Vocabulary, place: string): Uint8Array {
  const bytes = vocabulary.bytes(0)
  if (hasByteOrderMark(bytes))
    throw unholdable(vocabulary, 0, 'comes first and begins with a byte order mark (U+FEFF)', place)
  if (compressionOf(bytes) !== undefined)
    throw unholdable(vocabulary, 0, 'comes first and begins as compressed data do', place)
  return bytes
}
