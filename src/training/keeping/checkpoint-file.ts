import { option, say, WordloomError, type Words } from '../../errors.js'
import type { ByteRanges } from '../../files/index.js'
import { firstNotFinite, type Matrix } from '../../math/index.js'
import {
  bytesOf,
  damageIn,
  digestSection,
  type Section,
  type Stretch,
  stretchesOf,
  TensorFile,
} from '../../tensors/index.js'
import type { Vocabulary } from '../../text/index.js'
import { rowsFrom } from '../memory/row-order.js'
import { type Parts, rowOf, undivided } from '../plan/parts.js'
import type { Checkpoint, CheckpointFacts } from './checkpoint.js'

/** The last tensor: the SHA-256 of the header and of each tensor before, in hexadecimal. */
const DIGESTS = 'checkpoint.digests'
/** Bytes written or read at a time. */
const PIECE = 1 << 22
/** The bytes that follow the length of the header. */
const BEGINNING = '{"__metadata__":{"format":"wordloom/1","checkpoint":"'
/** Bytes of a file that are read to tell whether it is a checkpoint. */
const HEAD_BYTES = 1 << 16
/** Wrong bytes in the beginning of a damaged checkpoint; with more it is another file. */
const MOST_WRONG_BYTES = 2

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

/** All that is written, with the places of the rows. */
export interface CheckpointContent extends Checkpoint {
  readonly vocabulary: Vocabulary
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  /** Both as they were after the best epoch, if patience chooses one and an epoch is done. */
  readonly best?: { readonly input: Matrix; readonly output: Matrix } | undefined
  readonly parts: Parts
}

/** A word whose row is no longer made of numbers: there is nothing to keep. */
export class NotFinite extends Error {
  readonly word: number

  constructor(word: number) {
    super(`the row of word ${word} has a number that is not finite`)
    this.word = word
  }
}

/**
 * A checkpoint as a safetensors file of word vectors (docs/formats.md), stretch by stretch, without the digests at
 * its end. Reading them throws NotFinite.
 */
export function checkpointStretches(content: CheckpointContent): Stretch[] {
  const sections = sectionsOf(content)
  const own = { format: 'wordloom/1', checkpoint: JSON.stringify(content.facts) }
  const metadata = { ...own, ...content.metadata, ...own } // own ones first: a checkpoint is known by its beginning
  return stretchesOf(sections, metadata, [digestSection(DIGESTS, sections.length)])
}

function sectionsOf({
  vocabulary,
  counted,
  inputVectors,
  outputVectors,
  best,
  parts,
}: CheckpointContent): Section[] {
  const { size } = vocabulary
  const { bytes, offsets } = vocabulary.arena
  const ends = BigUint64Array.from(offsets.subarray(0, size + 1), BigInt)
  const words = new Uint8Array(Math.ceil(offsets[size]! / 4) * 4) // what follows is aligned to 4 bytes
  words.set(bytes.subarray(0, offsets[size]))
  return [
    numberSection('vocabulary.counts', 'F64', [size], vocabulary.counts),
    numberSection('vocabulary.offsets', 'U64', [size + 1], ends),
    numberSection('checkpoint.epochs', 'F64', [counted.epochs.length / 3, 3], counted.epochs),
    numberSection('checkpoint.slots', 'F64', [counted.slots.length / 3, 3], counted.slots),
    numberSection('checkpoint.held_out', 'F64', [counted.heldOut.length / 2, 2], counted.heldOut),
    numberSection('vocabulary.bytes', 'U8', [words.length], words),
    ...rowSections(ROWS_NOW, inputVectors, outputVectors, parts),
    ...(best ? rowSections(BEST_ROWS, best.input, best.output, parts) : []),
  ]
}

function rowSections(names: RowNames, input: Matrix, output: Matrix, parts: Parts): Section[] {
  const words = output.rows
  const further = input.rows - words
  return [
    rowSection(names.input, rowsFrom(input, 0, words), parts),
    rowSection(names.output, output, parts),
    ...(further > 0 ? [rowSection(names.further, rowsFrom(input, words, further), undivided(further))] : []),
  ]
}

function numberSection(name: string, dtype: string, shape: number[], numbers: ArrayBufferView): Section {
  return { name, dtype, shape, chunks: [bytesOf(numbers)] }
}

function rowSection(name: string, matrix: Matrix, parts: Parts): Section {
  return { name, dtype: 'F32', shape: [matrix.rows, matrix.columns], chunks: rowPieces(matrix, parts) }
}

/** Rows in the order of the vocabulary, a piece at a time, without their padding; in one buffer again and again. */
function* rowPieces(matrix: Matrix, parts: Parts): Generator<Uint8Array> {
  const { rows, columns, stride, data } = matrix
  const atOnce = Math.max(1, Math.floor(PIECE / (columns * 4)))
  const piece = new Float32Array(Math.min(rows, atOnce) * columns)
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    for (let i = 0; i < count; i++) {
      const at = rowOf(parts, first + i) * stride
      piece.set(data.subarray(at, at + columns), i * columns)
    }
    const numbers = piece.subarray(0, count * columns)
    const wrong = firstNotFinite(numbers)
    if (wrong >= 0) throw new NotFinite(first + Math.floor(wrong / columns))
    yield bytesOf(numbers)
  }
}

/**
 * Whether a file is a checkpoint of ours, even if damaged or cut off: no other file may be removed or overwritten. An
 * empty file has nothing to lose.
 */
export async function isCheckpoint(file: ByteRanges): Promise<boolean> {
  const head = await file.read(0, Math.min(file.size, HEAD_BYTES))
  const text = String.fromCharCode(...head.subarray(8, 8 + BEGINNING.length))
  if (text.length === BEGINNING.length) return differences(text) <= MOST_WRONG_BYTES || hasDigests(head)
  const isShort = head.subarray(4, 8).every(byte => byte === 0) // a header is shorter than 4 GiB
  return head.length === 0 || (head.length > 4 && isShort && differences(text) === 0)
}

function differences(text: string): number {
  return [...text].filter((character, i) => character !== BEGINNING[i]).length
}

function hasDigests(head: Uint8Array): boolean {
  return new TextDecoder().decode(head).includes(`"${DIGESTS}"`)
}

/** A checkpoint in a file, every section of which has the digest that it should have. */
export interface OpenCheckpoint extends Checkpoint {
  /** Reads both matrices into rows that lie part by part. */
  readRows(inputVectors: Matrix, outputVectors: Matrix, parts: Parts): Promise<void>
  /** The same as they were after the best epoch. Throws `bad-data` if it does not hold them. */
  readBest(inputVectors: Matrix, outputVectors: Matrix, parts: Parts): Promise<void>
  close(): Promise<void>
}

/** Throws `bad-data` if a bit is not as it was written, or the file is not a checkpoint. */
export async function openCheckpoint(ranges: ByteRanges): Promise<OpenCheckpoint> {
  const file = await wholeFile(ranges)
  const { checkpoint, format: _, ...metadata } = file.metadata
  const numbers = async (name: string) => new Float64Array((await file.read(name)).buffer)
  return {
    facts: JSON.parse(checkpoint!) as CheckpointFacts,
    metadata,
    counted: {
      epochs: await numbers('checkpoint.epochs'),
      slots: await numbers('checkpoint.slots'),
      heldOut: await numbers('checkpoint.held_out'),
    },
    readRows: (input, output, parts) => readRows(file, ROWS_NOW, input, output, parts),
    readBest: async (input, output, parts) => {
      if (!file.places.has(BEST_ROWS.input)) throw withoutBest(ranges)
      await readRows(file, BEST_ROWS, input, output, parts)
    },
    close: () => ranges.close(),
  }
}

/** Every bit of which is as it was written. */
async function wholeFile(ranges: ByteRanges): Promise<TensorFile> {
  const file = await TensorFile.open(ranges).catch(error => {
    throw error instanceof WordloomError && error.code === 'bad-data'
      ? damaged(ranges, error.fault.found, error)
      : error
  })
  if (file.tensors.at(-1)?.name !== DIGESTS)
    throw new WordloomError('bad-data', {
      place: { file: ranges.name },
      found: 'this is no checkpoint: it does not end with digests',
    })
  const damage = await damageIn(file)
  if (damage !== undefined) throw damaged(ranges, damage)
  return file
}

function damaged(file: ByteRanges, what: Words, cause?: unknown): WordloomError {
  return new WordloomError(
    'bad-data',
    { place: { file: file.name }, found: say`this checkpoint is damaged or cut off: ${what}` },
    cause === undefined ? {} : { cause },
  )
}

function withoutBest({ name }: ByteRanges): WordloomError {
  return new WordloomError('bad-data', {
    action: `go on from ${name}`,
    found: 'it does not hold the vectors of the best epoch, which an older version did not keep',
    cure: say`begin anew with ${option('restart', true)}`,
  })
}

async function readRows(
  file: TensorFile,
  names: RowNames,
  input: Matrix,
  output: Matrix,
  parts: Parts,
): Promise<void> {
  const words = output.rows
  const further = input.rows - words
  await readMatrix(file, names.input, rowsFrom(input, 0, words), parts)
  if (further > 0) await readMatrix(file, names.further, rowsFrom(input, words, further), undivided(further))
  await readMatrix(file, names.output, output, parts)
}

async function readMatrix(file: TensorFile, name: string, matrix: Matrix, parts: Parts): Promise<void> {
  const { rows, columns, stride, data } = matrix
  const rowBytes = columns * 4
  const atOnce = Math.max(1, Math.floor(PIECE / rowBytes))
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    const piece = await file.read(name, first * rowBytes, (first + count) * rowBytes)
    const numbers = new Float32Array(piece.buffer)
    for (let i = 0; i < count; i++)
      data.set(numbers.subarray(i * columns, (i + 1) * columns), rowOf(parts, first + i) * stride)
  }
}
