import { row } from '../math/index.js'
import type { ByteReader } from '../tensors/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkEach, inChunks, wordOfOneLine } from './chunks.js'
import type { PlainFormat, ReadOptions } from './format.js'
import { LONGEST_FLOAT32, parseDecimal, writeFloat32 } from './lines/decimal.js'
import { firstLine, MOST_DIMENSIONS, parseHeader } from './lines/header.js'
import { type Line, Lines, trimmed } from './lines/text-lines.js'
import { areNumbersNotFinite, readNumbers, whatIsWrong } from './lines/text-row.js'
import { WordLines } from './lines/word-lines.js'
import { baseName, openCompanion, stemOf, withoutCompression } from './opening/companion.js'
import { unholdable } from './refusals.js'
import { CollectedVectors } from './selection/collected-vectors.js'

const TAB = 0x09

/**
 * What the TensorBoard projector opens: `vectors.tsv`, numbers with tabs between them, a row a word, and
 * `metadata.tsv`, a word a line (or columns under a header line, if others wrote it).
 */
export const projector: PlainFormat = {
  extensions: ['.tsv'],
  description: 'TensorBoard projector; metadata.tsv beside it',
  recognizes: head => parseHeader(firstLine(head)) === undefined && columnsOf(head, firstRow(head)) > 1,
  read,
  refuse: vocabulary => checkEach(vocabulary, lineOf),
  write: vectors => inChunks(pieces(vectors)),
  companions: name => [{ name: metadataName(name), write: vectors => inChunks(words(vectors)) }],
}

/** vectors.tsv → metadata.tsv, x_tensors.tsv → x_metadata.tsv; x.tsv → x.metadata.tsv */
function metadataName(name: string): string {
  const plain = withoutCompression(name)
  const replaced = plain.replace(/(vectors?|tensors?)(?=\.tsv$)/i, 'metadata')
  return replaced === plain ? `${stemOf(name)}.metadata.tsv` : replaced
}

async function read(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const lines = new Lines(reader)
  const columns = columnsOf(reader.bytes, firstRow(reader.bytes))
  if (columns === 0)
    throw reader.error({
      place: { line: 1 },
      found: 'there are no numbers with tabs between them',
      expected: 'rows as the projector takes them',
    })
  const beside = await openCompanion(reader, [metadataName(baseName(reader.name))], 'the file of its words')
  try {
    const collected = new CollectedVectors(columns, 0, options)
    const labels = new Labels(beside)
    while (!collected.isFull) {
      const line = await lines.next()
      if (line === undefined) break
      const word = await labels.next()
      if (word === undefined)
        throw beside.error({
          found: `there are ${(lines.number - 1).toLocaleString('en')} words`,
          expected: `more, one for each row of ${reader.name}`,
        })
      if (!collected.wants(word)) continue
      if (takeNumbers(lines, line, collected.next(), collected.leavesOut)) collected.add(word)
      else collected.leaveOut()
    }
    if (!collected.isFull && (await labels.next()))
      throw beside.error({
        found: 'there are more words than rows',
        expected: `${lines.number.toLocaleString('en')} words, one for each row of ${reader.name}`,
      })
    return collected.finish(reader.name)
  } finally {
    await beside.close()
  }
}

/** Whether they are finite; throws `bad-data` if they must be. */
function takeNumbers(lines: Lines, line: Line, target: Float32Array, leavesOut: boolean): boolean {
  const { bytes } = lines.reader
  const wrong = readNumbers(bytes, line.start, line.end, target)
  if (wrong < 0) return true
  if (leavesOut && areNumbersNotFinite(bytes, line.start, line.end, target)) return false
  const wrongField = wrong < line.end ? whatIsWrong(bytes, wrong, line.end) : undefined
  const expected = `${target.length} numbers with tabs between them, as in line 1`
  throw lines.error({ expected, ...(wrongField ?? { found: 'the line is too short' }) }, line, wrong)
}

/** The words of a metadata.tsv: its lines, or one column of them under a header line. */
class Labels {
  readonly #lines: WordLines
  #column: number | undefined

  constructor(reader: ByteReader) {
    this.#lines = new WordLines(reader)
  }

  async next(): Promise<Uint8Array | undefined> {
    let line = await this.#lines.next()
    if (this.#column === undefined && line) {
      const header = new TextDecoder().decode(line).split('\t')
      const named = header.findIndex(name => /^(word|label|name|token|title)s?$/i.test(name.trim()))
      this.#column = Math.max(0, named)
      if (header.length > 1) line = await this.#lines.next()
    }
    return line && field(line, this.#column!)
  }
}

function field(line: Uint8Array, index: number): Uint8Array {
  let start = 0
  for (; index > 0; index--) start = line.indexOf(TAB, start) + 1 || line.length
  const end = line.indexOf(TAB, start)
  return line.subarray(start, end < 0 ? line.length : end)
}

function firstRow(head: Uint8Array): Line {
  const newline = head.indexOf(0x0a)
  return trimmed(head, 0, newline < 0 ? 0 : newline)
}

/** How many numbers a line has, all of it being numbers with tabs between them; else 0. */
function columnsOf(bytes: Uint8Array, { start, end }: Line): number {
  let columns = 0
  for (let at = start; at < end && columns < MOST_DIMENSIONS; columns++) {
    const tab = bytes.indexOf(TAB, at)
    const fieldEnd = tab < 0 || tab > end ? end : tab
    if (Number.isNaN(parseDecimal(bytes, at, fieldEnd))) return 0
    at = fieldEnd + 1
  }
  return columns
}

function* pieces({ matrix }: WordVectors): Generator<Uint8Array> {
  const line = new Uint8Array(matrix.columns * (1 + LONGEST_FLOAT32))
  for (let id = 0; id < matrix.rows; id++) {
    const numbers = row(matrix, id)
    let end = 0
    for (let i = 0; i < numbers.length; i++) {
      end = writeFloat32(numbers[i]!, line, end)
      line[end++] = i + 1 < numbers.length ? TAB : 0x0a
    }
    yield line.subarray(0, end)
  }
}

function* words({ vocabulary }: WordVectors): Generator<Uint8Array> {
  const newline = Uint8Array.of(0x0a)
  for (let id = 0; id < vocabulary.size; id++) {
    yield lineOf(vocabulary, id)
    yield newline
  }
}

function lineOf(vocabulary: Vocabulary, id: number): Uint8Array {
  const bytes = wordOfOneLine(vocabulary, id, 'metadata.tsv')
  if (bytes.length > 0 && !bytes.includes(TAB)) return bytes
  throw unholdable(vocabulary, id, 'is empty or has a tab in it', 'metadata.tsv')
}
