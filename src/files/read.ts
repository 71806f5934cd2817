import { createReadStream } from 'node:fs'
import type { Readable, Transform } from 'node:stream'
import { fileURLToPath } from 'node:url'
import * as zlib from 'node:zlib'
import { type Fault, WordloomError } from '../errors.js'
import { withinBounds } from './bounds.js'
import { compressionOf } from './compression.js'
import { isNamedPipe, readNamedPipe } from './named-pipe.js'
import { release } from './release.js'
import { notGranted } from './system-error.js'
import { rejoined, withWholeHead } from './unpacked.js'
import { decompressZstandard } from './zstandard.js'
import { boundedFrames } from './zstandard-frames.js'

const CHUNK_BYTES = 1 << 18
/** What a name has for bytes that are not UTF-8. */
export const REPLACEMENT = '\ufffd'
/** Before version 24, Node's own Zstandard takes a stream that breaks off for a whole one. */
const NOTICES_CUT_ZSTANDARD = Number.parseInt(process.versions.node, 10) >= 24

export interface ReadOptions {
  /** Called with the number of bytes of each part read from the file, before decompression. */
  onRead?: (bytes: number) => void
  /**
   * Bytes that a compressed file may unpack to. A whole number from 1 up; default 1 TiB, and a thousand times
   * its size past 1 GiB (Parquet: past 16 MiB).
   */
  maxDecompressed?: number | undefined
}

/**
 * The bytes of a file, or of standard input for '-', decompressed if they begin like gzip (several members
 * in a row too) or Zstandard (several frames, too). The first chunk has four bytes or more, or a line
 * break, unless there are fewer. Throws `no-input` if the file cannot be opened, `bad-data` if its compression is broken,
 * naming the file and how far it could be read, and `too-large` if it unpacks to too much.
 */
export async function* readBytes(
  path: string,
  { onRead, maxDecompressed }: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  checkPathText(path)
  const source = await sourceOf(path)
  try {
    let packed = 0
    const count = (bytes: number) => {
      packed += bytes
      onRead?.(bytes)
    }
    const chunks = withWholeHead(counted(source, count))
    const first = await chunks.next()
    if (first.done) return
    const decompressed = decompressedLike(first.value, rejoined(first.value, chunks), path)
    if (decompressed)
      return yield* withWholeHead(withinBounds(decompressed, () => packed, path, maxDecompressed))
    yield* rejoined(first.value, chunks)
  } catch (error) {
    throw asReadError(error, path)
  } finally {
    if ('destroy' in source) source.destroy()
  }
}

async function sourceOf(path: string): Promise<Readable | AsyncGenerator<Uint8Array>> {
  if (path === '-') return process.stdin
  if (await isNamedPipe(path)) return readNamedPipe(path)
  return createReadStream(path, { highWaterMark: CHUNK_BYTES })
}

async function* counted(source: AsyncIterable<Uint8Array>, onRead: (bytes: number) => void) {
  for await (const chunk of source) {
    onRead(chunk.length)
    yield chunk
  }
}

/** The content, if a file that begins so is compressed. */
function decompressedLike(
  head: Uint8Array,
  compressed: AsyncIterable<Uint8Array>,
  path: string,
): AsyncIterable<Uint8Array> | undefined {
  const options = { chunkSize: CHUNK_BYTES }
  const compression = compressionOf(head)
  if (compression === undefined) return undefined
  if (compression === 'gzip') return decompress(compressed, zlib.createGunzip(options), path)
  const { createZstdDecompress } = zlib as unknown as { createZstdDecompress?: (o: object) => Transform }
  // given a chunk in which a frame ends and another begins, it would take the first for all there is
  if (createZstdDecompress && NOTICES_CUT_ZSTANDARD)
    return decompress(boundedFrames(compressed, path), createZstdDecompress(options), path)
  return decompressZstandard(compressed, path)
}

async function* decompress(
  compressed: AsyncIterable<Uint8Array>,
  decompressor: Transform,
  path: string,
): AsyncGenerator<Uint8Array> {
  void feed(compressed, decompressor)
  let bytes = 0
  try {
    for await (const chunk of decompressor) {
      bytes += chunk.length
      yield chunk
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (/unexpected end of file/.test(message))
      throw new WordloomError(
        'bad-data',
        {
          place: { file: path },
          found: `the compressed data breaks off after ${bytes.toLocaleString('en')} bytes of content: the file is truncated`,
          cure: 'fetch or make it again',
        },
        { cause: error },
      )
    throw error
  }
}

/** What goes wrong here comes out of the decompressor. */
async function feed(compressed: AsyncIterable<Uint8Array>, decompressor: Transform): Promise<void> {
  let isEmpty = true
  try {
    for await (const chunk of compressed) {
      isEmpty = false
      await new Promise<void>((resolve, reject) =>
        decompressor.write(chunk, error => (error ? reject(error) : resolve())),
      )
      release(chunk)
    }
    if (isEmpty)
      decompressor.push(null) // frames without content only: it would miss a first one
    else decompressor.end()
  } catch (error) {
    decompressor.destroy(error as Error)
  }
}

/** Throws `usage` for what can be no path. */
export function checkPathText(path: unknown): void {
  if (typeof path === 'string' && path !== '') return
  throw new WordloomError('usage', {
    action: 'open a file',
    found: `the path is ${path === '' ? 'empty' : `of type ${typeof path}`}`,
    expected: 'the path of a file',
  })
}

/** A file system or zlib error as an error of ours. */
export function asReadError(error: unknown, path: string): unknown {
  if (error instanceof WordloomError || !(error instanceof Error)) return error
  const { code = '' } = error as NodeJS.ErrnoException
  const place = { file: path === '-' ? 'standard input' : path }
  const faults: Record<string, Fault> = {
    ENOENT: path.includes(REPLACEMENT)
      ? { found: 'no such file, or its name is not UTF-8', cure: 'rename it' }
      : { found: 'no such file', cure: 'check the spelling and the folder' },
    ENOTDIR: { found: 'no such file: a part of the path is not a folder' },
    EISDIR: { found: 'this is a folder', expected: 'a file' },
    EACCES: { found: 'you are not permitted to read the file', cure: 'check its permissions' },
  }
  const fault = notGranted(error) ?? faults[code]
  if (fault) return new WordloomError('no-input', { place, ...fault }, { cause: error })
  if (code.startsWith('Z_') || code.startsWith('ERR_ZSTD') || code.startsWith('ZSTD'))
    return new WordloomError(
      'bad-data',
      {
        place,
        found: `the compressed data is damaged (${error.message})`,
        cure: 'fetch or make the file again',
      },
      { cause: error },
    )
  if (code.startsWith('E') && !code.startsWith('ERR_'))
    return new WordloomError('no-input', { place, found: `the system refused (${code})` }, { cause: error })
  return error
}

/** The path of a file that is given by its URL. Throws `no-input` for another URL. */
export function fileOf(url: URL): string {
  if (url.protocol === 'file:') return fileURLToPath(url)
  throw new WordloomError('no-input', {
    place: { file: url.href },
    found: 'this is not the URL of a file',
    cure: 'fetch it, and give the body: (await fetch(url)).body',
  })
}
