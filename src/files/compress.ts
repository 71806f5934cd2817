import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import { WordloomError } from '../errors.js'
import type { Chunks } from './durable.js'

/**
 * What a file of this name should hold: the chunks compressed for .gz and .zst, else as they are. Throws `usage`
 * for .zst where this Node cannot write it.
 */
export function compressedFor(path: string, chunks: Chunks): Chunks {
  const compressor = compressorFor(path)
  return compressor ? compress(chunks, compressor) : chunks
}

async function* compress(chunks: Chunks, compressor: Transform): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: true, highWaterMark: 1 })
  const copying = pipeline(source, compressor)
  copying.catch(() => {}) // the reading below throws the same error
  yield* compressor
}

function compressorFor(path: string): Transform | undefined {
  if (/\.gz$/i.test(path)) return zlib.createGzip({ level: 6 })
  if (!/\.zst$/i.test(path)) return undefined
  const { createZstdCompress } = zlib as unknown as { createZstdCompress?: () => Transform }
  if (createZstdCompress) return createZstdCompress()
  throw new WordloomError('usage', {
    action: `write ${path}`,
    found: `this is Node ${process.versions.node}`,
    expected: 'Node 22.15 or newer, which can write Zstandard',
    cure: 'write .gz, or compress the file afterwards with zstd',
  })
}
