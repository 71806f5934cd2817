import type { Chance } from './chance.js'
import { directionsOf } from './directions.js'
import { alongAxes, mainAxes } from './main-axes.js'
import type { NeighborLists } from './nearest-rows.js'
import { NeighborLayout } from './neighbor-layout.js'
import { neighborsOf, type Similarities } from './neighbors.js'
import type { Point, Positions } from './positions.js'

/** Ways to lay out words on a plane: by the two main axes, or so that near words stay near. */
export const projections = ['pca', 'umap'] as const
export type Projection = (typeof projections)[number]

/** Neighbors by which UMAP lays out a word; fewer show smaller groups, more the large order. */
const NEIGHBORS = 12
/** Below this many words a neighborhood is most of the map, and the two main axes say as much. */
const FEWEST_FOR_UMAP = NEIGHBORS + 1
const LAYOUT = { epochs: 400, minDist: 0.35, spread: 1.4 }
/** Chance parts equal rows on the main axes; a thousandth of their span. */
const JITTER = 1e-3

/** A flat layout of unit rows, on no particular scale. */
export function project(
  rows: readonly Float32Array[],
  similarities: Similarities,
  random: Chance,
  projection: Projection,
): Point[] {
  const directions = directionsOf(rows)
  const flat = alongAxes(directions, mainAxes(directions, random))
  if (projection === 'pca' || rows.length < FEWEST_FOR_UMAP) return pointsOf(parted(flat, random))
  const layout = new NeighborLayout(listsOf(similarities), flat, random, LAYOUT)
  while (!layout.isDone) layout.step()
  return pointsOf(layout.positions())
}

function listsOf(similarities: Similarities): NeighborLists {
  const count = NEIGHBORS - 1
  const lists = {
    count,
    ids: new Int32Array(similarities.size * count),
    similarities: new Float32Array(similarities.size * count),
  }
  for (let i = 0; i < similarities.size; i++)
    neighborsOf(similarities, i, count).forEach(({ index, similarity }, place) => {
      lists.ids[i * count + place] = index
      lists.similarities[i * count + place] = similarity
    })
  return lists
}

function parted({ x, y }: Positions, random: Chance): Positions {
  const moved = (values: Float32Array) => {
    const span = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
    return values.map(value => value + span * JITTER * (random.uniform() - 0.5))
  }
  return { x: moved(x), y: moved(y) }
}

function pointsOf({ x, y }: Positions): Point[] {
  return Array.from(x, (value, i) => ({ x: value, y: y[i]! }))
}
