import { WordloomError } from '../../errors.js'
import { allocateMatrix, type Matrix, row } from '../../math/index.js'
import { checkFits, SearchMatrix } from '../../scan/index.js'
import {
  type ByteReader,
  beginsHeader,
  bytesOf,
  fileOf,
  type Section,
  type TensorPlace,
  takeHeader,
} from '../../tensors/index.js'
import { WordVectors, type WordVectorsParts } from '../../vectors/index.js'
import { inChunks } from '../chunks.js'
import type { PlainFormat, ReadOptions } from '../format.js'
import { takeRow } from '../selection/chosen-rows.js'
import { leftOutWarning } from '../selection/collected-vectors.js'
import { isTokenEmbeddings, readTokenEmbeddings } from '../token-embeddings/token-embeddings.js'
import { matrixSection } from './matrix-section.js'
import { layoutOf, type RowLayout } from './row-layout.js'
import { decodeInto, SmallerRows, smallerSections } from './smaller-rows.js'
import { buildIndex, SLOT_LENGTH } from './stored-index.js'
import { StoredSubwords, subwordSections } from './stored-subwords.js'
import { StoredVocabulary } from './stored-vocabulary.js'
import { picked, takeWanted } from './wanted-rows.js'

/** Written as metadata `format`; the number rises when files stop being readable by older versions. */
const FORMAT = 'wordloom/1'
/** Rows in fewer bytes than float32 takes, which older versions cannot read. */
const SMALLER_FORMAT = 'wordloom/2'

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
  recognizes: beginsHeader,
  read,
  write: vectors => inChunks(fileOf(sectionsOf(vectors), metadataOf(vectors))),
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
    throw reader.error({
      place: { byte: reader.offset },
      found: 'more bytes follow after the last tensor',
      cure: 'fetch the file or make it again',
    })
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
  if (ids.length === 0)
    throw reader.error({
      found: 'there is no row of finite numbers in it',
      cure: 'fetch it or make it again',
    })
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
    throw reader.error({
      found: `its format is ${JSON.stringify(format)}`,
      expected: `${FORMAT} or ${SMALLER_FORMAT}`,
      cure: 'use a newer wordloom',
    })
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

/** In the order in which they are written. */
function sectionsOf(vectors: WordVectors): Section[] {
  const { vocabulary, matrix, outputVectors, subwords } = vectors
  const { bytes, offsets } = vocabulary.arena
  const index = buildIndex(vocabulary.arena)
  const padding = -bytes.length & 3 // what follows is aligned to 4 bytes
  return [
    {
      name: 'vocabulary.counts',
      dtype: 'F64',
      shape: [vocabulary.size],
      chunks: [bytesOf(vocabulary.counts)],
    },
    {
      name: 'vocabulary.offsets',
      dtype: 'U64',
      shape: [vocabulary.size + 1],
      chunks: [bytesOf(BigUint64Array.from(offsets, BigInt))],
    },
    {
      name: 'vocabulary.bytes',
      dtype: 'U8',
      shape: [bytes.length + padding],
      chunks: [bytes, new Uint8Array(padding)],
    },
    {
      name: 'vocabulary.index',
      dtype: 'U32',
      shape: [index.length / SLOT_LENGTH, SLOT_LENGTH],
      chunks: [bytesOf(index)],
    },
    ...(smallerSections(vectors) ?? [matrixSection('vectors', matrix)]),
    ...(outputVectors ? [matrixSection('output_vectors', outputVectors)] : []),
    ...(subwords ? subwordSections(subwords) : []),
  ]
}

function metadataOf({ metadata, encoded }: WordVectors): Record<string, string> {
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'string')
      throw new WordloomError('usage', {
        found: `metadata "${key}" is a ${typeof value}`,
        expected: 'a string',
        cure: 'give text, such as JSON',
      })
  return { ...metadata, format: encoded ? SMALLER_FORMAT : FORMAT }
}
