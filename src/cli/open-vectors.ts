import { type LoadOptions, load } from '../formats/index.js'
import type { WordVectors } from '../vectors/index.js'
import { inReadingFlags } from './reading-flags.js'
import { paintFor, tell, visible } from './terminal.js'

/** Loads vectors, and tells on standard error what the reader had to overlook. */
export async function openVectors(path: string, options: LoadOptions = {}): Promise<WordVectors> {
  const vectors = await load(path, options).catch(error => {
    throw inReadingFlags(error)
  })
  const paint = paintFor(process.stderr)
  for (const warning of vectors.warnings) tell(`${paint('yellow', 'wordloom:')} ${visible(warning)}`)
  return vectors
}
