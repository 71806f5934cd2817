import { read } from 'wordloom/formats'
import type { WordVectors } from 'wordloom/vectors'
import { chunksOf } from '../chunks.js'
import type { VectorSource } from './protocol.js'
import type { Stretch } from './stretch.js'

/** Vectors from a file or an address, with the share of the bytes read as they come. */
export async function loaded(source: VectorSource, stretch: Stretch): Promise<WordVectors> {
  const { name, limit } = source
  const { stream, size } = await bytesOf(source)
  let done = 0
  async function* counted() {
    for await (const chunk of chunksOf(stream)) {
      done += chunk.length
      await stretch(() => ({ doing: `Reading ${name}`, part: size > 0 ? done / size : 0 }))
      yield chunk
    }
  }
  return read({ name, size: undefined, chunks: counted() }, { limit })
}

async function bytesOf({ name, address, file }: VectorSource) {
  if (file) return { stream: file.stream(), size: file.size }
  if (address === undefined) throw new Error(`${name} has neither bytes nor an address`)
  const { ok, status, body, headers } = await fetch(address)
  if (!ok || !body) throw new Error(`${name} could not be fetched (status ${status})`)
  return { stream: body, size: Number(headers.get('content-length') ?? 0) }
}
