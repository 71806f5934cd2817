import { TopK } from '../math/index.js'
import { offerAbove, QUERIES_PLACED, type SearchMatrix, scanBlocks } from '../scan/index.js'
import type { Directions } from './directions.js'

/** The nearest rows of many, `count` a row, nearest first: those of the i-th stand at i · count. */
export interface NeighborLists {
  readonly count: number
  readonly ids: Int32Array
  readonly similarities: Float32Array
}

export interface RowRange {
  readonly from: number
  readonly to: number
  /** Neighbours are looked for among the first `among` rows. */
  readonly among: number
  readonly count: number
  /** Whose rows [from, to) are, if they are not those of the matrix itself; then none is left out. */
  readonly of?: Directions
}

/**
 * The exact nearest neighbours of rows [from, to), the row itself left out; there are fewer than wanted if `among`
 * is that small. Yields how many rows are done, so that the caller can show it, breathe, or stop.
 */
export function* nearestRows(
  search: SearchMatrix,
  { from, to, among, count: wanted, of }: RowRange,
): Generator<number, NeighborLists> {
  const count = Math.max(0, Math.min(wanted, of ? among : among - 1))
  const directionTo = (id: number) => (of ?? search).direction(id)
  const ids = new Int32Array((to - from) * count)
  const similarities = new Float32Array((to - from) * count)
  for (let first = from; first < to; first += QUERIES_PLACED) {
    const queries = Array.from({ length: Math.min(QUERIES_PLACED, to - first) }, (_, q) => first + q)
    const directions = queries.map(directionTo)
    const itself = of ? [] : queries
    nearestFew(search, directions, itself, { among, count }).forEach((top, q) => {
      top.sorted().forEach(({ id, score }, place) => {
        ids[(first - from + q) * count + place] = id
        similarities[(first - from + q) * count + place] = Math.max(-1, Math.min(1, score))
      })
    })
    yield Math.min(to, first + QUERIES_PLACED) - from
  }
  return { count, ids, similarities }
}

/** The cosines of a row to the first rows, as many as `target` has room for. */
export function similaritiesTo(search: SearchMatrix, id: number, target: Float32Array): Float32Array {
  const range = { from: 0, to: target.length }
  scanBlocks(search, [search.direction(id)], range, ([scores], first) => target.set(scores!, first))
  return target
}

function nearestFew(
  search: SearchMatrix,
  directions: readonly Float32Array[],
  itself: readonly number[],
  { among, count }: Pick<RowRange, 'among' | 'count'>,
): TopK[] {
  const tops = directions.map(() => new TopK(count))
  scanBlocks(search, directions, { from: 0, to: among }, (scores, first, query) => {
    for (const [q, ofQuery] of scores.entries())
      offerAbove(tops[query + q]!, search, ofQuery, first, itself[query + q])
  })
  return tops
}
