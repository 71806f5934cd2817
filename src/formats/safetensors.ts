import { WordloomError } from '../errors.js'
import { allocateMatrix, type Matrix, row } from '../math/index.js'
import { checkFits, SearchMatrix } from '../scan/index.js'
import {
  type ByteReader,
  encodeHeader,
  LONGEST_HEADER,
  type TensorPlace,
  takeHeader,
} from '../tensors/index.js'
import { WordVectors, type WordVectorsParts } from '../vectors/index.js'
import { takeRow } from './chosen-rows.js'
import { inChunks } from './chunks.js'
import { leftOutWarning } from './collected-vectors.js'
import type { PlainFormat, ReadOptions } from './format.js'
import { layoutOf, type RowLayout } from './row-layout.js'
import { decodeInto, SmallerRows, smallerTensors, type Wanted } from './smaller-rows.js'
import { buildIndex, SLOT_LENGTH } from './stored-index.js'
import { StoredSubwords, subwordTensors } from './stored-subwords.js'
import { StoredVocabulary } from './stored-vocabulary.js'
import { isTokenEmbeddings, readTokenEmbeddings } from './token-embeddings.js'
import { picked, takeWanted } from './wanted-rows.js'

/** Written as metadata `format`; the number rises when files stop being readable by older versions. */
const FORMAT = 'wordloom/1'
/** Rows in fewer bytes than float32 takes, which older versions cannot read. */
const SMALLER_FORMAT = 'wordloom/2'

/** What is handed on at a time of a tensor that lies in one piece. */
const SLICE_BYTES = 1 << 18

/**
 * Our own file: a safetensors file with `vocabulary.counts` F64 [V], `vocabulary.offsets` U64 [V + 1],
 * `vocabulary.bytes` U8, `vocabulary.index` U32 [slots, 2] (see stored-index.ts; older files lack it), `vectors`
 * F32 [V, d] and perhaps `output_vectors` F32 [V, d] and vectors of sub-words (stored-subwords.ts), in an order that
 * aligns each to its item size and tells the words before their rows; or `vectors` in fewer bytes (see row-layout.ts).
 * It keeps everything there is: any bytes as words, counts, metadata.
 */
export const safetensors: PlainFormat = {
  extensions: ['.safetensors'],
  description: 'safetensors, which keeps everything',
  keepsSubwords: true,
  recognizes: head => {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    return head.length > 8 && head[8] === 0x7b && view.getBigUint64(0, true) <= LONGEST_HEADER
  },
  read,
  write: vectors => inChunks(pieces(vectors)),
}

async function read(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const { tensors, metadata } = await takeHeader(reader)
  if (isTokenEmbeddings(tensors)) return readTokenEmbeddings(reader, tensors, options)
  checkFormat(reader, metadata.format)
  const layout = layoutOf(reader, tensors)
  const { words } = layout
  const { format: _, ...facts } = metadata
  const parts = options.words
    ? await takeWanted(reader, tensors, layout, { ...options, words: options.words })
    : await takeFirst(reader, tensors, Math.min(words, options.limit ?? words), layout, options)
  const isPart = options.words !== undefined || (options.limit ?? words) < words
  if (!isPart && (await reader.fill(1)))
    throw reader.error(`more bytes follow after the last tensor, at byte ${reader.offset}`)
  return new WordVectors({ ...parts, metadata: facts })
}

async function takeFirst(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  kept: number,
  layout: RowLayout,
  options: ReadOptions,
): Promise<WordVectorsParts> {
  const { dimensions } = layout
  const leftOut = options.allowNonfinite ? new Set<number>() : undefined
  checkFits(kept, dimensions)
  const search = SearchMatrix.allocate(kept, dimensions)
  const vocabulary = new StoredVocabulary(kept)
  const subwords = new StoredSubwords()
  const smaller = layout.precision === 'float32' ? undefined : new SmallerRows(layout)
  let outputVectors: Matrix | undefined
  for (const tensor of tensors) {
    const { name } = tensor
    const isLast = tensor === tensors.at(-1)
    if (await smaller?.take(reader, tensor, kept, isLast)) continue
    if (name === 'vectors') await takeRows(reader, tensor, search.matrix, isLast, leftOut)
    else if (name === 'output_vectors') {
      outputVectors = allocateMatrix(kept, dimensions)
      await takeRows(reader, tensor, outputVectors, isLast, leftOut)
    } else if (!(await vocabulary.take(reader, tensor)) && !(await subwords.take(reader, tensor)))
      await reader.skip(tensor.end - tensor.start, name)
  }
  const encoded = smaller?.finish(reader)
  if (encoded) decodeInto(reader, encoded, search.matrix)
  const parts = {
    vocabulary: vocabulary.finish(reader),
    matrix: search,
    ...(encoded && { encoded }),
    subwords: subwords.finish(reader, dimensions),
    ...(outputVectors && { outputVectors }),
  }
  return leftOut?.size ? without(leftOut, reader, vocabulary, parts) : parts
}

/** The other rows; throws `bad-data` where there are none. */
function without(
  leftOut: ReadonlySet<number>,
  reader: ByteReader,
  vocabulary: StoredVocabulary,
  {
    matrix,
    outputVectors,
    subwords,
  }: Pick<WordVectorsParts, 'outputVectors' | 'subwords'> & {
    matrix: SearchMatrix
  },
): WordVectorsParts {
  const ids = Array.from({ length: matrix.matrix.rows }, (_, id) => id).filter(id => !leftOut.has(id))
  if (ids.length === 0) throw reader.error('there is no row of finite numbers in it; fetch or make it again')
  return {
    vocabulary: vocabulary.subset(reader, ids),
    matrix: picked(matrix.matrix, ids),
    subwords,
    ...(outputVectors && { outputVectors: picked(outputVectors, ids) }),
    warnings: [leftOutWarning(reader.name, leftOut.size)],
  }
}

/** Throws `bad-data` for files of newer versions. */
export function checkFormat(reader: ByteReader, format: string | undefined): void {
  if (format?.startsWith('wordloom/') && format !== FORMAT && format !== SMALLER_FORMAT)
    throw reader.error(
      `its format is ${JSON.stringify(format)} and ${FORMAT} and ${SMALLER_FORMAT} can be read; use a newer wordloom`,
    )
}

/**
 * Reads the first rows of a tensor, as many as the matrix has, and passes over the others unless it is the last.
 * Rows that are not finite are refused, or their ids gathered in `leftOut`.
 */
async function takeRows(
  reader: ByteReader,
  { name, shape }: TensorPlace,
  matrix: Matrix,
  isLast: boolean,
  leftOut: Set<number> | undefined,
): Promise<void> {
  for (let i = 0; i < matrix.rows; i++) {
    const isSound = await takeRow(reader, row(matrix, i), `row ${i} of "${name}"`, leftOut !== undefined)
    if (!isSound) leftOut?.add(i)
  }
  if (!isLast) await reader.skip((shape[0]! - matrix.rows) * matrix.columns * 4, `"${name}"`)
}

function* pieces(vectors: WordVectors): Generator<Uint8Array> {
  const { vocabulary, matrix, outputVectors, subwords } = vectors
  const { bytes, offsets } = vocabulary.arena
  const shape = [matrix.rows, matrix.columns]
  const rows = smallerTensors(vectors)
  const index = buildIndex(vocabulary.arena)
  const padding = -bytes.length & 3 // what follows is aligned to 4 bytes
  const ofSubwords = subwords ? subwordTensors(subwords) : []
  const tensors = placed([
    ['vocabulary.counts', 'F64', [vocabulary.size], 8],
    ['vocabulary.offsets', 'U64', [vocabulary.size + 1], 8],
    ['vocabulary.bytes', 'U8', [bytes.length + padding], 1],
    ['vocabulary.index', 'U32', [index.length / SLOT_LENGTH, SLOT_LENGTH], 4],
    ...(rows?.map(({ wanted }) => wanted) ?? [['vectors', 'F32', shape, 4] satisfies Wanted]),
    ...(outputVectors ? [['output_vectors', 'F32', shape, 4] satisfies Wanted] : []),
    ...ofSubwords.map(([name, dtype, dims]): Wanted => [name, dtype, dims, 4]),
  ])
  yield encodeHeader({ tensors, metadata: metadataOf(vectors) })
  yield bytesOf(vocabulary.counts)
  yield bytesOf(BigUint64Array.from(offsets, BigInt))
  yield bytes
  yield new Uint8Array(padding)
  yield bytesOf(index)
  if (rows) for (const { numbers } of rows) yield* slicesOf(bytesOf(numbers))
  else yield* rowsOf(matrix)
  if (outputVectors) yield* rowsOf(outputVectors)
  for (const [, , , bytes] of ofSubwords) yield* bytes
}

function placed(tensors: readonly Wanted[]): TensorPlace[] {
  let end = 0
  return tensors.map(([name, dtype, shape, size]) => {
    const start = end
    end += shape.reduce((product, n) => product * n, size)
    return { name, dtype, shape, start, end }
  })
}

function metadataOf({ metadata, encoded }: WordVectors): Record<string, string> {
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'string')
      throw new WordloomError('usage', `metadata "${key}" must be a string, not ${typeof value}`)
  return { ...metadata, format: encoded ? SMALLER_FORMAT : FORMAT }
}

function* rowsOf(matrix: Matrix): Generator<Uint8Array> {
  for (let i = 0; i < matrix.rows; i++) yield bytesOf(row(matrix, i))
}

/** Chunks of a writer are copied; a tensor need not be there twice. */
function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES)
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
