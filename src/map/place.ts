import type { Chance } from './chance.js'
import type { NeighborLists } from './nearest-rows.js'
import { allocatePositions, type Positions } from './positions.js'

const ROUNDS = 6
/** Words whose neighbours stand in one place stand around it, this far in units of half a picture's longer side. */
const AROUND = 0.004

/**
 * Places rows by their nearest neighbours among rows that have places: at the geometric median of those, nearer ones
 * counting more (Weiszfeld 1937). A mean would put a word between two groups into the empty space there.
 */
export function placedByNeighbors(lists: NeighborLists, anchors: Positions, random: Chance): Positions {
  const { count, ids, similarities } = lists
  const size = count > 0 ? ids.length / count : 0
  const placed = allocatePositions(size)
  for (let i = 0; i < size; i++) {
    const near = ids.subarray(i * count, (i + 1) * count)
    const weights = Float64Array.from(similarities.subarray(i * count, (i + 1) * count), weightOf)
    const { x, y } = geometricMedian(near, weights, anchors)
    placed.x[i] = x + (random.uniform() - 0.5) * 2 * AROUND
    placed.y[i] = y + (random.uniform() - 0.5) * 2 * AROUND
  }
  return placed
}

function weightOf(similarity: number): number {
  const positive = Math.max(0.01, similarity)
  return positive * positive
}

function geometricMedian(near: Int32Array, weights: Float64Array, anchors: Positions) {
  let [x, y] = weightedMean(near, weights, anchors)
  for (let round = 0; round < ROUNDS; round++) {
    const pulls = weights.map((weight, j) => {
      const [dx, dy] = [anchors.x[near[j]!]! - x, anchors.y[near[j]!]! - y]
      return weight / Math.max(1e-6, Math.sqrt(dx * dx + dy * dy))
    })
    ;[x, y] = weightedMean(near, pulls, anchors)
  }
  return { x, y }
}

function weightedMean(near: Int32Array, weights: Float64Array, anchors: Positions): [number, number] {
  let [x, y, sum] = [0, 0, 0]
  for (let j = 0; j < near.length; j++) {
    x += weights[j]! * anchors.x[near[j]!]!
    y += weights[j]! * anchors.y[near[j]!]!
    sum += weights[j]!
  }
  return [x / sum, y / sum]
}
