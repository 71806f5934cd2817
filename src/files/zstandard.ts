import { WordloomError } from '../errors.js'
import { boundedFrames } from './zstandard-frames.js'

/**
 * The content of a Zstandard stream, without Node's own Zstandard: for pages, and Node before 24. Checksums
 * are passed over. Throws `bad-data` if the stream is damaged or breaks off.
 */
export async function* decompressZstandard(
  compressed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  const ready: Uint8Array[] = []
  const decompressor = new Decompress(chunk => {
    if (chunk.length > 0) ready.push(chunk.slice()) // its memory is used again
  })
  const push = (chunk: Uint8Array, isLast: boolean) => {
    try {
      decompressor.push(chunk, isLast)
    } catch (cause) {
      throw damaged(name, cause)
    }
    return ready.splice(0)
  }
  for await (const chunk of boundedFrames(compressed, name)) yield* push(chunk, false)
  yield* push(new Uint8Array(0), true)
}

function damaged(name: string, cause: unknown): WordloomError {
  const { message } = cause as Error
  const what = message === 'unexpected EOF' ? 'breaks off' : `is damaged (${message})`
  return new WordloomError(
    'bad-data',
    {
      place: { file: name },
      found: `the compressed data ${what}`,
      cure: 'fetch or make the file again',
    },
    { cause },
  )
}
