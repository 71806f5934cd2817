import {
  compressionOf,
  decompressGzip,
  decompressZstandard,
  MAGIC_BYTES,
  withinBounds,
} from '../../files/index.js'
import { ByteReader, type ByteSource, type BytesPassed } from '../../tensors/index.js'

/**
 * The same bytes, their compression taken off if they begin like gzip or Zstandard: streams of a page come as they are.
 * `passed` counts them before that.
 */
export async function decompressed(
  source: ByteSource,
  most?: number,
  passed?: BytesPassed,
): Promise<ByteReader> {
  const reader = new ByteReader(source, passed)
  await reader.fill(MAGIC_BYTES)
  const compression = compressionOf(reader.bytes)
  const unpacked = (content: AsyncIterable<Uint8Array>) =>
    new ByteReader({
      ...source,
      ...unknownSize,
      chunks: withinBounds(content, () => reader.offset, source.name, most),
    })
  if (compression === 'gzip') return unpacked(decompressGzip(rest(reader), source.name))
  if (compression === 'zstandard') return unpacked(decompressZstandard(rest(reader), source.name))
  return reader
}

const unknownSize = { size: undefined, ranges: undefined }

async function* rest(reader: ByteReader): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    while (await reader.fill(1)) {
      const chunk = reader.bytes.subarray(reader.position) as Uint8Array<ArrayBuffer>
      reader.position = reader.bytes.length
      yield chunk
    }
  } finally {
    await reader.close()
  }
}
