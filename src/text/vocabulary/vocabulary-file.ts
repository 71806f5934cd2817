import { type Fault, WordloomError } from '../../errors.js'
import { eachLine, hasByteOrderMark, type Output, readBytes, writeTogether } from '../../files/index.js'
import { NEWLINE } from '../scanning/scanner.js'
import { Vocabulary } from './vocabulary.js'
import { WordTable } from './word-table.js'

const SPACE = 0x20
const TAB = 0x09
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf)
const ZERO = 0x30
const PART_BYTES = 1 << 18

/** A longer line is in no vocabulary: the file is something else. */
const MAX_LINE_BYTES = 1 << 16
const MAX_DIGITS = 15 // fits a float64 exactly
const expected = 'a word and its count'

/**
 * Saves words and counts as word2vec's -save-vocab does: `word count` a line, the bytes of a word as they are.
 * Throws `not-written`, and `bad-data` for a word with a line break in it, which this format cannot hold.
 */
export async function saveVocabulary(vocabulary: Vocabulary, path: string): Promise<void> {
  await writeTogether([vocabularyFile(vocabulary, path)])
}

/** The file that `saveVocabulary` writes, for those who write others along with it. */
export function vocabularyFile(vocabulary: Vocabulary, path: string): Output {
  return { path, chunks: linesOf(vocabulary, path) }
}

function* linesOf(vocabulary: Vocabulary, path: string): Generator<Uint8Array> {
  let part: Uint8Array[] = []
  let bytes = 0
  for (let id = 0; id < vocabulary.size; id++) {
    const word = wordOfLine(vocabulary, id, path)
    const count = Buffer.from(` ${vocabulary.counts[id]}\n`, 'latin1')
    if (id === 0 && hasByteOrderMark(word)) part.push(BYTE_ORDER_MARK) // readers take the first mark for no letter
    part.push(word, count)
    bytes += word.length + count.length
    if (bytes < PART_BYTES) continue
    yield Buffer.concat(part)
    part = []
    bytes = 0
  }
  yield Buffer.concat(part)
}

/** Throws what `saveVocabulary` would of the words. */
export function checkVocabulary(vocabulary: Vocabulary, path: string): void {
  for (let id = 0; id < vocabulary.size; id++) wordOfLine(vocabulary, id, path)
}

function wordOfLine(vocabulary: Vocabulary, id: number, path: string): Uint8Array {
  const word = vocabulary.bytes(id)
  if (word.length > 0 && !word.includes(NEWLINE)) return word
  throw new WordloomError('bad-data', {
    action: `write ${path}`,
    found: `the word ${JSON.stringify(vocabulary.word(id))} does not fit on a line of its own`,
    cure: 'leave it out',
  })
}

/**
 * Reads what saveVocabulary or word2vec saved (also gzip or '-'), in the order of the file, with a byte order mark
 * before it or without. Counts are whole numbers in digits. Throws `no-input`, and `bad-data` with the number of the line that is wrong.
 */
export async function readVocabulary(path: string): Promise<Vocabulary> {
  const table = new WordTable()
  const counts: number[] = []
  await eachLine(readBytes(path), { file: path, longest: MAX_LINE_BYTES, expected }, (line, number) => {
    const { wordEnd, count } = parseLine(line, path, number)
    if (table.add(line, 0, wordEnd) < counts.length) {
      const word = JSON.stringify(Buffer.from(line.subarray(0, wordEnd)).toString())
      throw lineError(path, number, {
        found: `the word ${word} was there before`,
        expected: 'words that differ',
      })
    }
    counts.push(count)
  })
  if (counts.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'the file is empty',
      expected: `${expected} on each line`,
    })
  return new Vocabulary(table, Float64Array.from(counts))
}

function parseLine(line: Uint8Array, path: string, number: number): { wordEnd: number; count: number } {
  const end = line.length
  let digits = end
  let count = 0
  let unit = 1
  while (digits > 0 && line[digits - 1]! >= ZERO && line[digits - 1]! <= ZERO + 9) {
    count += (line[--digits]! - ZERO) * unit
    unit *= 10
  }
  const separator = line[digits - 1]
  const isSeparated = digits > 1 && (separator === SPACE || separator === TAB)
  if (isSeparated && digits < end && end - digits <= MAX_DIGITS) return { wordEnd: digits - 1, count }
  const shown = Buffer.from(line.subarray(0, 60)).toString()
  throw lineError(path, number, {
    found: JSON.stringify(shown),
    expected:
      end - digits > MAX_DIGITS
        ? `a count of at most ${MAX_DIGITS} digits`
        : '"word count", the count in digits only',
  })
}

function lineError(path: string, line: number, fault: Fault): WordloomError {
  return new WordloomError('bad-data', { ...fault, place: { file: path, line } })
}
