import { UMAP } from 'umap-js'
import type { Chance } from './chance.js'
import type { NeighborLists } from './nearest-rows.js'
import { allocatePositions, type Positions } from './positions.js'

export interface LayoutOptions {
  readonly epochs: number
  /** How close words may come, and how far a group spreads, in units of the layout. */
  readonly minDist: number
  readonly spread: number
}

/** The first layout spans −10 … 10, as UMAP's own does. */
const FIRST_SPAN = 10
/** Chance parts words that would start in one place. */
const JITTER = 0.1

/**
 * A flat layout in which near words stay near (UMAP, McInnes 2018), made step by step from lists of nearest neighbours.
 * It starts from given places and not from chance, so that the large order is kept and little depends on the seed.
 */
export class NeighborLayout {
  readonly epochs: number
  epoch = 0
  readonly #umap: UMAP

  constructor(
    lists: NeighborLists,
    start: Positions,
    random: Chance,
    { epochs, minDist, spread }: LayoutOptions,
  ) {
    this.epochs = epochs
    this.#umap = new UMAP({
      nNeighbors: lists.count + 1,
      nEpochs: epochs,
      minDist,
      spread,
      random: () => random.uniform(),
      distanceFn: () => 0, // distances come with the neighbours
    })
    const { ids, distances } = withThemselves(lists)
    this.#umap.setPrecomputedKNN(ids, distances)
    this.#umap.initializeFit(ids)
    const [x, y] = [spanned(start.x, random), spanned(start.y, random)]
    this.#umap.getEmbedding().forEach((point, i) => {
      point[0] = x[i]!
      point[1] = y[i]!
    })
  }

  get isDone(): boolean {
    return this.epoch >= this.epochs
  }

  step(): void {
    this.#umap.step()
    this.epoch++
  }

  positions(): Positions {
    const points = this.#umap.getEmbedding()
    const positions = allocatePositions(points.length)
    points.forEach((point, i) => {
      positions.x[i] = point[0]!
      positions.y[i] = point[1]!
    })
    return positions
  }
}

/** UMAP wants each row to be its own first neighbour, and distances. */
function withThemselves({ count, ids, similarities }: NeighborLists) {
  const rows = Array.from({ length: ids.length / count }, (_, i) => i)
  const part = (i: number) => [i * count, (i + 1) * count] as const
  return {
    ids: rows.map(i => [i, ...ids.subarray(...part(i))]),
    distances: rows.map(i => [
      0,
      ...Array.from(similarities.subarray(...part(i)), similarity => Math.max(0, 1 - similarity)),
    ]),
  }
}

function spanned(values: Float32Array, random: Chance): Float64Array {
  let greatest = 0
  for (const value of values) greatest = Math.max(greatest, Math.abs(value))
  return Float64Array.from(
    values,
    value => (value / (greatest || 1)) * FIRST_SPAN + (random.uniform() - 0.5) * JITTER,
  )
}
