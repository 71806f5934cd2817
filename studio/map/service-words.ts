import { read } from 'wordloom/formats'
import type { WordVectors } from 'wordloom/vectors'
import { chunksOf } from '../chunks.js'
import type { Near, OpenedModel, VectorSource } from './protocol.js'
import type { Answers, Stretch } from './service.js'

/** The model that is open, for all answers. */
export const held: { model?: WordVectors } = {}

export function heldModel(): WordVectors {
  if (!held.model) throw new Error('no vectors are open')
  return held.model
}

export const wordAnswers: Answers<'open' | 'nearest' | 'analogy' | 'suggest' | 'find'> = {
  async open(source, stretch) {
    const model = await loaded(source, stretch)
    held.model = model
    return opened(model, source)
  },

  async nearest({ id, count }) {
    const model = heldModel()
    return near(model, model.nearest(model.vocabulary.word(id), count))
  },

  async analogy({ a, b, c, count }) {
    const model = heldModel()
    const word = (id: number) => model.vocabulary.word(id)
    return near(model, model.analogy(word(a), word(b), word(c), { count }))
  },

  /** Words that begin so, the most frequent first; then words that only contain it. */
  async suggest({ text, count }) {
    const { vocabulary } = heldModel()
    const wanted = text.toLowerCase()
    const [beginning, containing]: number[][] = [[], []]
    for (let id = 0; id < vocabulary.size && beginning.length < count; id++) {
      const at = vocabulary.word(id).toLowerCase().indexOf(wanted)
      if (at === 0) beginning.push(id)
      else if (at > 0 && containing.length < count) containing.push(id)
    }
    const exact = vocabulary.idOf(text)
    const found = [...beginning, ...containing].filter(id => id !== exact)
    return (exact === undefined ? found : [exact, ...found]).slice(0, count)
  },

  /** A word as it is written, or else in small letters. */
  async find({ word }) {
    const { vocabulary } = heldModel()
    return vocabulary.idOf(word) ?? vocabulary.idOf(word.toLowerCase())
  },
}

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

function opened(model: WordVectors, { name, limit }: VectorSource): OpenedModel {
  const { vocabulary, size, dimensions, warnings } = model
  const { bytes, offsets } = vocabulary.arena
  return {
    name,
    size,
    dimensions,
    bytes: bytes.slice(),
    offsets: Uint32Array.from(offsets),
    counts: vocabulary.counts,
    isCut: size === limit,
    warnings,
  }
}

function near(model: WordVectors, found: readonly { word: string; similarity: number }[]): Near {
  return {
    ids: found.map(({ word }) => model.vocabulary.idOf(word) ?? 0),
    similarities: found.map(({ similarity }) => similarity),
  }
}
