import { UMAP } from 'umap-js'
import type { Random } from '../math/random.js'
import { dot, meanOf, neighborsOf, type Similarities } from './neighbors.js'

/** A place on the plane. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Neighbors by which UMAP lays out a word; fewer show smaller groups, more the large order. */
const NEIGHBORS = 12
const EPOCHS = 400
/** Below this many words a neighborhood is most of the map, and the two main axes say as much. */
const FEWEST_FOR_UMAP = NEIGHBORS + 1
/** The first layout spans −10 … 10, as UMAP's own does. */
const FIRST_SPAN = 10

/**
 * A flat layout of unit rows in which near words stay near (UMAP, McInnes 2018), on no particular scale. It starts from
 * the two main axes and not from chance, so that the large order is kept and little depends on the seed.
 */
export function project(rows: readonly Float32Array[], similarities: Similarities, random: Random): Point[] {
  const flat = mainAxes(rows, random)
  if (rows.length < FEWEST_FOR_UMAP) return flat
  const umap = new UMAP({
    nNeighbors: NEIGHBORS,
    nEpochs: EPOCHS,
    minDist: 0.35,
    spread: 1.4,
    random: () => random.uniform(),
  })
  const nearest = rows.map((_, i) => neighborsOf(similarities, i, NEIGHBORS - 1))
  umap.setPrecomputedKNN(
    nearest.map((near, i) => [i, ...near.map(neighbor => neighbor.index)]),
    nearest.map(near => [0, ...near.map(neighbor => Math.max(0, 1 - neighbor.similarity))]),
  )
  umap.initializeFit(rows.map(row => [...row]))
  umap.getEmbedding().forEach((point, i) => {
    point[0] = flat[i]!.x
    point[1] = flat[i]!.y
  })
  for (let epoch = 0; epoch < EPOCHS; epoch++) umap.step()
  return umap.getEmbedding().map(([x, y]) => ({ x: x!, y: y! }))
}

/** Coordinates on the two directions in which the rows differ most, with a little chance to part equal rows. */
function mainAxes(rows: readonly Float32Array[], random: Random): Point[] {
  const mean = meanOf(rows)
  const centered = rows.map(row => row.map((value, i) => value - mean[i]!))
  const first = mainAxis(centered, random)
  const second = mainAxis(
    centered.map(row => without(row, first)),
    random,
  )
  const along = (axis: Float32Array) =>
    spanned(
      centered.map(row => dot(row, axis)),
      random,
    )
  const [x, y] = [along(first), along(second)]
  return rows.map((_, i) => ({ x: x[i]!, y: y[i]! }))
}

/** The direction of greatest variance by power iteration; zero where all rows are. */
function mainAxis(rows: readonly Float32Array[], random: Random): Float32Array {
  let axis = Float32Array.from(rows[0]!, () => random.uniform() - 0.5)
  for (let round = 0; round < 50; round++) {
    const next = new Float32Array(axis.length)
    for (const row of rows) {
      const along = dot(row, axis)
      for (let i = 0; i < next.length; i++) next[i]! += along * row[i]!
    }
    const length = Math.sqrt(dot(next, next))
    if (!(length > 0)) return next.fill(0)
    axis = next.map(value => value / length)
  }
  return axis
}

function without(row: Float32Array, axis: Float32Array): Float32Array {
  const along = dot(row, axis)
  return row.map((value, i) => value - along * axis[i]!)
}

function spanned(values: readonly number[], random: Random): number[] {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  return values.map(value => (value / greatest) * FIRST_SPAN + (random.uniform() - 0.5) * 0.1)
}
