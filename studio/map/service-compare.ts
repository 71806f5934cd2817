import { align } from 'wordloom/comparison'
import {
  allocatePositions,
  alongAxes,
  type Directions,
  framed,
  nearestRows,
  type Positions,
  placedByNeighbors,
} from 'wordloom/map'
import type { WordVectors } from 'wordloom/vectors'
import type { PictureKind } from './protocol.js'
import { type Answers, type Stretch, stretched } from './service.js'
import { chance, PLACING_NEIGHBORS, pictures } from './service-layout.js'
import { heldModel, loaded } from './service-words.js'

interface Other {
  /** The other model, turned onto the one that is open. */
  readonly aligned: WordVectors
  /** Words of both: their ids here and there, by frequency here. */
  readonly here: Int32Array
  readonly there: Int32Array
}

/** The most words of both among which neighbours are held against each other. */
const COMPARED = 30_000

let other: Other | undefined

export const compareAnswers: Answers<'openOther' | 'otherPlaces' | 'shift'> = {
  async openOther(source, stretch) {
    other = undefined
    const loadedOther = await loaded(source, stretch)
    const { vectors, common, cosineBefore, cosineAfter } = align(loadedOther, heldModel())
    other = { aligned: vectors, ...sharedWords(heldModel(), vectors) }
    return {
      name: source.name,
      size: vectors.size,
      shared: other.here.length,
      fitted: common,
      cosineBefore,
      cosineAfter,
    }
  },

  async otherPlaces({ picture }, stretch) {
    const { here } = heldOther()
    const places = await placesOf(picture, stretch)
    const all = allocatePositions(heldModel().size)
    all.x.fill(Number.NaN)
    all.y.fill(Number.NaN)
    here.forEach((id, i) => {
      all.x[id] = places.x[i]
      all.y[id] = places.y[i]
    })
    return all
  },

  async shift({ id, count }) {
    const { aligned, here, there } = heldOther()
    const at = here.indexOf(id)
    if (at < 0) return undefined
    const model = heldModel()
    const word = model.vocabulary.word(id)
    const among = Array.from(here.subarray(0, COMPARED), shared => model.vocabulary.word(shared))
    const nearest = (vectors: WordVectors) =>
      vectors.nearest(word, { count, among }).map(found => model.vocabulary.idOf(found.word) ?? 0)
    const [before, after] = [nearest(model), nearest(aligned)]
    const [a, b] = [model.search.direction(id), aligned.search.direction(there[at])]
    return {
      drift: 1 - a.reduce((sum, value, d) => sum + value * b[d], 0),
      kept: before.filter(near => after.includes(near)),
      lost: before.filter(near => !after.includes(near)),
      gained: after.filter(near => !before.includes(near)),
    }
  },
}

function heldOther(): Other {
  if (!other) throw new Error('no second model is open')
  return other
}

function sharedWords({ vocabulary }: WordVectors, vectors: WordVectors): Pick<Other, 'here' | 'there'> {
  const [here, there]: number[][] = [[], []]
  for (let id = 0; id < vocabulary.size; id++) {
    const found = vectors.vocabulary.idOf(vocabulary.bytes(id))
    if (found === undefined) continue
    here.push(id)
    there.push(found)
  }
  return { here: Int32Array.from(here), there: Int32Array.from(there) }
}

/**
 * Where the shared words of the other model stand: on the axes of the first, or by their nearest words among those that
 * the first has laid out. Turned onto the first, their vectors mean the same there.
 */
async function placesOf(picture: PictureKind, stretch: Stretch): Promise<Positions> {
  const shared = sharedDirections()
  if (picture === 'pca') {
    if (!pictures.flat) throw new Error('the first model has no picture yet')
    return framed(alongAxes(shared, pictures.flat.axes), pictures.flat.frame)
  }
  if (!pictures.layout) throw new Error('the first model has no layout yet')
  const { mapped, positions } = pictures.layout
  const range = { from: 0, to: shared.size, among: mapped, count: PLACING_NEIGHBORS, of: shared }
  const work = nearestRows(heldModel().search, range)
  const lists = await stretched(work, stretch, 'Placing the words of the other model', shared.size)
  return placedByNeighbors(lists, positions, chance(5))
}

function sharedDirections(): Directions {
  const { aligned, there } = heldOther()
  return {
    size: there.length,
    dimensions: aligned.dimensions,
    direction: i => aligned.search.direction(there[i]),
  }
}
