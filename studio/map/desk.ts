import type { WordVectors } from 'wordloom/vectors'
import { FirstModel } from './first-model.js'
import type { Near, OpenedModel, Question, Questions, VectorSource } from './protocol.js'
import { SecondModel } from './second-model.js'
import type { Stretch } from './stretch.js'
import { loaded } from './vector-source.js'

type Ask<Name extends Question> = Questions[Name]['ask']
type Answer<Name extends Question> = Promise<Questions[Name]['answer']>

export type Answers = {
  readonly [Name in Question]: (ask: Ask<Name>, stretch: Stretch) => Answer<Name>
}

/** What lies open in the worker, and the answer to each question about it. */
export class Desk implements Answers {
  #first: FirstModel | undefined
  #second: SecondModel | undefined

  /** What lay here goes once its successor has been read: with its pictures, and the model that was turned onto it. */
  async open(source: Ask<'open'>, stretch: Stretch): Answer<'open'> {
    const vectors = await loaded(source, stretch)
    this.#first = new FirstModel(vectors)
    this.#second = undefined
    return opened(vectors, source)
  }

  async flat(): Answer<'flat'> {
    return this.#model.flat()
  }

  async naming(): Answer<'naming'> {
    return this.#model.naming
  }

  async layout(ask: Ask<'layout'>, stretch: Stretch): Answer<'layout'> {
    return this.#model.layout(ask, stretch)
  }

  async labels(ask: Ask<'labels'>): Answer<'labels'> {
    return this.#model.labels(ask)
  }

  async clusters({ count }: Ask<'clusters'>): Answer<'clusters'> {
    return this.#model.clusters(count)
  }

  async trust(ask: Ask<'trust'>, stretch: Stretch): Answer<'trust'> {
    return this.#model.trust(ask, stretch)
  }

  async nearest({ id, count }: Ask<'nearest'>): Answer<'nearest'> {
    const { vectors } = this.#model
    return near(vectors, vectors.nearest(vectors.vocabulary.word(id), count))
  }

  async analogy({ a, b, c, count }: Ask<'analogy'>): Answer<'analogy'> {
    const { vectors } = this.#model
    const word = (id: number) => vectors.vocabulary.word(id)
    return near(vectors, vectors.analogy(word(a), word(b), word(c), { count }))
  }

  /** Words that begin so, the most frequent first; then words that only contain it. */
  async suggest({ text, count }: Ask<'suggest'>): Answer<'suggest'> {
    const { vocabulary } = this.#model.vectors
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
  }

  /** A word as it is written, or else in small letters. */
  async find({ word }: Ask<'find'>): Answer<'find'> {
    const { vocabulary } = this.#model.vectors
    return vocabulary.idOf(word) ?? vocabulary.idOf(word.toLowerCase())
  }

  async openOther(source: Ask<'openOther'>, stretch: Stretch): Answer<'openOther'> {
    const first = this.#model
    this.#second = undefined
    const second = new SecondModel(first, await loaded(source, stretch))
    // While it was read, another first model may have been opened.
    if (this.#first === first) this.#second = second
    return second.opened(source.name)
  }

  async otherPlaces({ picture }: Ask<'otherPlaces'>, stretch: Stretch): Answer<'otherPlaces'> {
    return this.#other.places(picture, stretch)
  }

  async shift({ id, count }: Ask<'shift'>): Answer<'shift'> {
    return this.#other.shift(id, count)
  }

  get #model(): FirstModel {
    if (!this.#first) throw new Error('no vectors are open')
    return this.#first
  }

  get #other(): SecondModel {
    if (!this.#second) throw new Error('no second model is open')
    return this.#second
  }
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
