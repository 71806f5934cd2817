import { option, say } from '../../errors.js'
import { row } from '../../math/index.js'
import { type ByteReader, CutOff } from '../../tensors/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { checkEach, firstWordOfFile, inChunks, wordWithoutSpaces } from '../chunks.js'
import type { PlainFormat, ReadOptions } from '../format.js'
import { LONGEST_FLOAT32, parseDecimal, writeFloat32 } from '../lines/decimal.js'
import { type AnnouncedHeader, firstLine, parseHeader, startOf, takeHeader } from '../lines/header.js'
import { isSeparator, type Line, Lines, trimmed } from '../lines/text-lines.js'
import { endOfField, fieldsOf, numbersAtEnd, readRow } from '../lines/text-row.js'
import { AGAIN, unholdable } from '../refusals.js'
import { CollectedVectors } from '../selection/collected-vectors.js'

/**
 * word2vec's `-binary 0` and fastText's .vec: a line with the number of words and of dimensions, then a word a
 * line, its numbers after it, parted by spaces or tabs.
 */
export const word2vecText: PlainFormat = {
  extensions: ['.txt', '.vec'],
  description: 'word2vec or fastText text',
  recognizes: head => fieldsOf(firstLine(head)).length === 2 && looksLikeText(head),
  read: async (reader, options) => readLines(reader, options, await beginsWithHeader(reader)),
  refuse: vocabulary => checkEach(vocabulary, wordWithoutSpaces),
  write: vectors => inChunks(pieces(vectors, true)),
}

const TAKE_LAST_LINE = say`fetch or make it again, or add a line break if it is whole, or give ${option('lenient')} to take it`
/** So many rows tell that a file has no words. */
const ROWS_THAT_TELL = 1000
const GLOVE = "GloVe's format"

/** GloVe's text: the same without the first line. */
export const glove: PlainFormat = {
  extensions: ['.glove'],
  alsoNamed: ['.txt'],
  description: 'GloVe text, without a header',
  recognizes: isHeaderless,
  read: (reader, options) => readLines(reader, options, false),
  refuse(vocabulary) {
    refuseFractions(vocabulary)
    firstWordOfFile(vocabulary, GLOVE)
    checkEach(vocabulary, wordWithoutSpaces)
  },
  write: vectors => inChunks(pieces(vectors, false)),
}

/**
 * Whether what follows the header line is text: a row that ends in a number, or, if its end is not in
 * sight, nothing but ASCII in the bytes that would otherwise be binary numbers.
 */
export function looksLikeText(head: Uint8Array): boolean {
  const newline = head.indexOf(0x0a)
  if (newline < 0) return !head.subarray(startOf(head)).some(isControl)
  const rest = head.subarray(newline + 1)
  const end = rest.indexOf(0x0a)
  if (end >= 0 && numbersAtEnd(rest, trimmed(rest, 0, end)) > 0) return true
  const space = rest.findIndex(isSeparator)
  if (space < 0) return !rest.some(isControl)
  const dimensions = parseHeader(firstLine(head))?.dimensions ?? 64
  return !rest.subarray(space + 1, space + 1 + 4 * dimensions).some(byte => isControl(byte) || byte > 0x7e)
}

async function beginsWithHeader(reader: ByteReader): Promise<boolean> {
  await reader.fill(1 << 12)
  return fieldsOf(firstLine(reader.bytes.subarray(reader.position))).length <= 2
}

async function readLines(reader: ByteReader, options: ReadOptions, hasHeader: boolean): Promise<WordVectors> {
  const lines = new Lines(reader)
  await reader.fill(4)
  reader.position += startOf(reader.bytes)
  const header = hasHeader ? await headerOf(reader, lines, options) : undefined
  const dimensions = header?.dimensions ?? (await dimensionsOfFirstRow(lines))
  const collected = new CollectedVectors(dimensions, header?.room ?? 0, options)
  const ending: string[] = []
  const endsInNumber = options.lenient ? (word: string) => void ending.push(word) : undefined
  const rules = { hasHeader, leavesOut: collected.leavesOut, endsInNumber }
  let rows = 0
  let fractions = 0 // rows whose word is one
  for (; !collected.isFull && rows < (header?.words ?? rows + 1); rows++) {
    const line = await nextLine(lines, collected, dimensions, options)
    if (line === undefined) break
    if (collected.passesOver(reader.bytes, line.start, endOfField(reader.bytes, line.start, line.end)))
      continue
    const wordEnd = readRow(lines, line, collected.next(), rules)
    if (!hasHeader && fractions === rows && isFraction(reader.bytes, line.start, wordEnd)) fractions++
    if (rows + 1 === ROWS_THAT_TELL) refuseNumbers(reader, fractions, rows + 1)
    if (wordEnd < 0) collected.leaveOut()
    else collected.add(reader.bytes, line.start, wordEnd)
  }
  refuseNumbers(reader, fractions, rows)
  tellEndings(reader.name, ending, collected)
  await checkRows(lines, header, rows, collected, options)
  return collected.finish(reader.name)
}

/** A fraction, or a number with an exponent. Whole numbers can be words: nodes of a graph, items of a basket. */
function isFraction(bytes: Uint8Array, start: number, end: number): boolean {
  const plain = bytes.subarray(start, end)
  return plain.some(byte => byte === 0x2e || byte === 0x65) && !Number.isNaN(parseDecimal(bytes, start, end))
}

/** A matrix of numbers alone (np.savetxt) would lose its first column to the words. */
function refuseNumbers(reader: ByteReader, fractions: number, rows: number): void {
  if (rows === 0 || fractions < rows) return
  throw reader.error({
    place: { line: 1 },
    found: 'each line begins with a number that has a fraction, so the lines are numbers only, without words',
    expected: 'a word and its numbers on each line',
    cure: 'put the word before the numbers of each line (paste words.txt numbers.txt), or save the numbers as .npy with the words in a .words.txt beside it',
  })
}

/** What would be refused when it is read. */
function refuseFractions(vocabulary: Vocabulary): void {
  const told = Math.min(vocabulary.size, ROWS_THAT_TELL)
  for (let id = 0; id < told; id++) {
    const word = vocabulary.bytes(id)
    if (!isFraction(word, 0, word.length)) return
  }
  throw unholdable(vocabulary, 0, 'is a number with a fraction, and so are the others', GLOVE)
}

function headerOf(reader: ByteReader, lines: Lines, options: ReadOptions): Promise<AnnouncedHeader> {
  lines.number = 1
  return takeHeader(reader, dimensions => 2 * dimensions + 1, options)
}

/** A line without an end is taken by a lenient reader if it has all its numbers, the last of which may be half of one. */
async function nextLine(
  lines: Lines,
  collected: CollectedVectors,
  dimensions: number,
  { lenient }: ReadOptions,
): Promise<Line | undefined> {
  try {
    return await lines.next()
  } catch (error) {
    if (!(error instanceof CutOff)) throw error
    const { reader, number } = lines
    const line = trimmed(reader.bytes, reader.position, reader.bytes.length)
    const isWhole = numbersAtEnd(reader.bytes, line) >= dimensions
    if (!lenient) throw isWhole ? new CutOff({ ...error.fault, cure: TAKE_LAST_LINE }) : error
    reader.position = isWhole ? reader.bytes.length : reader.position
    collected.warn(
      isWhole
        ? `${reader.name}: line ${number} has no line break at its end, so that its last number may be cut off`
        : `${reader.name}: line ${number} was left out, because the file ends inside it`,
    )
    return isWhole ? line : undefined
  }
}

function tellEndings(name: string, words: readonly string[], collected: CollectedVectors): void {
  if (words.length === 0) return
  const count = words.length === 1 ? '1 word ends' : `${words.length.toLocaleString('en')} words end`
  collected.warn(`${name}: ${count} in a number, such as ${JSON.stringify(words[0]!.slice(0, 60))}`)
}

async function dimensionsOfFirstRow(lines: Lines): Promise<number> {
  const { reader } = lines
  const before = reader.offset
  const line = await lines.next()
  const dimensions = line ? numbersAtEnd(reader.bytes, line) : 0
  if (!line || dimensions === 0)
    throw reader.error({
      place: { line: 1 },
      found: 'there are no numbers after a word',
      expected: 'a word and its numbers, or the number of words and that of dimensions',
    })
  reader.position -= reader.offset - before
  lines.number--
  return dimensions
}

async function checkRows(
  lines: Lines,
  header: AnnouncedHeader | undefined,
  rows: number,
  collected: CollectedVectors,
  { lenient }: ReadOptions,
): Promise<void> {
  const { reader } = lines
  if (!header && rows === 0)
    throw reader.error({ found: 'there is no word in it', expected: 'a word and its numbers on each line' })
  if (collected.isFull || !header) return
  const [announced, there] = [header.words, rows].map(n => n.toLocaleString('en'))
  if (rows < header.words) {
    const found = `the header announces ${announced} words, but the file ends after ${there}`
    if (!lenient)
      throw reader.error({
        place: { byte: reader.offset },
        found: `${found}: it was cut off${rows > 0 ? ', or announces too many' : ''}`,
        cure:
          rows > 0
            ? say`give ${option('limit', rows)} or ${option('lenient')} to read what is there, or fetch the file again`
            : AGAIN,
      })
    collected.warn(`${reader.name}, byte ${reader.offset.toLocaleString('en')}: ${found}; those were read`)
  } else if (lenient && (await reader.fill(1)))
    collected.warn(`${reader.name}: more follows after the ${announced} words that the header announces`)
  else if (!lenient && (await lines.next()))
    throw reader.error({
      place: { line: lines.number },
      found: `more lines follow after the ${announced} words that the header announces`,
      expected: 'the end of the file',
      cure: say`give ${option('lenient')} to read the file without them`,
    })
}

function isHeaderless(head: Uint8Array): boolean {
  const start = startOf(head)
  const newline = head.indexOf(0x0a, start)
  if (newline < 0 && head.length < 1 << 16) return false
  const end = newline < 0 ? head.lastIndexOf(0x20) : newline
  return numbersAtEnd(head, trimmed(head, start, end)) > 1
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x0a
}

function* pieces({ vocabulary, matrix }: WordVectors, withHeader: boolean): Generator<Uint8Array> {
  if (!withHeader) {
    refuseFractions(vocabulary)
    firstWordOfFile(vocabulary, GLOVE)
  }
  if (withHeader) yield new TextEncoder().encode(`${vocabulary.size} ${matrix.columns}\n`)
  const line = new Uint8Array(matrix.columns * (1 + LONGEST_FLOAT32) + 1)
  for (let id = 0; id < vocabulary.size; id++) {
    yield wordWithoutSpaces(vocabulary, id)
    const numbers = row(matrix, id)
    let end = 0
    for (let i = 0; i < numbers.length; i++) {
      line[end++] = 0x20
      end = writeFloat32(numbers[i]!, line, end)
    }
    line[end++] = 0x0a
    yield line.subarray(0, end)
  }
}
