/**
 * A stream of a page, as far as we read it. Not all engines let one iterate over it, nor does every compiler's library
 * of types.
 */
export interface WebStream<Chunk> {
  getReader(): WebReader<Chunk>
}

interface WebReader<Chunk> {
  read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>
  cancel(reason?: unknown): Promise<void>
}

/** What a stream gives, as anything else that one can iterate over. */
export function iterableOf<Chunk, Items extends Iterable<unknown> | AsyncIterable<unknown>>(
  source: WebStream<Chunk> | Items,
): AsyncIterable<Chunk> | Items {
  const isIterable = Symbol.asyncIterator in source || Symbol.iterator in source
  return isIterable ? (source as Items) : chunksOf(source)
}

export function isWebStream(source: object): source is WebStream<unknown> {
  return 'getReader' in source && typeof source.getReader === 'function'
}

async function* chunksOf<Chunk>(stream: WebStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value as Chunk
  } finally {
    await reader.cancel().catch(() => {})
  }
}
