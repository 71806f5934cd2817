import { row } from '../math/matrix.js'
import type { WordVectors } from '../vectors/word-vectors.js'
import type { ByteReader } from './byte-reader.js'
import { inChunks, wordWithoutSpaces } from './chunks.js'
import { CollectedVectors } from './collected-vectors.js'
import { formatFloat32 } from './decimal.js'
import type { ReadOptions, VectorFormat } from './format.js'
import { firstLine, type Header, parseHeader, startOf, takeHeader } from './header.js'
import { isSeparator, Lines, trimmed } from './text-lines.js'
import { fieldsOf, numbersAtEnd, readRow } from './text-row.js'

/**
 * word2vec's `-binary 0`, fastText's .vec and, without the header line, GloVe's text: a word a line, its
 * numbers after it, parted by spaces or tabs.
 */
export const word2vecText: VectorFormat = {
  extensions: ['.txt', '.vec'],
  description: 'word2vec, fastText or GloVe text',
  recognizes: head => (fieldsOf(firstLine(head)).length === 2 && looksLikeText(head)) || isHeaderless(head),
  read,
  write: vectors => inChunks(pieces(vectors)),
}

/**
 * Whether what follows the header line is text: a row that ends in a number, or, where its end is not in
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

async function read(reader: ByteReader, { limit }: ReadOptions): Promise<WordVectors> {
  const lines = new Lines(reader)
  await reader.fill(4)
  reader.position += startOf(reader.bytes)
  const header = await headerOf(reader, lines)
  const wanted = Math.min(header?.words ?? Number.POSITIVE_INFINITY, limit ?? Number.POSITIVE_INFINITY)
  const dimensions = header?.dimensions ?? (await dimensionsOfFirstRow(lines))
  const collected = new CollectedVectors(dimensions, header && reader.size !== undefined ? wanted : 0)
  let rows = 0
  for (; collected.size < wanted && rows < (header?.words ?? rows + 1); rows++) {
    const line = await lines.next()
    if (line === undefined) break
    const wordEnd = readRow(lines, line, collected.next(), header !== undefined)
    collected.add(reader.bytes, line.start, wordEnd)
  }
  await checkRows(lines, header, rows, wanted === limit && collected.size === limit)
  return collected.finish(reader.name)
}

/** The header, taken; undefined where the first line is a row. */
async function headerOf(reader: ByteReader, lines: Lines): Promise<Header | undefined> {
  await reader.fill(1 << 12)
  if (fieldsOf(firstLine(reader.bytes.subarray(reader.position))).length > 2) return undefined
  lines.number = 1
  return takeHeader(reader, dimensions => 2 * dimensions + 1)
}

async function dimensionsOfFirstRow(lines: Lines): Promise<number> {
  const { reader } = lines
  const before = reader.offset
  const line = await lines.next()
  const dimensions = line ? numbersAtEnd(reader.bytes, line) : 0
  if (!line || dimensions === 0)
    throw reader.error(
      ', line 1: a word and its numbers are expected, or the number of words and of dimensions',
    )
  reader.position -= reader.offset - before
  lines.number--
  return dimensions
}

async function checkRows(
  lines: Lines,
  header: Header | undefined,
  rows: number,
  limited: boolean,
): Promise<void> {
  const { reader } = lines
  if (header && rows < header.words && !limited) {
    const at = reader.offset.toLocaleString('en')
    const [announced, there] = [header.words, rows].map(n => n.toLocaleString('en'))
    throw reader.error(
      `the header announces ${announced} words, but the file ends at byte ${at} after ${there}; it was cut off` +
        (rows > 0 ? `, or announces too many: a limit of ${rows} reads what is there` : ''),
    )
  }
  if (!header && rows === 0) throw reader.error('there is no word in it')
  if (limited || !(await lines.next())) return
  throw reader.error(
    `, line ${lines.number}: more lines follow than the ${header!.words.toLocaleString('en')} words that the header announces`,
  )
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

function* pieces({ vocabulary, matrix }: WordVectors): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${vocabulary.size} ${matrix.columns}\n`)
  for (let id = 0; id < vocabulary.size; id++) {
    yield wordWithoutSpaces(vocabulary, id)
    let numbers = ''
    for (const x of row(matrix, id)) numbers += ` ${formatFloat32(x)}`
    yield encoder.encode(`${numbers}\n`)
  }
}
