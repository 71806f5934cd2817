import { say, WordloomError, type Words } from '../errors.js'
import type { ByteRanges } from '../files/index.js'
import {
  bytesOf,
  damageIn,
  digestSection,
  type Section,
  type Stretch,
  stretchesOf,
  TensorFile,
} from '../tensors/index.js'
import type { Counted } from './control.js'
import type { Fingerprint } from './fingerprint.js'
import type { Place } from './pauses.js'

/** The kinds of files that checkpoints are, by the `format` of their metadata: files of word vectors, or of classifiers. */
const FORMATS = ['wordloom/1', 'wordloom-classifier/1'] as const
export type CheckpointFormat = (typeof FORMATS)[number]

/** The last tensor: the SHA-256 of the header and of each tensor before, in hexadecimal. */
const DIGESTS = 'checkpoint.digests'
/** The bytes that follow the length of the header, in each format. */
const BEGINNINGS = FORMATS.map(format => `{"__metadata__":{"format":"${format}","checkpoint":"`)
/** Bytes of a file that are read to tell whether it is a checkpoint. */
const HEAD_BYTES = 1 << 16
/** Wrong bytes in the beginning of a damaged checkpoint; with more it is another file. */
const MOST_WRONG_BYTES = 2

/** The facts that a checkpoint holds beside its numbers. */
export interface CheckpointFacts {
  /** Rises by one from each checkpoint of a run to the next. */
  readonly sequence: number
  readonly place: Place
  /** Numbers of the text as ids, ends of sentences included. */
  readonly positions: number
  /** Of everything that the run started from. */
  readonly began: Fingerprint
}

/** What a run is that a checkpoint holds. */
export interface Checkpoint {
  readonly facts: CheckpointFacts
  /** As the file has it that the run leaves at its end. */
  readonly metadata: Readonly<Record<string, string>>
}

/** All that is written. */
export interface CheckpointContent extends Checkpoint {
  readonly format: CheckpointFormat
  readonly sections: readonly Section[]
}

/** A checkpoint in a file, every section of which has the digest that it should have. */
export interface OpenCheckpoint extends Checkpoint {
  /** As its metadata has it. */
  readonly format: string | undefined
  readonly counted: Counted
  /** What it holds beside. */
  readonly tensors: TensorFile
  close(): Promise<void>
}

/**
 * A checkpoint as a safetensors file (docs/formats.md), stretch by stretch, without the digests at its end. Reading
 * them throws NotFinite.
 */
export function checkpointStretches({ format, facts, metadata, sections }: CheckpointContent): Stretch[] {
  const own = { format, checkpoint: JSON.stringify(facts) }
  const all = { ...own, ...metadata, ...own } // own ones first: a checkpoint is known by its beginning
  return stretchesOf(sections, all, [digestSection(DIGESTS, sections.length)])
}

/** The sums so far, which every checkpoint holds. */
export function countedSections({ epochs, slots, heldOut }: Counted): Section[] {
  return [
    { name: 'checkpoint.epochs', dtype: 'F64', shape: [epochs.length / 3, 3], chunks: [bytesOf(epochs)] },
    { name: 'checkpoint.slots', dtype: 'F64', shape: [slots.length / 3, 3], chunks: [bytesOf(slots)] },
    { name: 'checkpoint.held_out', dtype: 'F64', shape: [heldOut.length / 2, 2], chunks: [bytesOf(heldOut)] },
  ]
}

/**
 * Whether a file is a checkpoint of ours, even if damaged or cut off: no other file may be removed or overwritten. An
 * empty file has nothing to lose.
 */
export async function isCheckpoint(file: ByteRanges): Promise<boolean> {
  const head = await file.read(0, Math.min(file.size, HEAD_BYTES))
  return head.length === 0 || hasDigests(head) || BEGINNINGS.some(beginning => begins(head, beginning))
}

function begins(head: Uint8Array, beginning: string): boolean {
  const text = String.fromCharCode(...head.subarray(8, 8 + beginning.length))
  const wrong = [...text].filter((character, i) => character !== beginning[i]).length
  if (text.length === beginning.length) return wrong <= MOST_WRONG_BYTES
  const isShort = head.subarray(4, 8).every(byte => byte === 0) // a header is shorter than 4 GiB
  return head.length > 4 && isShort && wrong === 0
}

function hasDigests(head: Uint8Array): boolean {
  return new TextDecoder().decode(head).includes(`"${DIGESTS}"`)
}

/** Throws `bad-data` if a bit is not as it was written, or the file is not a checkpoint. */
export async function openCheckpoint(ranges: ByteRanges): Promise<OpenCheckpoint> {
  const tensors = await wholeFile(ranges)
  const { checkpoint, format, ...metadata } = tensors.metadata
  const numbers = async (name: string) => new Float64Array((await tensors.read(name)).buffer)
  return {
    format,
    facts: JSON.parse(checkpoint!) as CheckpointFacts,
    metadata,
    counted: {
      epochs: await numbers('checkpoint.epochs'),
      slots: await numbers('checkpoint.slots'),
      heldOut: await numbers('checkpoint.held_out'),
    },
    tensors,
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
