import { exp, log } from '../math/index.js'
import type { NeighborLists } from './nearest-rows.js'

/** Pairs of near rows, each in both directions: the one that moves, the other, and how near they are, 0 to 1. */
export interface NeighborGraph {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly nearness: Float64Array
}

const MOST_ROUNDS = 64
/** A reach stands once the sum of nearness is as near to what it should be. */
const TOLERANCE = 1e-5
/** The least reach of a row, as a share of the mean distance. */
const LEAST_REACH = 1e-3

interface Neighbor {
  readonly id: number
  readonly nearness: number
}

/**
 * The fuzzy graph of UMAP (McInnes, Healy and Melville 2018, section 3.1): a row's nearest neighbour is as near as can
 * be, the others by how much farther they are, measured so that each row has about as many neighbours. Two rows are near
 * if either finds the other near: u + v − uv.
 */
export function neighborGraph(lists: NeighborLists): NeighborGraph {
  const rows = joined(directed(lists))
  const size = rows.reduce((sum, { length }) => sum + length, 0)
  const graph = {
    from: new Int32Array(size),
    to: new Int32Array(size),
    nearness: new Float64Array(size),
  }
  let edge = 0
  for (const [i, neighbors] of rows.entries())
    for (const { id, nearness } of neighbors.sort((one, other) => one.id - other.id)) {
      graph.from[edge] = i
      graph.to[edge] = id
      graph.nearness[edge++] = nearness
    }
  return graph
}

/** How near each row finds its neighbours. */
function directed({ count, ids, similarities }: NeighborLists): Map<number, number>[] {
  const distances = Float64Array.from(similarities, similarity => Math.max(0, 1 - similarity))
  const mean = meanOf(distances)
  return Array.from({ length: ids.length / count }, (_, i) => {
    const own = distances.subarray(i * count, (i + 1) * count)
    const nearest = own.reduce((least, d) => (d > 0 && d < least ? d : least), Number.POSITIVE_INFINITY)
    const offset = Number.isFinite(nearest) ? nearest : 0
    const least = LEAST_REACH * (offset > 0 ? meanOf(own) : mean)
    const reach = Math.max(least, reachOf(own, offset))
    return new Map(Array.from(own, (d, j) => [ids[i * count + j]!, nearnessOf(d - offset, reach)]))
  })
}

/** By bisection, so that nearness sums to the logarithm of how many there are, with the row itself. */
function reachOf(distances: Float64Array, offset: number): number {
  const wanted = log(distances.length + 1) / log(2)
  let [low, high, reach] = [0, Number.POSITIVE_INFINITY, 1]
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = distances.reduce((sum, d) => sum + nearnessOf(d - offset, reach), 0)
    if (Math.abs(found - wanted) < TOLERANCE) break
    if (found > wanted) high = reach
    else low = reach
    reach = high === Number.POSITIVE_INFINITY ? reach * 2 : (low + high) / 2
  }
  return reach
}

function nearnessOf(farther: number, reach: number): number {
  return farther > 0 ? exp(-farther / reach) : 1
}

function joined(found: readonly Map<number, number>[]): Neighbor[][] {
  const rows: Neighbor[][] = found.map(() => [])
  for (const [i, neighbors] of found.entries())
    for (const [id, there] of neighbors) {
      const back = found[id]!.get(i)
      const nearness = back === undefined ? there : there + back - there * back
      rows[i]!.push({ id, nearness })
      if (back === undefined) rows[id]!.push({ id: i, nearness })
    }
  return rows
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length + 1) // with the row itself, at no distance
}
