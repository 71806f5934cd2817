import { option, say, WordloomError } from '../errors.js'
import type { Chunks, Disk, Place } from './durable.js'
import type { FoundFile, Skipped } from './find.js'
import type { Lock } from './lock.js'
import { type ByteRanges, httpRanges } from './ranges.js'
import type { ReadOptions } from './read.js'
import type { TextOptions } from './text.js'
import type { Output } from './together.js'

const LONGEST_NAME = 60

/** What a page has instead of a disk: errors that say how to do without one. */
export async function findFiles(
  paths: string | readonly string[],
  _onSkipped?: Skipped,
): Promise<FoundFile[]> {
  const [first = 'files'] = typeof paths === 'string' ? [paths] : paths
  throw new WordloomError('no-input', {
    place: { file: shown(first) },
    found: 'a page cannot open files by name',
    cure: 'give the text as { lines: [...] }, or the bytes of a file: its stream(), or the body of a fetch',
  })
}

// biome-ignore lint/correctness/useYield: it has the type of the one that reads files
export async function* readBytes(path: string, _options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
  throw noFile(path)
}

export function readText(path: string, options: TextOptions = {}): AsyncGenerator<Uint8Array> {
  return readBytes(path, options)
}

export async function plainSize(path: string): Promise<number | undefined> {
  throw noFile(path)
}

export async function storedSize(_path: string): Promise<number | undefined> {
  return undefined
}

export async function fileVersion(_path: string): Promise<string | undefined> {
  return undefined
}

export function fileOf(url: URL): never {
  throw new WordloomError('no-input', {
    place: { file: shown(url.href) },
    found: 'a page cannot open files by name',
    cure: 'fetch it, and give the body: (await fetch(url)).body',
  })
}

/** Names are addresses here. */
export function openRanges(url: string): Promise<ByteRanges> {
  return httpRanges(url)
}

/** As they are: a page writes no files. */
export function compressedFor(_path: string, chunks: Chunks): Chunks {
  return chunks
}

export async function writeWhole(path: string, _chunks: Chunks): Promise<void> {
  throw notWritten(path)
}

export async function writeTogether(outputs: readonly Output[]): Promise<void> {
  throw notWritten(outputs.at(-1)?.path ?? 'nothing')
}

export async function writeWholeBy(path: string, _write: (temporary: string) => void): Promise<void> {
  throw notWritten(path)
}

/** A page leaves none. */
export async function removePartials(_paths: readonly string[]): Promise<void> {}

/** There are no other errors here. */
export function asWriteError(error: unknown, _path: string): unknown {
  return error
}

export async function checkWritable(path: string): Promise<Place> {
  throw notWritten(path)
}

export async function checkOutputs(
  outputs: readonly string[],
  _inputs?: readonly string[],
): Promise<Place[]> {
  for (const path of outputs) throw notWritten(path)
  return []
}

/** Nothing is read by name here. */
export async function takenName(
  _names: readonly string[],
  _inputs: readonly string[],
  _outputs?: readonly string[],
): Promise<string | undefined> {
  return undefined
}

export async function isStream(_path: string): Promise<boolean> {
  return false
}

export async function placeOf(path: string): Promise<Place> {
  return { kind: 'file', path, present: undefined }
}

export async function acquireLock(path: string, _purpose: string): Promise<Lock> {
  throw notWritten(path)
}

/** A page has none: nothing is there, and nothing can be put there. */
export const realDisk: Disk = {
  place: placeOf,
  create: async path => {
    throw notWritten(path)
  },
  openStream: async ({ path }) => {
    throw notWritten(path)
  },
  flush: async path => {
    throw notWritten(path)
  },
  read: async () => undefined,
  rename: async from => {
    throw notWritten(from)
  },
  remove: async () => {},
  unparted: steps => steps(),
  names: async () => [],
  age: async () => -1,
  syncFolder: async () => {},
  free: async () => undefined,
}

/** A page has no temporary files: what exceeds its memory does not fit. */
export function createSpool(): never {
  throw new WordloomError('too-large', {
    found: say`the text has more words than ${option('idMemory')} has room for, and a page has no files for the rest`,
    cure: say`raise ${option('idMemory')}, or train in Node`,
  })
}

function noFile(path: string): WordloomError {
  return new WordloomError('no-input', {
    place: { file: shown(path) },
    found: 'a page cannot open files by name',
    cure: 'give its bytes to read() of wordloom/formats, or to readClassifier() of wordloom/classification, for example { name, chunks: (await fetch(url)).body }',
  })
}

function notWritten(path: string): WordloomError {
  return new WordloomError('not-written', {
    place: { file: shown(path) },
    found: 'a page cannot write files',
    cure: 'make a Blob of the chunks of formats.safetensors.write(vectors) in wordloom/formats, or of writeClassifier(classifier) in wordloom/classification, and let the user download it',
  })
}

/** Instead of a path, this may be the text itself. */
function shown(path: string): string {
  return path.length > LONGEST_NAME ? `${path.slice(0, LONGEST_NAME)}…` : path
}
