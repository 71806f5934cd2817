import { WordloomError } from '../errors.js'
import { allocateMatrix, type Matrix, row } from '../math/matrix.js'
import type { WordVectorsParts } from '../vectors/word-vectors.js'
import type { ByteReader } from './byte-reader.js'
import { leftOutWarning } from './collected-vectors.js'
import { firstNotFinite } from './finite.js'
import type { ReadOptions } from './format.js'
import type { TensorPlace } from './safetensors-header.js'
import { StoredVocabulary } from './stored-vocabulary.js'
import { WantedWords } from './wanted-words.js'

/**
 * The wanted words of our own file and their rows. Where the words stand before the rows only wanted rows are
 * kept; in files of older versions they stand behind, and all rows are kept until then.
 */
export async function takeWanted(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  words: number,
  options: ReadOptions & { words: Iterable<string | Uint8Array> },
): Promise<WordVectorsParts> {
  const wanted = new WantedWords(options.words)
  const vocabulary = new StoredVocabulary(words)
  const taken = new Map<string, Matrix>()
  const leftOut = options.allowNonfinite ? new Set<number>() : undefined
  const all = () => Array.from({ length: words }, (_, id) => id)
  const chosen = () => vocabulary.choose(reader, wanted, options.limit)
  for (const tensor of tensors)
    if (tensor.name === 'vectors' || tensor.name === 'output_vectors')
      taken.set(
        tensor.name,
        await takeRowsOf(
          reader,
          tensor,
          vocabulary.isWhole ? chosen() : all(),
          tensor === tensors.at(-1),
          leftOut,
        ),
      )
    else if (!(await vocabulary.take(reader, tensor)))
      await reader.skip(tensor.end - tensor.start, tensor.name)
  const found = chosen()
  const kept = Array.from(found.keys()).filter(i => !leftOut?.has(found[i]!)) // places in `found`
  const ids = kept.map(i => found[i]!)
  if (ids.length === 0)
    throw new WordloomError(
      'bad-data',
      `${reader.name}: none of the words asked for is in it; check their spelling`,
    )
  const outputVectors = taken.get('output_vectors')
  const rowsOf = (matrix: Matrix) => picked(matrix, matrix.rows === found.length ? kept : ids)
  const missing = wanted.warnings(reader.name, found.length, options.limit)
  const dropped = found.length - ids.length
  return {
    vocabulary: vocabulary.subset(reader, ids),
    matrix: rowsOf(taken.get('vectors')!),
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
  const rowBytes = matrix.columns * 4
  let next = 0
  for (const [i, id] of ids.entries()) {
    await reader.skip((id - next) * rowBytes, tensor.name)
    const numbers = row(matrix, i)
    await reader.readInto(new Uint8Array(numbers.buffer, numbers.byteOffset, rowBytes), `row ${id}`)
    const isSound = firstNotFinite(numbers) < 0
    if (!isSound && leftOut) leftOut.add(id)
    else if (!isSound) throw reader.error(`row ${id} of "${tensor.name}" has numbers that are not finite`)
    next = id + 1
  }
  if (!isLast) await reader.skip(tensor.end - tensor.start - next * rowBytes, tensor.name)
  return matrix
}

/** These rows of a matrix, which is given back as it is where they are all of them. */
export function picked(matrix: Matrix, ids: readonly number[]): Matrix {
  if (matrix.rows === ids.length) return matrix
  const rows = allocateMatrix(ids.length, matrix.columns)
  for (const [i, id] of ids.entries()) row(rows, i).set(row(matrix, id))
  return rows
}
