import { type Fault, WordloomError } from '../../errors.js'
import { type Output, readBytes, writeTogether } from '../../files/index.js'
import { NEWLINE } from '../scanning/scanner.js'
import { Vocabulary } from './vocabulary.js'
import { WordTable } from './word-table.js'

const SPACE = 0x20
const TAB = 0x09
const RETURN = 0x0d
const ZERO = 0x30
const PART_BYTES = 1 << 18

/** A longer line is in no vocabulary: the file is something else. */
const MAX_LINE_BYTES = 1 << 16
const MAX_DIGITS = 15 // fits a float64 exactly

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
 * Reads what saveVocabulary or word2vec saved (also gzip or '-'), in the order of the file. Counts are whole
 * numbers in digits. Throws `no-input`, and `bad-data` with the number of the line that is wrong.
 */
export async function readVocabulary(path: string): Promise<Vocabulary> {
  const table = new WordTable()
  const counts: number[] = []
  for await (const line of linesIn(path)) {
    const { wordEnd, count } = parseLine(line, path, counts.length + 1)
    if (table.add(line, 0, wordEnd) < counts.length) {
      const word = JSON.stringify(Buffer.from(line.subarray(0, wordEnd)).toString())
      throw lineError(path, counts.length + 1, {
        found: `the word ${word} was there before`,
        expected: 'words that differ',
      })
    }
    counts.push(count)
  }
  if (counts.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'the file is empty',
      expected: 'a word and its count on each line',
    })
  return new Vocabulary(table, Float64Array.from(counts))
}

/** The lines of a file without their breaks. */
async function* linesIn(path: string): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array = new Uint8Array(0)
  let number = 1
  for await (const chunk of readBytes(path)) {
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, to)
      yield begun.length > 0 ? Buffer.concat([begun, rest]) : rest
      begun = begun.subarray(0, 0)
      from = to + 1
      number++
    }
    begun = Buffer.concat([begun, chunk.subarray(from)])
    if (begun.length > MAX_LINE_BYTES)
      throw lineError(path, number, {
        found: 'the line is over 64 KB long, so the file is not a vocabulary',
        expected: 'a word and a count',
      })
  }
  if (begun.length > 0) yield begun
}

function parseLine(line: Uint8Array, path: string, number: number): { wordEnd: number; count: number } {
  const end = line.length - Number(line[line.length - 1] === RETURN)
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
