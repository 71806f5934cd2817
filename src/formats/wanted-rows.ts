import { WordloomError } from '../errors.js'
import type { EncodedRows } from '../math/encoded-rows.js'
import { allocateMatrix, type Matrix, row } from '../math/matrix.js'
import type { WordVectorsParts } from '../vectors/word-vectors.js'
import type { ByteReader } from './byte-reader.js'
import { firstNotFinite } from './finite.js'
import type { ReadOptions } from './format.js'
import type { RowLayout } from './row-layout.js'
import type { TensorPlace } from './safetensors-header.js'
import { decodeInto, SmallerRows } from './smaller-rows.js'
import { StoredVocabulary } from './stored-vocabulary.js'
import { WantedWords } from './wanted-words.js'

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
  const smaller = layout.precision === 'float32' ? undefined : new SmallerRows(layout)
  const taken = new Map<string, Matrix>()
  const all = () => Array.from({ length: words }, (_, id) => id)
  const chosen = () => vocabulary.choose(reader, wanted, options.limit)
  for (const tensor of tensors) {
    const isLast = tensor === tensors.at(-1)
    const rows = () => (vocabulary.isWhole ? chosen() : all())
    if (await smaller?.take(reader, tensor, rows, isLast)) continue
    if (tensor.name === 'vectors' || tensor.name === 'output_vectors')
      taken.set(tensor.name, await takeRowsOf(reader, tensor, rows(), isLast))
    else if (!(await vocabulary.take(reader, tensor)))
      await reader.skip(tensor.end - tensor.start, tensor.name)
  }
  const ids = chosen()
  if (ids.length === 0)
    throw new WordloomError(
      'bad-data',
      `${reader.name}: none of the words asked for is in it; check their spelling`,
    )
  const outputVectors = taken.get('output_vectors')
  const encoded = smaller?.finish(reader, ids)
  return {
    vocabulary: vocabulary.subset(reader, ids),
    matrix: encoded
      ? decoded(reader, encoded, ids.length, layout.dimensions)
      : picked(taken.get('vectors')!, ids),
    ...(encoded && { encoded }),
    ...(outputVectors && { outputVectors: picked(outputVectors, ids) }),
    warnings: wanted.warnings(reader.name, ids.length, options.limit),
  }
}

/** The rows of these ids, which rise. */
async function takeRowsOf(
  reader: ByteReader,
  tensor: TensorPlace,
  ids: readonly number[],
  isLast: boolean,
): Promise<Matrix> {
  const matrix = allocateMatrix(ids.length, tensor.shape[1]!)
  const rowBytes = matrix.columns * 4
  let next = 0
  for (const [i, id] of ids.entries()) {
    await reader.skip((id - next) * rowBytes, tensor.name)
    const numbers = row(matrix, i)
    await reader.readInto(new Uint8Array(numbers.buffer, numbers.byteOffset, rowBytes), `row ${id}`)
    if (firstNotFinite(numbers) >= 0)
      throw reader.error(`row ${id} of "${tensor.name}" has numbers that are not finite`)
    next = id + 1
  }
  if (!isLast) await reader.skip(tensor.end - tensor.start - next * rowBytes, tensor.name)
  return matrix
}

function decoded(reader: ByteReader, encoded: EncodedRows, rows: number, columns: number): Matrix {
  const matrix = allocateMatrix(rows, columns)
  decodeInto(reader, encoded, matrix)
  return matrix
}

/** Matrices of wanted rows as they are, of others the wanted rows. */
function picked(matrix: Matrix, ids: readonly number[]): Matrix {
  if (matrix.rows === ids.length) return matrix
  const rows = allocateMatrix(ids.length, matrix.columns)
  for (const [i, id] of ids.entries()) row(rows, i).set(row(matrix, id))
  return rows
}
