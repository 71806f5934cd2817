import { allocateMatrix, type EncodedRows, type Matrix } from '../../math/index.js'
import type { ByteReader, TensorPlace } from '../../tensors/index.js'
import type { WordVectorsParts } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { NONE_WANTED } from '../refusals.js'
import { takeChosenRows } from '../selection/chosen-rows.js'
import { leftOutWarning } from '../selection/left-out.js'
import { WantedWords } from '../selection/wanted-words.js'
import { picked } from './picked-rows.js'
import type { RowLayout } from './row-layout.js'
import { decodeInto, SmallerRows } from './smaller-rows.js'
import { StoredSubwords } from './stored-subwords.js'
import { StoredVocabulary } from './stored-vocabulary.js'

/**
 * The wanted words of our own file and their rows. Where the words stand before the rows only wanted rows are
 * kept; in files of older versions they stand behind, and all rows are kept until then.
 */
export async function takeWanted(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  layout: RowLayout,
  options: ReadOptions & { words: Iterable<string | Uint8Array> },
): Promise<WordVectorsParts> {
  const wanted = new WantedWords(options.words)
  const choose = (vocabulary: StoredVocabulary) => vocabulary.choose(reader, wanted, options.limit)
  const taken = await takeTensors(reader, tensors, layout, choose, options.allowNonfinite)
  const found = choose(taken.vocabulary)
  const kept = Array.from(found.keys()).filter(i => !taken.leftOut?.has(found[i]!)) // places in `found`
  if (kept.length === 0) throw reader.error(NONE_WANTED)
  const missing = wanted.warnings(reader.name, found.length, options.limit)
  const dropped = found.length - kept.length
  return {
    ...partsOf(reader, layout, taken, found, kept),
    warnings: dropped > 0 ? [leftOutWarning(reader.name, dropped), ...missing] : missing,
  }
}

/** What was read: all rows, or those that are wanted. */
interface Taken {
  readonly vocabulary: StoredVocabulary
  readonly subwords: StoredSubwords
  readonly smaller: SmallerRows | undefined
  /** Rows of float32, by tensor. */
  readonly matrices: ReadonlyMap<string, Matrix>
  /** Ids of rows that are not finite, if those are left out. */
  readonly leftOut: ReadonlySet<number> | undefined
}

async function takeTensors(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  layout: RowLayout,
  choose: (vocabulary: StoredVocabulary) => readonly number[],
  leavesOut = false,
): Promise<Taken> {
  const { rows: words, dimensions } = layout
  const vocabulary = new StoredVocabulary(words)
  const subwords = new StoredSubwords(reader, tensors, dimensions)
  const smaller = layout.precision === 'float32' ? undefined : new SmallerRows(layout)
  const matrices = new Map<string, Matrix>()
  const leftOut = leavesOut ? new Set<number>() : undefined
  const all = () => Array.from({ length: words }, (_, id) => id)
  const rows = () => (vocabulary.isWhole ? choose(vocabulary) : all())
  for (const tensor of tensors) {
    const isLast = tensor === tensors.at(-1)
    if (await smaller?.take(reader, tensor, rows, isLast)) continue
    if (tensor.name === 'vectors' || tensor.name === 'output_vectors')
      matrices.set(tensor.name, await takeRowsOf(reader, tensor, rows(), isLast, leftOut))
    else if (!(await vocabulary.take(reader, tensor)) && !(await subwords.take(reader, tensor)))
      await reader.skip(tensor.end - tensor.start, tensor.name)
  }
  return { vocabulary, subwords, smaller, matrices, leftOut }
}

/** Those of the words `found` that are `kept`, with all that belongs to them. */
function partsOf(
  reader: ByteReader,
  { dimensions }: RowLayout,
  { vocabulary, subwords, smaller, matrices }: Taken,
  found: readonly number[],
  kept: readonly number[],
): WordVectorsParts {
  const ids = kept.map(i => found[i]!)
  const rowsOf = (matrix: Matrix) => picked(matrix, matrix.rows === found.length ? kept : ids)
  const outputVectors = matrices.get('output_vectors')
  const encoded = smaller?.finish(reader, ids)
  const matrix = encoded ? decoded(reader, encoded, ids.length, dimensions) : rowsOf(matrices.get('vectors')!)
  return {
    vocabulary: vocabulary.subset(reader, ids),
    matrix,
    ...(encoded && { encoded }),
    subwords: subwords.finish(reader, matrix.columns),
    ...(outputVectors && { outputVectors: rowsOf(outputVectors) }),
  }
}

/** The rows of these ids, which rise. */
async function takeRowsOf(
  reader: ByteReader,
  tensor: TensorPlace,
  ids: readonly number[],
  isLast: boolean,
  leftOut: Set<number> | undefined,
): Promise<Matrix> {
  const matrix = allocateMatrix(ids.length, tensor.shape[1]!)
  await takeChosenRows(reader, { name: tensor.name, rows: tensor.shape[0]! }, ids, matrix, isLast, leftOut)
  return matrix
}

function decoded(reader: ByteReader, encoded: EncodedRows, rows: number, columns: number): Matrix {
  const matrix = allocateMatrix(rows, columns)
  decodeInto(reader, encoded, matrix)
  return matrix
}
