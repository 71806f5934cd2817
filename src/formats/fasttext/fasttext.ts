import { allocateMatrix, type Matrix, row } from '../../math/index.js'
import { checkFits, SearchMatrix } from '../../scan/index.js'
import type { ByteReader } from '../../tensors/index.js'
import type { SubwordSettings, Vocabulary } from '../../text/index.js'
import { LONGEST_NGRAM } from '../../text/inner.js'
import { SubwordVectors, WordVectors, type WordVectorsParts } from '../../vectors/index.js'
import { checkEach, inChunks } from '../chunks.js'
import type { PlainFormat, ReadOptions } from '../format.js'
import { AGAIN } from '../refusals.js'
import { takeChosenRows, takeRow } from '../selection/chosen-rows.js'
import { type FastTextDictionary, pruned, takeDictionary, wordWithoutNul } from './dictionary.js'
import { type FastTextHeader, looksLikeFastText, takeHeader } from './header.js'
import { PassingBuckets } from './passing-buckets.js'
import { metadataOf } from './settings.js'
import { fastTextPieces } from './writer.js'

/** Rows that are set aside at once where nothing tells how many the file has room for. */
const ROWS_AT_ONCE = 1 << 12
/** Buckets for which 8 bytes each are set aside where nothing tells how many rows the file has: 256 MB. */
const MOST_BELIEVED = 1 << 25

/**
 * fastText's .bin: settings, words with counts, a row for each word and each bucket of n-grams, and the output
 * rows. A word's vector is the mean of its row and its n-grams' rows.
 */
export const fastText: PlainFormat = {
  extensions: ['.bin'],
  description: 'fastText with its sub-words',
  keepsTraining: true,
  keepsSubwords: true,
  recognizes: looksLikeFastText,
  read,
  refuse: vocabulary => checkEach(vocabulary, wordWithoutNul),
  write: vectors => inChunks(fastTextPieces(vectors)),
}

async function read(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const header = await takeHeader(reader)
  const settings = subwordSettings(reader, header)
  const passing = settings && passingBuckets(reader, header, settings, options)
  const seen = passing && ((word: Uint8Array, isTaken: boolean) => passing.see(word, isTaken))
  const dictionary = await takeDictionary(reader, header.version, options, seen)
  const { vocabulary, ids, words } = dictionary
  const { dimensions, buckets } = header
  await takeMatrixHeader(reader, header, words + buckets, 'the input rows')
  checkFits(ids.length, dimensions)
  const matrix = SearchMatrix.allocate(ids.length, dimensions)
  await takeChosenRows(reader, { name: 'the words’ rows', rows: words }, ids, matrix.matrix, false)
  const subwords = passing
    ? await passing.take(reader, vocabulary, matrix.matrix)
    : settings && (await allSubwords(reader, settings, vocabulary, matrix.matrix))
  if (!subwords) await reader.skip(buckets * dimensions * 4, 'the rows of n-grams')
  return new WordVectors({
    vocabulary,
    matrix,
    subwords,
    ...(await takeOutputVectors(reader, header, dictionary)),
    metadata: metadataOf(header, dictionary.tokens),
    warnings: [...dictionary.warnings, ...labelWarning(reader, header, dictionary)],
  })
}

/** Undefined if all buckets are kept, or if nothing tells whether the file has as many as it says, past what it costs to believe. */
function passingBuckets(
  { size, offset }: ByteReader,
  { dimensions }: FastTextHeader,
  settings: SubwordSettings,
  { buckets: most = settings.buckets }: ReadOptions,
): PassingBuckets | undefined {
  const { buckets } = settings
  const there = size === undefined ? MOST_BELIEVED : (size - offset) / (4 * dimensions)
  return most < buckets && buckets <= there ? new PassingBuckets(settings, most) : undefined
}

async function allSubwords(
  reader: ByteReader,
  settings: SubwordSettings,
  vocabulary: Vocabulary,
  own: Matrix,
): Promise<SubwordVectors> {
  const matrix = await takeRows(reader, settings.buckets, own.columns)
  const subwords = new SubwordVectors({ settings, matrix })
  for (let id = 0; id < own.rows; id++) subwords.compose(row(own, id), vocabulary.bytes(id))
  return subwords
}

/** Undefined if words have no n-grams. Throws `bad-data` if those would be longer than any that are made. */
function subwordSettings(
  reader: ByteReader,
  { buckets, minNgram, maxNgram: longest, version, model }: FastTextHeader,
): SubwordSettings | undefined {
  // before version 12 classifiers looked at whole words only, whatever their settings say
  const maxNgram = version < 12 && model === 'supervised' ? 0 : longest
  if (buckets === 0 || maxNgram === 0 || minNgram > maxNgram) return undefined
  if (maxNgram > LONGEST_NGRAM)
    throw reader.error({
      found: `the n-grams of the fastText file have up to ${maxNgram.toLocaleString('en')} characters`,
      expected: `at most ${LONGEST_NGRAM}`,
      cure: 'train it with a smaller -maxn',
    })
  return { minNgram, maxNgram, buckets }
}

/** Output rows belong to words, those of a tree to its nodes, which are as many but for one; labels have none here. */
async function takeOutputVectors(
  reader: ByteReader,
  header: FastTextHeader,
  { ids, words, labels }: FastTextDictionary,
): Promise<Pick<WordVectorsParts, 'outputVectors'>> {
  const isPart = ids.length < words
  const isClassifier = header.model === 'supervised'
  const rows = isClassifier ? labels : words
  await takeMatrixHeader(reader, header, rows, 'the output rows')
  if (isClassifier || (isPart && header.loss === 'hierarchical-softmax')) {
    if (!isPart) await reader.skip(rows * header.dimensions * 4, 'the output rows')
    if (!isPart) await checkEnd(reader)
    return {}
  }
  const outputVectors = allocateMatrix(ids.length, header.dimensions)
  await takeChosenRows(reader, { name: 'the output rows', rows }, ids, outputVectors, isPart)
  if (!isPart) await checkEnd(reader)
  return { outputVectors }
}

/** A byte that is 1 for codes in place of numbers (from version 11 on), int64 rows, int64 columns. */
async function takeMatrixHeader(
  reader: ByteReader,
  { version, dimensions }: FastTextHeader,
  rows: number,
  what: string,
): Promise<void> {
  const flag = version === 0 ? 0 : 1
  if (!(await reader.fill(flag + 16))) throw reader.cutOff(`the size of ${what}`)
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, flag + 16)
  if (flag && view.getUint8(0) !== 0) throw pruned(reader)
  const [found, columns] = [view.getBigInt64(flag, true), view.getBigInt64(flag + 8, true)]
  reader.position += flag + 16
  if (found !== BigInt(rows) || columns !== BigInt(dimensions))
    throw reader.error({
      place: { byte: reader.offset - flag - 16 },
      found: `the file announces ${found} × ${columns} numbers for ${what}: it is damaged`,
      expected: `${rows} × ${dimensions}`,
      cure: AGAIN,
    })
  const rest = reader.size === undefined ? Number.POSITIVE_INFINITY : reader.size - reader.offset
  const bytes = rows * dimensions * 4
  if (bytes > rest)
    throw reader.error({
      place: { byte: reader.offset },
      found: `${rest.toLocaleString('en')} bytes follow: the file was cut off`,
      expected: `${bytes.toLocaleString('en')} bytes for ${what}`,
      cure: AGAIN,
    })
}

/** Memory for all rows at once where the file is known to have them, else as they come. */
async function takeRows(reader: ByteReader, rows: number, columns: number): Promise<Matrix> {
  let matrix = allocateMatrix(reader.size === undefined ? Math.min(rows, ROWS_AT_ONCE) : rows, columns)
  for (let i = 0; i < rows; i++) {
    if (i === matrix.rows) matrix = enlarged(matrix, Math.min(rows, 2 * matrix.rows))
    await takeRow(reader, row(matrix, i), `the row of bucket ${i}`)
  }
  return matrix
}

function enlarged({ data, columns }: Matrix, rows: number): Matrix {
  const matrix = allocateMatrix(rows, columns)
  matrix.data.set(data)
  return matrix
}

async function checkEnd(reader: ByteReader): Promise<void> {
  if (await reader.fill(1))
    throw reader.error({
      place: { byte: reader.offset },
      found: 'more bytes follow after the output rows',
      expected: 'the end of the file',
    })
}

function labelWarning(
  { name }: ByteReader,
  { model }: FastTextHeader,
  { labels }: FastTextDictionary,
): string[] {
  if (labels === 0) return []
  if (model !== 'supervised') {
    const were = labels === 1 ? '1 word that begins' : `${labels.toLocaleString('en')} words that begin`
    return [`${name}: ${were} with __label__ ${labels === 1 ? 'was' : 'were'} left out`]
  }
  const count = labels === 1 ? 'its label' : `its ${labels.toLocaleString('en')} labels`
  return [`${name}: this is a classifier; its words and sub-words were read and ${count} left out`]
}
