import { firstNotFinite, row } from '../math/index.js'
import type { ByteReader } from '../tensors/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkEach, inChunks, wordOfOneLine } from './chunks.js'
import { type FloatType, float16, float32, float64 } from './float-types.js'
import type { PlainFormat, ReadOptions } from './format.js'
import { WordLines } from './lines/word-lines.js'
import { baseName, openCompanion, stemOf } from './opening/companion.js'
import { AGAIN, LEAVE_OUT } from './refusals.js'
import { CollectedVectors } from './selection/collected-vectors.js'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] // \x93NUMPY
const LONGEST_HEADER = 1 << 16

const types: Record<string, FloatType> = { '<f2': float16, '<f4': float32, '<f8': float64 }

/**
 * A NumPy array of two dimensions, a row a word, and the words beside it, one a line: `x.npy` with
 * `x.words.txt` (a plain `x.txt` is read, too, but never written, since it may be somebody's vectors).
 */
export const npy: PlainFormat = {
  extensions: ['.npy'],
  description: 'NumPy array; words in .words.txt beside it',
  recognizes: head => MAGIC.every((byte, i) => head[i] === byte),
  read,
  refuse: vocabulary => checkEach(vocabulary, lineOf),
  write: vectors => inChunks(pieces(vectors)),
  companions: name => [{ name: `${stemOf(name)}.words.txt`, write: vectors => inChunks(wordLines(vectors)) }],
}

async function read(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const { type, rows, columns } = await takeHeader(reader)
  const stem = stemOf(baseName(reader.name))
  const beside = await openCompanion(
    reader,
    [`${stem}.words.txt`, `${stem}.txt`],
    'the words, which a NumPy array does not hold',
  )
  try {
    const collected = new CollectedVectors(columns, reader.size === undefined ? 0 : rows, options)
    const words = new WordLines(beside)
    let taken = 0
    for (; taken < rows && !collected.isFull; taken++) {
      const word = await words.next()
      if (word === undefined)
        throw beside.error({
          found: `there are ${taken.toLocaleString('en')} words`,
          expected: `${rows.toLocaleString('en')}, one for each row of ${reader.name}`,
        })
      await takeRow(reader, type, taken, word, collected)
    }
    if (taken === rows) await checkEnds(reader, words, rows)
    return collected.finish(reader.name)
  } finally {
    await beside.close()
  }
}

async function takeRow(
  reader: ByteReader,
  type: FloatType,
  index: number,
  word: Uint8Array,
  collected: CollectedVectors,
) {
  const target = collected.next()
  const bytes = target.length * type.bytes
  if (reader.available < bytes && !(await reader.fill(Math.max(bytes, 1 << 18))) && reader.available < bytes)
    throw reader.cutOff(`row ${index}`)
  const start = reader.position
  reader.position += bytes
  if (!collected.wants(word)) return
  type.decode(reader.bytes.subarray(start, start + bytes), target)
  const wrong = firstNotFinite(target)
  if (wrong >= 0 && collected.leavesOut) return collected.leaveOut()
  if (wrong >= 0)
    throw reader.error({
      place: { part: `row ${index}` },
      found: `number ${wrong} is ${target[wrong]}`,
      expected: 'finite float32 numbers',
      cure: LEAVE_OUT,
    })
  collected.add(word)
}

async function checkEnds(reader: ByteReader, words: WordLines, rows: number): Promise<void> {
  if (await words.next())
    throw words.reader.error({
      place: { line: words.number },
      found: 'there are more words than rows',
      expected: `${rows.toLocaleString('en')} words, one for each row of ${reader.name}`,
    })
  if (await reader.fill(1))
    throw reader.error({
      place: { byte: reader.offset },
      found: 'more bytes follow after the last row',
      expected: 'the end of the file',
    })
}

interface ArrayHeader {
  type: FloatType
  rows: number
  columns: number
}

/** Versions 1 to 3: \x93NUMPY, two bytes of version, a length (2 bytes in version 1, then 4), and a Python dict. */
async function takeHeader(reader: ByteReader): Promise<ArrayHeader> {
  if (!(await reader.fill(12))) throw reader.cutOff('the header')
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, 12)
  const version = view.getUint8(6)
  if (!MAGIC.every((byte, i) => view.getUint8(i) === byte) || version < 1 || version > 3)
    throw reader.error({ found: 'this is not a NumPy array', expected: 'a .npy file of version 1, 2 or 3' })
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  reader.position += version === 1 ? 10 : 12
  if (length > LONGEST_HEADER)
    throw reader.error({
      found: `the header has ${length.toLocaleString('en')} bytes: the file is damaged`,
      expected: `at most ${LONGEST_HEADER.toLocaleString('en')}`,
      cure: AGAIN,
    })
  if (!(await reader.fill(length))) throw reader.cutOff('the header')
  const text = new TextDecoder().decode(reader.bytes.subarray(reader.position, reader.position + length))
  reader.position += length
  return checkedHeader(reader, text)
}

function checkedHeader(reader: ByteReader, text: string): ArrayHeader {
  const descr = /'descr': *('([^']*)'|\[)/.exec(text)
  const shape = /'shape': *\(([0-9, ]*)\)/.exec(text)
  const order = /'fortran_order': *(True|False)/.exec(text)
  if (!descr || !shape || !order)
    throw reader.error({
      found: `the header is ${JSON.stringify(text.slice(0, 80))}`,
      expected: 'descr, fortran_order and shape, as NumPy writes them',
    })
  const name = descr[2] ?? 'a structured type'
  if (name.includes('O'))
    throw reader.error({
      found: 'it holds Python objects as a pickle, which can run code and is never read',
      expected: 'an array of <f2, <f4 or <f8',
    })
  if (!Object.hasOwn(types, name))
    throw reader.error({
      found: `its numbers are ${name}`,
      expected: '<f2, <f4 or <f8',
      cure: 'save it again in Python: numpy.save(name, array.astype("<f4"))',
    })
  if (order[1] === 'True')
    throw reader.error({
      found: 'it is in Fortran order',
      expected: 'C order',
      cure: 'save it again in Python: numpy.save(name, numpy.ascontiguousarray(array))',
    })
  const [rows = 0, columns = 0, ...more] = shape[1]!
    .split(',')
    .flatMap(n => (n.trim() === '' ? [] : [Number(n)]))
  if (!(rows > 0 && columns > 0) || more.length > 0 || !Number.isSafeInteger(rows * columns))
    throw reader.error({ found: `its shape is (${shape[1]})`, expected: '(words, dimensions)' })
  checkSize(reader, types[name]!, rows, columns)
  return { type: types[name]!, rows, columns }
}

function checkSize(reader: ByteReader, type: FloatType, rows: number, columns: number): void {
  const [expected, rest] = [rows * columns * type.bytes, (reader.size ?? 0) - reader.offset]
  if (reader.size !== undefined && rest !== expected)
    throw reader.error({
      place: { byte: reader.offset },
      found: `${rest.toLocaleString('en')} bytes follow the header: the file was cut off or is damaged`,
      expected: `${expected.toLocaleString('en')} bytes of numbers`,
      cure: AGAIN,
    })
}

function* pieces({ matrix }: WordVectors): Generator<Uint8Array> {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${matrix.rows}, ${matrix.columns}), }`
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10
  yield Uint8Array.of(...MAGIC, 1, 0, length & 0xff, length >> 8)
  yield new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`)
  for (let id = 0; id < matrix.rows; id++) {
    const numbers = row(matrix, id)
    yield new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  }
}

function* wordLines({ vocabulary }: WordVectors): Generator<Uint8Array> {
  const newline = Uint8Array.of(0x0a)
  for (let id = 0; id < vocabulary.size; id++) {
    yield lineOf(vocabulary, id)
    yield newline
  }
}

function lineOf(vocabulary: Vocabulary, id: number): Uint8Array {
  return wordOfOneLine(vocabulary, id, 'a list of words')
}
