import { WordloomError } from '../errors.js'

/** The content of a gzip stream, in Node and in pages. Throws `bad-data` if the stream is damaged or breaks off. */
export async function* decompressGzip(
  compressed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const chunks = compressed[Symbol.asyncIterator]()
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value as Uint8Array<ArrayBuffer>)
    },
    cancel: async () => void (await chunks.return?.(undefined)),
  })
  const content = stream.pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    for (let part = await content.read(); !part.done; part = await content.read()) yield part.value
  } catch (cause) {
    if (cause instanceof WordloomError) throw cause
    throw new WordloomError(
      'bad-data',
      {
        place: { file: name },
        found: `the compressed data is damaged or breaks off (${(cause as Error).message})`,
        cure: 'fetch or make the file again',
      },
      { cause },
    )
  } finally {
    await content.cancel().catch(() => {})
  }
}
