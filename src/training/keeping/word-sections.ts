import { option, say, WordloomError } from '../../errors.js'
import type { Matrix } from '../../math/index.js'
import { readRows, rowSection } from '../../runs/index.js'
import { bytesOf, type Section, type TensorFile } from '../../tensors/index.js'
import type { Vocabulary } from '../../text/index.js'
import { rowsFrom } from '../memory/row-order.js'
import { type Parts, rowOf } from '../plan/parts.js'

/** Input rows that are not of words, such as those of documents. They lie behind the others, if there is one part. */
const FURTHER_ROWS = 'checkpoint.further_rows'

/** Names of the tensors with the rows of both matrices. */
interface RowNames {
  readonly input: string
  readonly further: string
  readonly output: string
}

const ROWS_NOW: RowNames = { input: 'vectors', further: FURTHER_ROWS, output: 'output_vectors' }
/** As they were after the best epoch. */
const BEST_ROWS: RowNames = {
  input: 'checkpoint.best_vectors',
  further: 'checkpoint.best_further_rows',
  output: 'checkpoint.best_output_vectors',
}

/** Words, and the places of their rows. */
export interface WordContent {
  readonly vocabulary: Vocabulary
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  /** Both as they were after the best epoch, if patience chooses one and an epoch is done. */
  readonly best?: { readonly input: Matrix; readonly output: Matrix } | undefined
  readonly parts: Parts
}

/** What a checkpoint of word training holds, a file of word vectors (docs/formats.md), in the order of the vocabulary. */
export function wordSections(sums: readonly Section[], content: WordContent): Section[] {
  const { vocabulary, inputVectors, outputVectors, best, parts } = content
  const { size } = vocabulary
  const { bytes, offsets } = vocabulary.arena
  const ends = BigUint64Array.from(offsets.subarray(0, size + 1), BigInt)
  const words = new Uint8Array(Math.ceil(offsets[size]! / 4) * 4) // what follows is aligned to 4 bytes
  words.set(bytes.subarray(0, offsets[size]))
  return [
    numberSection('vocabulary.counts', 'F64', size, vocabulary.counts),
    numberSection('vocabulary.offsets', 'U64', size + 1, ends),
    ...sums,
    numberSection('vocabulary.bytes', 'U8', words.length, words),
    ...rowSections(ROWS_NOW, inputVectors, outputVectors, parts),
    ...(best ? rowSections(BEST_ROWS, best.input, best.output, parts) : []),
  ]
}

/** Reads both matrices into rows that lie part by part. */
export function readWordRows(file: TensorFile, input: Matrix, output: Matrix, parts: Parts): Promise<void> {
  return readBoth(file, ROWS_NOW, input, output, parts)
}

/** The same as they were after the best epoch. Throws `bad-data` if they are not there. */
export async function readBest(file: TensorFile, input: Matrix, output: Matrix, parts: Parts): Promise<void> {
  if (!file.places.has(BEST_ROWS.input)) throw withoutBest(file)
  await readBoth(file, BEST_ROWS, input, output, parts)
}

function numberSection(name: string, dtype: string, numbers: number, bytes: ArrayBufferView): Section {
  return { name, dtype, shape: [numbers], chunks: [bytesOf(bytes)] }
}

function rowSections(names: RowNames, input: Matrix, output: Matrix, parts: Parts): Section[] {
  const words = output.rows
  const further = input.rows - words
  const place = (id: number) => rowOf(parts, id)
  return [
    rowSection(names.input, rowsFrom(input, 0, words), place),
    rowSection(names.output, output, place),
    ...(further > 0 ? [rowSection(names.further, rowsFrom(input, words, further))] : []),
  ]
}

async function readBoth(
  file: TensorFile,
  names: RowNames,
  input: Matrix,
  output: Matrix,
  parts: Parts,
): Promise<void> {
  const words = output.rows
  const further = input.rows - words
  const place = (id: number) => rowOf(parts, id)
  await readRows(file, names.input, rowsFrom(input, 0, words), place)
  if (further > 0) await readRows(file, names.further, rowsFrom(input, words, further))
  await readRows(file, names.output, output, place)
}

function withoutBest({ ranges: { name } }: TensorFile): WordloomError {
  return new WordloomError('bad-data', {
    action: `go on from ${name}`,
    found: 'it does not hold the vectors of the best epoch, which an older version did not keep',
    cure: say`begin anew with ${option('restart', true)}`,
  })
}
