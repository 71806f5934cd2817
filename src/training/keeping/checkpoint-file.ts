import { WordloomError } from '../../errors.js'
import { type ByteRanges, sha256 } from '../../files/index.js'
import type { Matrix } from '../../math/index.js'
import { ByteReader, encodeHeader, type TensorPlace, takeHeader } from '../../tensors/index.js'
import type { Vocabulary } from '../../text/index.js'
import { rowsFrom } from '../memory/row-order.js'
import { type Parts, rowOf, undivided } from '../plan/parts.js'
import type { Checkpoint, CheckpointFacts } from './checkpoint.js'

/** The last tensor: the SHA-256 of the header and of each tensor before, in hexadecimal. */
const DIGESTS = 'checkpoint.digests'
const DIGEST_BYTES = 64
const LONGEST_HEADER = 100_000_000
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

type SectionPlan = [name: string, dtype: string, shape: number[], pieces: () => Iterable<Uint8Array>]

/** All that is written, with the places of the rows. */
export interface CheckpointContent extends Checkpoint {
  readonly vocabulary: Vocabulary
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
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

/** A stretch of the file with a digest of its own: the header, or a tensor. */
export interface Section {
  readonly name: string
  readonly bytes: number
  readonly pieces: Iterable<Uint8Array>
}

/**
 * A checkpoint as a safetensors file of word vectors (docs/formats.md), section by section, without the digests at
 * its end. Throws NotFinite.
 */
export function sectionsOf(content: CheckpointContent): Section[] {
  const { vocabulary, counted, inputVectors, outputVectors, parts } = content
  const { bytes, offsets } = vocabulary.arena
  const shape = [vocabulary.size, inputVectors.columns]
  const length = offsets[vocabulary.size]!
  const words = new Uint8Array(Math.ceil(length / 4) * 4) // what follows is aligned to 4 bytes
  words.set(bytes.subarray(0, length))
  const rows = (matrix: Matrix) => () => rowPieces(matrix, parts)
  const further = inputVectors.rows - vocabulary.size
  const furtherRows = () => rowPieces(rowsFrom(inputVectors, vocabulary.size, further), undivided(further))
  const sections: SectionPlan[] = [
    ['vocabulary.counts', 'F64', [vocabulary.size], () => [bytesOf(vocabulary.counts)]],
    [
      'vocabulary.offsets',
      'U64',
      [vocabulary.size + 1],
      () => [bytesOf(BigUint64Array.from(offsets.subarray(0, vocabulary.size + 1), BigInt))],
    ],
    ['checkpoint.epochs', 'F64', [counted.epochs.length / 3, 3], () => [bytesOf(counted.epochs)]],
    ['checkpoint.slots', 'F64', [counted.slots.length / 3, 3], () => [bytesOf(counted.slots)]],
    ['checkpoint.held_out', 'F64', [counted.heldOut.length / 2, 2], () => [bytesOf(counted.heldOut)]],
    ['vocabulary.bytes', 'U8', [words.length], () => [words]],
    ['vectors', 'F32', shape, rows(rowsFrom(inputVectors, 0, vocabulary.size))],
    ['output_vectors', 'F32', shape, rows(outputVectors)],
    ...(further > 0 ? [[FURTHER_ROWS, 'F32', [further, shape[1]!], furtherRows] as SectionPlan] : []),
  ]
  const tensors = placed([...sections, [DIGESTS, 'U8', [sections.length + 1, DIGEST_BYTES]]])
  const own = { format: 'wordloom/1', checkpoint: JSON.stringify(content.facts) }
  const metadata = { ...own, ...content.metadata, ...own } // own ones first: a checkpoint is known by its beginning
  const header = encodeHeader({ tensors, metadata })
  return [
    { name: 'the header', bytes: header.length, pieces: [header] },
    ...sections.map(([name, , , pieces], i) => ({
      name,
      bytes: tensors[i]!.end - tensors[i]!.start,
      pieces: { [Symbol.iterator]: () => pieces()[Symbol.iterator]() },
    })),
  ]
}

const itemBytes: Record<string, number> = { F64: 8, U64: 8, F32: 4, U8: 1 }

function placed(tensors: readonly (readonly [string, string, number[], unknown?])[]): TensorPlace[] {
  let end = 0
  return tensors.map(([name, dtype, shape]) => {
    const start = end
    end += shape.reduce((product, n) => product * n, itemBytes[dtype]!)
    return { name, dtype, shape, start, end }
  })
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

/** Compares bits, which is fast: an exponent of ones is not a number. */
function firstNotFinite(numbers: Float32Array): number {
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & 0x7f800000) === 0x7f800000) return i
  return -1
}

/** Goes on with a checksum, a word of 4 bytes at a time; as quick as copying, unlike SHA-256. */
export function fold(sum: number, bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 31) + words[i]!) | 0
  return sum
}

/** The digest of a stretch of a file, and its checksum by `fold`. */
export async function readBack(file: ByteRanges, start: number, bytes: number) {
  const hash = sha256()
  let sum = 0
  for (let at = start; at < start + bytes; at += PIECE) {
    const piece = await file.read(at, Math.min(at + PIECE, start + bytes))
    hash.update(piece)
    sum = fold(sum, piece)
  }
  return { digest: hash.finish(), sum }
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
  close(): Promise<void>
}

/** Throws `bad-data` if a bit is not as it was written, or the file is not a checkpoint. */
export async function openCheckpoint(file: ByteRanges): Promise<OpenCheckpoint> {
  const start = await headerEnd(file)
  const head = new ByteReader({ name: file.name, size: file.size, chunks: [await file.read(0, start)] })
  const { tensors, metadata } = await takeHeader(head)
  await checkDigests(file, start, tensors)
  const { checkpoint, format: _, ...others } = metadata
  const place = (name: string) => placeOf(file, tensors, start, name)
  const numbers = async (name: string) => new Float64Array((await file.read(...place(name))).buffer)
  return {
    facts: JSON.parse(checkpoint!) as CheckpointFacts,
    metadata: others,
    counted: {
      epochs: await numbers('checkpoint.epochs'),
      slots: await numbers('checkpoint.slots'),
      heldOut: await numbers('checkpoint.held_out'),
    },
    async readRows(inputVectors, outputVectors, parts) {
      const words = outputVectors.rows
      const further = inputVectors.rows - words
      await readMatrix(file, place('vectors'), rowsFrom(inputVectors, 0, words), parts)
      if (further > 0)
        await readMatrix(
          file,
          place(FURTHER_ROWS),
          rowsFrom(inputVectors, words, further),
          undivided(further),
        )
      await readMatrix(file, place('output_vectors'), outputVectors, parts)
    },
    close: () => file.close(),
  }
}

async function headerEnd(file: ByteRanges): Promise<number> {
  if (file.size < 8) throw damaged(file, 'it has no header')
  const length = new DataView((await file.read(0, 8)).buffer).getBigUint64(0, true)
  if (length > LONGEST_HEADER || length > file.size - 8)
    throw damaged(file, 'its header is longer than it is')
  return 8 + Number(length)
}

/** The end of the file tells the digests of the header and of every tensor before it. */
async function checkDigests(file: ByteRanges, start: number, tensors: readonly TensorPlace[]): Promise<void> {
  const last = tensors.at(-1)
  if (last?.name !== DIGESTS) throw notWhole(file, 'this is not a checkpoint')
  const text = new TextDecoder().decode(await file.read(start + last.start, start + last.end))
  const sections = [{ name: 'its header', start: -start, end: 0 }, ...tensors.slice(0, -1)]
  if (text.length !== sections.length * DIGEST_BYTES) throw damaged(file, 'digests are missing')
  for (const [i, { name, start: from, end }] of sections.entries()) {
    const { digest } = await readBack(file, start + from, end - from)
    if (digest !== text.slice(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES))
      throw damaged(file, `${name} is not as it was written`)
  }
}

function damaged(file: ByteRanges, what: string): WordloomError {
  return notWhole(file, `this checkpoint is damaged or cut off (${what})`)
}

function notWhole(file: ByteRanges, found: string): WordloomError {
  return new WordloomError('bad-data', { place: { file: file.name }, found })
}

function placeOf(
  file: ByteRanges,
  tensors: readonly TensorPlace[],
  start: number,
  name: string,
): [start: number, end: number] {
  const tensor = tensors.find(tensor => tensor.name === name)
  if (!tensor) throw damaged(file, `there is no ${name}`)
  return [start + tensor.start, start + tensor.end]
}

async function readMatrix(
  file: ByteRanges,
  [start]: readonly [number, number],
  matrix: Matrix,
  parts: Parts,
): Promise<void> {
  const { rows, columns, stride, data } = matrix
  const rowBytes = columns * 4
  const atOnce = Math.max(1, Math.floor(PIECE / rowBytes))
  for (let first = 0; first < rows; first += atOnce) {
    const count = Math.min(atOnce, rows - first)
    const piece = await file.read(start + first * rowBytes, start + (first + count) * rowBytes)
    const numbers = new Float32Array(piece.buffer)
    for (let i = 0; i < count; i++)
      data.set(numbers.subarray(i * columns, (i + 1) * columns), rowOf(parts, first + i) * stride)
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
