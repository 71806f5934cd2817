import {
  alongAxes,
  clusterDirections,
  type Frame,
  framed,
  frameOf,
  geometric,
  labelScales,
  labelText,
  type MainAxes,
  mainAxes,
  NeighborLayout,
  nearestRows,
  type Positions,
  placedByNeighbors,
  similaritiesTo,
  spreadSample,
  trustworthiness,
  wordDirections,
} from 'wordloom/map'
import { keyOf, Purpose, Random } from '#math/random'
import { AIRY, LABEL_SCALES, LABELLED, mostLabels, UNIT } from './label-look.js'
import { type Answers, type Stretch, stretched } from './service.js'
import { heldModel } from './service-words.js'

/** Neighbours by which a word is laid out, and by which one without a place of its own is placed. */
const NEIGHBORS = 14
export const PLACING_NEIGHBORS = 5
const LAYOUT = { epochs: 200, minDist: 0.1, spread: 1 }
const TRUST_NEIGHBORS = 10
/** Words are asked for trustworthiness each against all, so fewer where there are more. */
const TRUST_WORK = 2e7
const MOST_ASKED = 1000

/** The pictures that were made last, as the other model is laid on them. */
export const pictures: {
  flat?: { axes: MainAxes; frame: Frame }
  layout?: { mapped: number; positions: Positions }
} = {}

export function chance(use: number, seed = 1): Random {
  return new Random(keyOf(seed, Purpose.map), use)
}

export const layoutAnswers: Answers<'flat' | 'layout' | 'labels' | 'clusters' | 'trust'> = {
  async flat() {
    const directions = wordDirections(heldModel())
    const axes = mainAxes(directions, chance(0))
    const positions = alongAxes(directions, axes)
    pictures.flat = { axes, frame: frameOf(positions) }
    return { ...framed(positions, pictures.flat.frame), explained: axes.explained }
  },

  async layout({ mapped, seed }, stretch) {
    const positions = await laidOut(mapped, seed, stretch)
    const all = await withTheOthers(positions, mapped, stretch)
    pictures.layout = { mapped, positions }
    return all
  },

  async labels({ x, y, sizes }) {
    const { vocabulary } = heldModel()
    const labels = Array.from({ length: Math.min(x.length, LABELLED) }, (_, i) => ({
      text: labelText(vocabulary.word(i)),
      fontSize: sizes[i],
      x: x[i] * UNIT,
      y: y[i] * UNIT,
    }))
    const { least, ratio, count } = LABEL_SCALES
    const scales = geometric(least, ratio, count)
    return labelScales(labels, { scales, shrinkage: scale => AIRY / scale, most: mostLabels })
  },

  async clusters({ count }) {
    return clusterDirections(wordDirections(heldModel()), count, chance(1))
  },

  async trust({ x, y, placed }, stretch) {
    const { search } = heldModel()
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
  },
}

/** The layout of the most frequent words, told step by step. */
async function laidOut(mapped: number, seed: number, stretch: Stretch): Promise<Positions> {
  const { search } = heldModel()
  const range = { from: 0, to: mapped, among: mapped, count: NEIGHBORS }
  const lists = await stretched(nearestRows(search, range), stretch, 'Finding true neighbours', mapped)
  const directions = wordDirections(heldModel(), mapped)
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

async function withTheOthers(positions: Positions, mapped: number, stretch: Stretch): Promise<Positions> {
  const { search, size } = heldModel()
  if (size === mapped) return positions
  const range = { from: mapped, to: size, among: mapped, count: PLACING_NEIGHBORS }
  const lists = await stretched(nearestRows(search, range), stretch, 'Placing the other words', size - mapped)
  return joined(positions, placedByNeighbors(lists, positions, chance(4)))
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
