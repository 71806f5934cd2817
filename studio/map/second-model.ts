import { type Alignment, align } from 'wordloom/comparison'
import { allocatePositions, type Directions, type Positions } from 'wordloom/map'
import type { WordVectors } from 'wordloom/vectors'
import type { FirstModel } from './first-model.js'
import type { OpenedOther, PictureKind, WordShift } from './protocol.js'
import type { Stretch } from './stretch.js'

/** The most words of both among which neighbours are held against each other. */
const COMPARED = 30_000

/** Another model, turned onto the first, so that their vectors mean the same. */
export class SecondModel {
  readonly #first: FirstModel
  readonly #fit: Alignment
  /** Words of both: their ids in the first and in this one, by frequency in the first. */
  readonly #here: Int32Array
  readonly #there: Int32Array

  constructor(first: FirstModel, vectors: WordVectors) {
    this.#first = first
    this.#fit = align(vectors, first.vectors)
    const shared = sharedWords(first.vectors, this.#fit.vectors)
    this.#here = Int32Array.from(shared, ({ here }) => here)
    this.#there = Int32Array.from(shared, ({ there }) => there)
  }

  opened(name: string): OpenedOther {
    const { vectors, common, cosineBefore, cosineAfter } = this.#fit
    return {
      name,
      size: vectors.size,
      shared: this.#here.length,
      fitted: common,
      cosineBefore,
      cosineAfter,
    }
  }

  /** Places of the shared words by their ids in the first model; the others have none. */
  async places(picture: PictureKind, stretch: Stretch): Promise<Positions> {
    const places = await this.#first.placesOf(this.#directions(), picture, stretch)
    const all = allocatePositions(this.#first.vectors.size)
    all.x.fill(Number.NaN)
    all.y.fill(Number.NaN)
    this.#here.forEach((id, i) => {
      all.x[id] = places.x[i]
      all.y[id] = places.y[i]
    })
    return all
  }

  /** How a word's neighbours differ here; undefined for a word that only the first model has. */
  shift(id: number, count: number): WordShift | undefined {
    const at = this.#here.indexOf(id)
    if (at < 0) return undefined
    const { vocabulary, search } = this.#first.vectors
    const among = Array.from(this.#here.subarray(0, COMPARED), shared => vocabulary.word(shared))
    const nearest = (vectors: WordVectors) =>
      vectors.nearest(vocabulary.word(id), { count, among }).map(found => vocabulary.idOf(found.word) ?? 0)
    const [before, after] = [nearest(this.#first.vectors), nearest(this.#fit.vectors)]
    const [a, b] = [search.direction(id), this.#fit.vectors.search.direction(this.#there[at])]
    return {
      drift: 1 - a.reduce((sum, value, d) => sum + value * b[d], 0),
      kept: before.filter(near => after.includes(near)),
      lost: before.filter(near => !after.includes(near)),
      gained: after.filter(near => !before.includes(near)),
    }
  }

  #directions(): Directions {
    const { vectors } = this.#fit
    return {
      size: this.#there.length,
      dimensions: vectors.dimensions,
      direction: i => vectors.search.direction(this.#there[i]),
    }
  }
}

function sharedWords({ vocabulary }: WordVectors, vectors: WordVectors): { here: number; there: number }[] {
  const shared: { here: number; there: number }[] = []
  for (let here = 0; here < vocabulary.size; here++) {
    const there = vectors.vocabulary.idOf(vocabulary.bytes(here))
    if (there !== undefined) shared.push({ here, there })
  }
  return shared
}
