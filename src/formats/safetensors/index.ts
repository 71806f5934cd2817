import { checkGiven } from '../../options/index.js'
import { ByteReader, type ByteSource, beginsHeader } from '../../tensors/index.js'
import type { WordVectors } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { takeSafetensors } from './reading.js'
import { rowOptions } from './row-options.js'

export type { ByteSource } from '../../tensors/index.js'
export type { ReadOptions } from '../format.js'
export { writeSafetensors } from './writing.js'

/**
 * Word vectors from a safetensors file, and from nothing else: a page that imports this alone loads the code of no other
 * format. Bytes that are compressed are refused, and all sub-words are read. Throws as `read` of `wordloom/formats` does.
 */
export async function readSafetensors(
  source: ByteSource,
  options: Omit<ReadOptions, 'buckets'> = {},
): Promise<WordVectors> {
  checkGiven(rowOptions, options, 'load word vectors')
  const reader = new ByteReader(source)
  try {
    if (!(await reader.fill(9)) || !beginsHeader(reader.bytes))
      throw reader.error({ found: 'this is no safetensors file' })
    return await takeSafetensors(reader, options)
  } finally {
    await reader.close()
  }
}
