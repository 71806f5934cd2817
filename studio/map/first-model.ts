import {
  alongAxes,
  type Chance,
  chanceOf,
  clusterDirections,
  type Directions,
  type Frame,
  framed,
  frameOf,
  geometric,
  labelScales,
  labelText,
  type MainAxes,
  mainAxes,
  NeighborLayout,
  namingOrder,
  nearestRows,
  type Positions,
  placedByNeighbors,
  similaritiesTo,
  spreadSample,
  type Trust,
  trustworthiness,
  wordDirections,
} from 'wordloom/map'
import type { WordVectors } from 'wordloom/vectors'
import { AIRY, LABEL_SCALES, LABELLED, mostLabels, UNIT } from './label-look.js'
import type { FlatPicture, PictureKind, Questions } from './protocol.js'
import { type Stretch, stretched } from './stretch.js'

/** Neighbours by which a word is laid out, and by which one without a place of its own is placed. */
const NEIGHBORS = 14
const PLACING_NEIGHBORS = 5
const LAYOUT = { epochs: 200, minDist: 0.1, spread: 1 }
const TRUST_NEIGHBORS = 10
/** Words are asked for trustworthiness each against all, so fewer if there are more. */
const TRUST_WORK = 2e7
const MOST_ASKED = 1000

/** The vectors that are open, and the pictures that were made of them last, on which a second model is laid. */
export class FirstModel {
  readonly vectors: WordVectors
  #flat: { readonly axes: MainAxes; readonly frame: Frame } | undefined
  #naming: Int32Array | undefined
  #layout: { readonly mapped: number; readonly positions: Positions } | undefined

  constructor(vectors: WordVectors) {
    this.vectors = vectors
  }

  /** The order in which words are named. */
  get naming(): Int32Array {
    const { vocabulary, search, size } = this.vectors
    this.#naming ??= namingOrder({
      size,
      word: id => vocabulary.word(id),
      direction: id => search.direction(id),
    })
    return this.#naming
  }

  /** The picture along the main axes. */
  flat(): FlatPicture {
    const directions = wordDirections(this.vectors)
    const axes = mainAxes(directions, chance(0))
    const positions = alongAxes(directions, axes)
    const frame = frameOf(positions)
    this.#flat = { axes, frame }
    return { ...framed(positions, frame), explained: axes.explained }
  }

  /** The picture by neighbours: the most frequent words are laid out, the others placed among them. */
  async layout({ mapped, seed }: Questions['layout']['ask'], stretch: Stretch): Promise<Positions> {
    const positions = await this.#laidOut(mapped, seed, stretch)
    const all = await this.#withTheOthers(positions, mapped, stretch)
    this.#layout = { mapped, positions }
    return all
  }

  /** The least scale at which each label has room. */
  labels({ x, y, sizes }: Questions['labels']['ask']): Float64Array {
    const { vocabulary } = this.vectors
    const named = this.naming.subarray(0, LABELLED)
    const labels = Array.from(named, id => ({
      text: labelText(vocabulary.word(id)),
      fontSize: sizes[id],
      x: x[id] * UNIT,
      y: y[id] * UNIT,
    }))
    const { least, ratio, count } = LABEL_SCALES
    const scales = geometric(least, ratio, count)
    const found = labelScales(labels, { scales, shrinkage: scale => AIRY / scale, most: mostLabels })
    const all = new Float64Array(x.length).fill(Number.POSITIVE_INFINITY)
    named.forEach((id, place) => {
      all[id] = found[place]
    })
    return all
  }

  clusters(count: number): Int32Array {
    return clusterDirections(wordDirections(this.vectors), count, chance(1))
  }

  /** How far a picture can be believed. */
  trust({ x, y, placed }: Questions['trust']['ask'], stretch: Stretch): Promise<Trust | undefined> {
    const { search } = this.vectors
    const random = chance(2)
    const asked = Math.max(50, Math.min(MOST_ASKED, Math.floor(TRUST_WORK / placed)))
    const ids = spreadSample(placed, asked, limit => random.below(limit))
    const similarities = new Float32Array(placed)
    const positions = { x: x.subarray(0, placed), y: y.subarray(0, placed) }
    const work = trustworthiness(positions, id => similaritiesTo(search, id, similarities), {
      k: TRUST_NEIGHBORS,
      ids,
    })
    return stretched(work, stretch, 'Measuring trust', ids.length)
  }

  /**
   * Where vectors that lie on these stand in a picture of these: on its axes, or by their nearest words among those
   * that were laid out.
   */
  async placesOf(others: Directions, picture: PictureKind, stretch: Stretch): Promise<Positions> {
    if (picture === 'pca') {
      if (!this.#flat) throw new Error('the first model has no picture yet')
      return framed(alongAxes(others, this.#flat.axes), this.#flat.frame)
    }
    if (!this.#layout) throw new Error('the first model has no layout yet')
    const { mapped, positions } = this.#layout
    const range = { from: 0, to: others.size, among: mapped, count: PLACING_NEIGHBORS, of: others }
    const work = nearestRows(this.vectors.search, range)
    const lists = await stretched(work, stretch, 'Placing the words of the other model', others.size)
    return placedByNeighbors(lists, positions, chance(5))
  }

  /** The layout of the most frequent words, told step by step. */
  async #laidOut(mapped: number, seed: number, stretch: Stretch): Promise<Positions> {
    const { search } = this.vectors
    const range = { from: 0, to: mapped, among: mapped, count: NEIGHBORS }
    const lists = await stretched(nearestRows(search, range), stretch, 'Finding true neighbours', mapped)
    const directions = wordDirections(this.vectors, mapped)
    const start = alongAxes(directions, mainAxes(directions, chance(0, seed)))
    const layout = new NeighborLayout(lists, start, chance(3, seed), LAYOUT)
    const present = () => {
      const positions = layout.positions()
      return framed(positions, frameOf(positions))
    }
    while (!layout.isDone) {
      layout.step()
      const part = layout.epoch / layout.epochs
      await stretch(() => ({ doing: 'Laying out', part, positions: present() }))
    }
    return present()
  }

  async #withTheOthers(positions: Positions, mapped: number, stretch: Stretch): Promise<Positions> {
    const { search, size } = this.vectors
    if (size === mapped) return positions
    const range = { from: mapped, to: size, among: mapped, count: PLACING_NEIGHBORS }
    const work = nearestRows(search, range)
    const lists = await stretched(work, stretch, 'Placing the other words', size - mapped)
    return joined(positions, placedByNeighbors(lists, positions, chance(4)))
  }
}

function chance(use: number, seed = 1): Chance {
  return chanceOf(seed, use)
}

function joined(first: Positions, rest: Positions): Positions {
  const both = (a: Float32Array, b: Float32Array) => {
    const all = new Float32Array(a.length + b.length)
    all.set(a)
    all.set(b, a.length)
    return all
  }
  return { x: both(first.x, rest.x), y: both(first.y, rest.y) }
}
