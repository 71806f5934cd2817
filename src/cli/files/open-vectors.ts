import { WordloomError } from '../../errors.js'
import { type FormatName, type LoadOptions, load, lostIn } from '../../formats/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { warn } from '../terminal/terminal.js'

/** What `load` overlooks if it is asked to; on the command line only `convert` asks. */
const ofConvert = {
  lenient: 'convert --lenient',
  allowNonfinite: 'convert --allow-nonfinite',
  maxDecompressed: 'convert --max-decompressed',
  format: 'convert --from',
  limit: 'convert --limit',
}

/** Loads vectors, and tells on standard error what the reader had to overlook. */
export async function openVectors(path: string, options: LoadOptions = {}): Promise<WordVectors> {
  const vectors = await openModel(path, options)
  for (const warning of vectors.warnings) warn(warning)
  return vectors
}

/** Loads vectors of which no question is asked. */
export function openModel(path: string, options: LoadOptions = {}): Promise<WordVectors> {
  return load(path, options).catch(error => {
    throw error instanceof WordloomError ? error.renamed(ofConvert) : error
  })
}

/** Says on standard error what vectors lose in a format. */
export function tellLost(format: FormatName, vectors: WordVectors): void {
  const lost = lostIn(format, vectors)
  if (lost !== undefined) warn(lost)
}
