import { withinBounds } from './bounds.js'
import { compressionOf, MAGIC_BYTES } from './compression.js'
import { decompressGzip } from './gunzip.js'
import { decompressZstandard } from './zstandard.js'

/**
 * The bytes of a stream that is not a file, decompressed if they begin like gzip or Zstandard, in Node and in pages.
 * The first chunk has four bytes or more, or a line break, unless there are fewer. Throws `bad-data` if the compression is broken, and
 * `too-large` if the stream unpacks to too much.
 */
export async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  maxDecompressed?: number,
): AsyncGenerator<Uint8Array> {
  let packed = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of withWholeHead(chunks)) {
      packed += chunk.length
      yield chunk
    }
  }
  const source = counted()
  const first = await source.next()
  if (first.done) return
  const compression = compressionOf(first.value)
  const all = rejoined(first.value, source)
  if (compression === undefined) return yield* all
  const content = compression === 'gzip' ? decompressGzip(all, name) : decompressZstandard(all, name)
  yield* withWholeHead(withinBounds(content, () => packed, name, maxDecompressed))
}

/** Nothing that is compressed has one among its first bytes; who types a short line waits for its answer. */
const NEWLINE = 0x0a

/** The same bytes, the first chunk long enough to tell what kind of file this is: pipes can give single bytes. */
export async function* withWholeHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = head.length === 0 ? chunk : joined(head, chunk)
    if (head.length < MAGIC_BYTES && !head.includes(NEWLINE)) continue
    yield head
    head = undefined
  }
  if (head !== undefined && head.length > 0) yield head
}

export async function* rejoined(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

function joined(head: Uint8Array, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + chunk.length)
  bytes.set(head)
  bytes.set(chunk, head.length)
  return bytes
}
