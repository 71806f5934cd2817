import { allocateMatrix, type EncodedRows, type Matrix, row } from '../../math/index.js'
import type { ByteReader, TensorPlace } from '../../tensors/index.js'
import type { WordVectorsParts } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { NONE_WANTED } from '../refusals.js'
import { takeChosenRows } from '../selection/chosen-rows.js'
import { leftOutWarning } from '../selection/collected-vectors.js'
import { WantedWords } from '../selection/wanted-words.js'
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
  const { words } = layout
  const vocabulary = new StoredVocabulary(words)
  const subwords = new StoredSubwords()
  const smaller = layout.precision === 'float32' ? undefined : new SmallerRows(layout)
  const taken = new Map<string, Matrix>()
  const leftOut = options.allowNonfinite ? new Set<number>() : undefined
  const all = () => Array.from({ length: words }, (_, id) => id)
  const chosen = () => vocabulary.choose(reader, wanted, options.limit)
  for (const tensor of tensors) {
    const isLast = tensor === tensors.at(-1)
    const rows = () => (vocabulary.isWhole ? chosen() : all())
    if (await smaller?.take(reader, tensor, rows, isLast)) continue
    if (tensor.name === 'vectors' || tensor.name === 'output_vectors')
      taken.set(tensor.name, await takeRowsOf(reader, tensor, rows(), isLast, leftOut))
    else if (!(await vocabulary.take(reader, tensor)) && !(await subwords.take(reader, tensor)))
      await reader.skip(tensor.end - tensor.start, tensor.name)
  }
  const found = chosen()
  const kept = Array.from(found.keys()).filter(i => !leftOut?.has(found[i]!)) // places in `found`
  const ids = kept.map(i => found[i]!)
  if (ids.length === 0) throw reader.error(NONE_WANTED)
  const outputVectors = taken.get('output_vectors')
  const rowsOf = (matrix: Matrix) => picked(matrix, matrix.rows === found.length ? kept : ids)
  const missing = wanted.warnings(reader.name, found.length, options.limit)
  const dropped = found.length - ids.length
  const encoded = smaller?.finish(reader, ids)
  const matrix = encoded
    ? decoded(reader, encoded, ids.length, layout.dimensions)
    : rowsOf(taken.get('vectors')!)
  return {
    vocabulary: vocabulary.subset(reader, ids),
    matrix,
    ...(encoded && { encoded }),
    subwords: subwords.finish(reader, matrix.columns),
    ...(outputVectors && { outputVectors: rowsOf(outputVectors) }),
    warnings: dropped > 0 ? [leftOutWarning(reader.name, dropped), ...missing] : missing,
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

/** These rows of a matrix, which is given back as it is where they are all of them. */
export function picked(matrix: Matrix, ids: readonly number[]): Matrix {
  if (matrix.rows === ids.length) return matrix
  const rows = allocateMatrix(ids.length, matrix.columns)
  for (const [i, id] of ids.entries()) row(rows, i).set(row(matrix, id))
  return rows
}
