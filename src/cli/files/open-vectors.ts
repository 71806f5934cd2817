import { WordloomError } from '../../errors.js'
import { storedSize } from '../../files/index.js'
import { type FormatName, type LoadOptions, load, lostIn } from '../../formats/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { ReadingBar } from '../terminal/reading-bar.js'
import { warn } from '../terminal/terminal.js'

/** What `load` overlooks if it is asked to; on the command line only `convert` asks. */
const ofConvert = {
  lenient: 'convert --lenient',
  allowNonfinite: 'convert --allow-nonfinite',
  format: 'convert --from',
  limit: 'convert --limit',
  buckets: 'convert --buckets',
}

let bound: Pick<LoadOptions, 'maxDecompressed'> = {}

/** No file of vectors that this process reads may unpack to more bytes. */
export function boundVectors(bytes: number): void {
  bound = { maxDecompressed: bytes }
}

/** Loads vectors, and tells on standard error what the reader had to overlook. */
export async function openVectors(path: string, options: LoadOptions = {}): Promise<WordVectors> {
  const vectors = await openModel(path, options)
  for (const warning of vectors.warnings) warn(warning)
  return vectors
}

/**
 * Loads vectors of which the first `limit` may answer a question about these words: no more of a file is read than
 * those, if the words are among them.
 */
export async function openAsked(
  path: string,
  words: readonly string[],
  limit: number | undefined,
): Promise<WordVectors> {
  const canReadTwice = (await storedSize(path)) !== undefined
  if (limit === undefined || words.length === 0 || !canReadTwice) return openVectors(path)
  const first = await openModel(path, { limit })
  if (!words.every(word => first.has(word))) return openVectors(path)
  for (const warning of first.warnings) warn(warning)
  return first
}

/** Loads vectors of which no question is asked. The terminal shows how far a file is read that takes long. */
export async function openModel(path: string, options: LoadOptions = {}): Promise<WordVectors> {
  const bar = new ReadingBar()
  try {
    return await load(path, { ...bound, ...options, onProgress: progress => bar.show(progress) })
  } catch (error) {
    throw error instanceof WordloomError ? error.renamed(ofConvert) : error
  } finally {
    bar.stop()
  }
}

/** Says on standard error what vectors lose in a format. */
export function tellLost(format: FormatName, vectors: WordVectors): void {
  const lost = lostIn(format, vectors)
  if (lost !== undefined) warn(lost)
}
