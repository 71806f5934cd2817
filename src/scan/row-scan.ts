import { TopK } from '../math/index.js'
import { QUERIES_PLACED } from './query-groups.js'
import type { ScoredRows } from './search-matrix.js'
import { ROWS_AT_ONCE } from './search-memory.js'

/** Rows that stay in a core's cache while all queries pass over them. */
const CACHED_BYTES = 3 << 17
/** Rows that a thread takes at a time: many enough that taking costs nothing, few enough that all end together. */
const STRETCH = 1 << 13

/** The rows found for one query, best first: of equal scores the lower id. */
export interface Ranked {
  readonly ids: Int32Array
  readonly scores: Float64Array
}

/**
 * Scores queries against the rows of a range, some queries and a block of rows at a time: `visit` is given the scores
 * of queries `query`, `query` + 1, … for rows `first`, `first` + 1, …, good until it returns.
 */
export function scanBlocks(
  rows: ScoredRows,
  queries: readonly Float32Array[],
  { from, to }: { from: number; to: number },
  visit: (scores: readonly Float32Array[], first: number, query: number) => void,
): void {
  for (let q = 0; q < queries.length; q += QUERIES_PLACED) {
    const groups = rows.place(queries.slice(q, q + QUERIES_PLACED))
    const block = groups.length > 1 ? cachedRows(rows) : ROWS_AT_ONCE
    for (let first = from; first < to; first += block)
      for (const group of groups)
        visit(rows.scorePlaced(group, first, Math.min(first + block, to)), first, q + group.first)
  }
}

/**
 * The `count` best rows of the first `limit` for each query. `next` is a counter that threads with the same
 * request share: each takes stretches of rows from it until none is left, and gives what it found in its own.
 */
export function scanRows(
  rows: ScoredRows,
  queries: readonly Float32Array[],
  count: number,
  limit: number,
  next: Int32Array = new Int32Array(1),
): Ranked[] {
  const tops = queries.map(() => new TopK(count))
  for (;;) {
    const first = Atomics.add(next, 0, 1) * STRETCH
    if (first >= limit) return tops.map(ranked)
    const range = { from: first, to: Math.min(first + STRETCH, limit) }
    scanBlocks(rows, queries, range, (scores, block, query) => {
      for (const [q, ofQuery] of scores.entries()) offerAbove(tops[query + q]!, rows, ofQuery, block)
    })
  }
}

/** Offers the scores that `rows` just gave for rows first, first + 1, … and that can enter, but for that of `itself`. */
export function offerAbove(
  top: TopK,
  rows: ScoredRows,
  scores: Float32Array,
  first: number,
  itself = -1,
): void {
  const next = (start: number) => rows.firstAbove(scores, start, top.threshold)
  for (let i = next(0); i < scores.length; i = next(i + 1))
    if (first + i !== itself) top.offer(scores[i]!, first + i)
}

/** The best of what threads found. */
export function mergeRanked(found: readonly (readonly Ranked[])[], count: number): Ranked[] {
  if (found.length === 1) return [...found[0]!]
  return found[0]!.map((_, q) => {
    const top = new TopK(count)
    for (const ofThread of found) {
      const { ids, scores } = ofThread[q]!
      for (let i = 0; i < ids.length; i++) top.offer(scores[i]!, ids[i]!)
    }
    return ranked(top)
  })
}

function cachedRows({ rowBytes }: ScoredRows): number {
  return Math.max(16, Math.min(ROWS_AT_ONCE, Math.floor(CACHED_BYTES / rowBytes)))
}

function ranked(top: TopK): Ranked {
  const found = top.sorted()
  return {
    ids: Int32Array.from(found, ({ id }) => id),
    scores: Float64Array.from(found, ({ score }) => score),
  }
}
