import { allocateMatrix, type Matrix, row } from '../../math/index.js'
import { checkFits, SearchMatrix } from '../../scan/index.js'
import { type ByteReader, type TensorPlace, takeHeader } from '../../tensors/index.js'
import { WordVectors, type WordVectorsParts } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { takeRow } from '../selection/chosen-rows.js'
import { leftOutWarning } from '../selection/left-out.js'
import { isTokenEmbeddings } from '../token-embeddings/embedding-tensors.js'
import { checkFormat } from './file-version.js'
import { picked } from './picked-rows.js'
import { layoutOf, type RowLayout } from './row-layout.js'
import { StoredVocabulary } from './stored-vocabulary.js'

// What few files need is loaded when one does, so that a page with a bundler loads less.
const wantedRows = () => import('./wanted-rows.js')
const smallerRows = () => import('./smaller-rows.js')
const storedSubwords = () => import('./stored-subwords.js')

/** All that our own file keeps, or the vectors of tokens in a file of others. */
export async function takeSafetensors(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const { tensors, metadata } = await takeHeader(reader)
  if (isTokenEmbeddings(tensors)) {
    const { readTokenEmbeddings } = await import('../token-embeddings/token-embeddings.js')
    return readTokenEmbeddings(reader, tensors, options)
  }
  checkFormat(reader, metadata.format)
  const layout = layoutOf(reader, tensors)
  const { rows: words } = layout
  const { format: _, ...facts } = metadata
  const parts = options.words
    ? await (await wantedRows()).takeWanted(reader, tensors, layout, { ...options, words: options.words })
    : await takeFirst(reader, tensors, Math.min(words, options.limit ?? words), layout, options)
  const isPart = options.words !== undefined || (options.limit ?? words) < words
  if (!isPart && (await reader.fill(1)))
    throw reader.error({
      place: { byte: reader.offset },
      found: 'more bytes follow after the last tensor',
      cure: 'fetch the file or make it again',
    })
  return new WordVectors({ ...withoutOthersRows(parts, words, facts), metadata: facts })
}

/** Output rows that are not those of words, as `outputRows` says, mean nothing beside a part of the words. */
function withoutOthersRows(
  { outputVectors, ...parts }: WordVectorsParts,
  words: number,
  { outputRows }: Readonly<Record<string, string>>,
): WordVectorsParts {
  const isPart = parts.vocabulary.size < words
  return { ...parts, ...(outputVectors && !(isPart && outputRows !== undefined) && { outputVectors }) }
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
  const hasSubwords = tensors.some(({ name }) => name.startsWith('subwords.'))
  const subwords = hasSubwords
    ? new (await storedSubwords()).StoredSubwords(reader, tensors, dimensions)
    : undefined
  const smaller = layout.precision === 'float32' ? undefined : new (await smallerRows()).SmallerRows(layout)
  let outputVectors: Matrix | undefined
  for (const tensor of tensors) {
    const { name } = tensor
    const isLast = tensor === tensors.at(-1)
    if (await smaller?.take(reader, tensor, kept, isLast)) continue
    if (name === 'vectors') await takeRows(reader, tensor, search.matrix, isLast, leftOut)
    else if (name === 'output_vectors') {
      outputVectors = allocateMatrix(kept, dimensions)
      await takeRows(reader, tensor, outputVectors, isLast, leftOut)
    } else if (!(await vocabulary.take(reader, tensor)) && !(await subwords?.take(reader, tensor)))
      await reader.skip(tensor.end - tensor.start, name)
  }
  const encoded = smaller?.finishInto(search.matrix, reader)
  const parts = {
    vocabulary: vocabulary.finish(reader),
    matrix: search,
    ...(encoded && { encoded }),
    subwords: subwords?.finish(reader, dimensions),
    ...(outputVectors && { outputVectors }),
  }
  return leftOut?.size ? without(leftOut, reader, vocabulary, parts) : parts
}

/** The other rows; throws `bad-data` if there are none. */
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
