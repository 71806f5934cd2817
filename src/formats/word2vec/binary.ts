import { option, say } from '../../errors.js'
import { firstNotFinite, row } from '../../math/index.js'
import { type ByteReader, CutOff } from '../../tensors/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { checkEach, inChunks, wordWithoutSpaces } from '../chunks.js'
import type { PlainFormat, ReadOptions } from '../format.js'
import { firstLine, type Header, parseHeader, takeHeader } from '../lines/header.js'
import { LEAVE_OUT } from '../refusals.js'
import { CollectedVectors, LONGEST_WORD } from '../selection/collected-vectors.js'
import { looksLikeText } from './text.js'
import { endOfWordWithSpace } from './word-with-space.js'

/** After this many rows with a line break before each, a row without one does not begin where it seems to. */
const SURE_OF_BREAKS = 3

/**
 * word2vec's `-binary 1`: a header line, then for each word its bytes, a space, and little-endian float32
 * numbers; word2vec.c puts a newline after each row, gensim does not.
 */
export const word2vecBinary: PlainFormat = {
  extensions: ['.bin'],
  description: 'word2vec binary',
  recognizes: head => parseHeader(firstLine(head)) !== undefined && !looksLikeText(head),
  read,
  refuse: vocabulary => checkEach(vocabulary, wordWithoutSpaces),
  write: vectors => inChunks(pieces(vectors)),
}

async function read(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const header = await takeHeader(reader, dimensions => 1 + 4 * dimensions, options)
  const collected = new CollectedVectors(header.dimensions, header.room, options)
  const taken = await takeRows(reader, header, collected, options)
  if (taken === header.words) await checkEnd(reader, header, collected, options)
  return collected.finish(reader.name)
}

/** Gives how many rows were there: to a lenient reader fewer than announced may do. */
async function takeRows(
  reader: ByteReader,
  header: Header,
  collected: CollectedVectors,
  { lenient }: ReadOptions,
): Promise<number> {
  let taken = 0
  const breaks = new LineBreaks()
  try {
    for (; taken < header.words && !collected.isFull; taken++)
      await takeRow(reader, header, taken, breaks, collected)
  } catch (error) {
    if (!(lenient && error instanceof CutOff)) throw error
    const [announced, there] = [header.words, taken].map(n => n.toLocaleString('en'))
    collected.warn(
      `${reader.name}: the header announces ${announced} words, but there are only ${there} whole rows`,
    )
  }
  return taken
}

async function takeRow(
  reader: ByteReader,
  header: Header,
  index: number,
  breaks: LineBreaks,
  collected: CollectedVectors,
): Promise<void> {
  const numberBytes = header.dimensions * 4
  const enough = 1 + LONGEST_WORD + 1 + numberBytes
  if (reader.available < enough && !reader.ended) await reader.fill(enough)
  if (index > 0) breaks.take(reader, header, index)
  const start = reader.position
  const space = endOfWord(reader, index)
  const realEnd = endOfWordWithSpace(reader.bytes, start, space, header.dimensions)
  if (realEnd !== undefined) throw wordWithSpace(reader, header, index, realEnd)
  if (reader.bytes.length - space - 1 < numberBytes) throw reader.cutOff(rowName(index, header))
  reader.position = space + 1 + numberBytes
  if (!collected.wants(reader.bytes, start, space)) return
  const numbers = collected.next()
  const target = new Uint8Array(numbers.buffer, numbers.byteOffset, numberBytes)
  target.set(reader.bytes.subarray(space + 1, space + 1 + numberBytes))
  const wrong = firstNotFinite(numbers)
  if (wrong >= 0 && collected.leavesOut) return collected.leaveOut()
  if (wrong >= 0) {
    throw reader.error({
      place: {
        byte: reader.offset - numberBytes + 4 * wrong,
        part: `${rowName(index, header)}, number ${wrong + 1}`,
      },
      found: `the number is ${numbers[wrong]}`,
      expected: 'a finite number',
      cure: LEAVE_OUT,
    })
  }
  collected.add(reader.bytes, start, space)
}

/** word2vec.c ends every row with a line break, gensim none. */
class LineBreaks {
  #seen = 0

  /** Passes over the one before row `index`. Throws `bad-data` if only this row has none. */
  take(reader: ByteReader, header: Header, index: number): void {
    const isThere = reader.bytes[reader.position] === 0x0a
    if (isThere) {
      reader.position++
      this.#seen++
    } else if (reader.available > 0 && index > SURE_OF_BREAKS && this.#seen === index - 1)
      throw reader.error({
        place: { byte: reader.offset, part: rowName(index, header) },
        found:
          'there is no line break before this row, as if the word of the row before had a space in it, which this format cannot hold',
        expected: 'a line break, as before the rows above',
        cure: 'write the word with another character instead, or the file as text',
      })
  }
}

function wordWithSpace(reader: ByteReader, header: Header, index: number, end: number) {
  const word = JSON.stringify(new TextDecoder().decode(reader.bytes.subarray(reader.position, end)))
  return reader.error({
    place: { byte: reader.offset, part: rowName(index, header) },
    found: `the word ${word} has a space in it`,
    expected: 'a word that ends at its first space, as this format has it',
    cure: 'write the word with another character instead, or the file as text',
  })
}

/** Where the space after the next word is. */
function endOfWord(reader: ByteReader, index: number): number {
  const start = reader.position
  const space = reader.bytes.subarray(start, start + LONGEST_WORD + 1).indexOf(0x20)
  if (space >= 0) return start + space
  if (reader.available <= LONGEST_WORD) throw reader.cutOff(`word ${index + 1}`)
  throw reader.error({
    place: { byte: reader.offset, part: `word ${index + 1}` },
    found: 'the word does not end within 64 KB, so this is not a word2vec file',
  })
}

async function checkEnd(
  reader: ByteReader,
  header: Header,
  collected: CollectedVectors,
  { lenient }: ReadOptions,
): Promise<void> {
  await reader.fill(2)
  const rest = reader.bytes.subarray(reader.position)
  if (rest.length === 0 || (rest.length === 1 && rest[0] === 0x0a)) return
  const found = `more bytes follow after the ${header.words.toLocaleString('en')} words that the header announces`
  if (!lenient)
    throw reader.error({
      place: { byte: reader.offset },
      found,
      expected: 'the end of the file',
      cure: say`give ${option('lenient')} to read the file without them`,
    })
  collected.warn(`${reader.name}, byte ${reader.offset.toLocaleString('en')}: ${found}`)
}

function rowName(index: number, header: Header): string {
  return `row ${(index + 1).toLocaleString('en')} of ${header.words.toLocaleString('en')}`
}

function* pieces({ vocabulary, matrix }: WordVectors): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${vocabulary.size} ${matrix.columns}\n`)
  const space = encoder.encode(' ')
  const newline = encoder.encode('\n')
  for (let id = 0; id < vocabulary.size; id++) {
    yield wordWithoutSpaces(vocabulary, id)
    yield space
    const numbers = row(matrix, id)
    yield new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
    yield newline
  }
}
