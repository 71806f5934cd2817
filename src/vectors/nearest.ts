import { WordloomError } from '../errors.js'
import { QUERIES_AT_ONCE } from '../math/search.js'
import { TopK } from '../math/top-k.js'
import { type Query, type ResolvedQuery, resolve } from './query.js'
import type { Neighbor, WordVectors } from './word-vectors.js'

export interface NearestOptions {
  /** How many answers, 10 if not given; there are fewer where the vocabulary is that small. */
  count?: number
  /** Only the `limit` most frequent words are answers. */
  limit?: number
  /** Words that are not answers either; unknown ones do no harm. */
  exclude?: Iterable<string>
}

/** For each query its nearest words, best first. */
export function nearestBatch(
  vectors: WordVectors,
  queries: readonly Query[],
  options: NearestOptions = {},
): Neighbor[][] {
  const answers = answersWanted(vectors, options)
  const resolved = queries.map(query => resolve(vectors, query))
  const found: Neighbor[][] = []
  for (let q = 0; q < resolved.length; q += QUERIES_AT_ONCE)
    found.push(...nearestFew(vectors, resolved.slice(q, q + QUERIES_AT_ONCE), answers))
  return found
}

/** What options of a search come to, checked. */
export interface AnswersWanted {
  count: number
  limit: number
  excluded: readonly number[]
}

export function answersWanted(
  vectors: WordVectors,
  { count = 10, limit = vectors.size, exclude = [] }: NearestOptions,
): AnswersWanted {
  checkCount('count', count)
  checkCount('limit', limit, vectors.size)
  const excluded = [...exclude].flatMap(word => vectors.vocabulary.idOf(word) ?? [])
  return { count, limit: Math.min(limit, vectors.size), excluded }
}

/** Offers scores of rows first, first + 1, … except the excluded ones. */
export function offerAll(
  top: TopK,
  scores: ArrayLike<number>,
  first: number,
  excluded: ReadonlySet<number>,
): void {
  let threshold = top.threshold
  for (let i = 0; i < scores.length; i++)
    if (scores[i]! > threshold && !excluded.has(first + i)) {
      top.offer(scores[i]!, first + i)
      threshold = top.threshold
    }
}

export function neighborsOf(vectors: WordVectors, top: TopK): Neighbor[] {
  return top.sorted().map(({ id, score }) => ({ word: vectors.vocabulary.word(id), similarity: score }))
}

function nearestFew(
  vectors: WordVectors,
  queries: readonly ResolvedQuery[],
  { count, limit, excluded }: AnswersWanted,
): Neighbor[][] {
  const tops = queries.map(() => new TopK(count))
  const without = queries.map(query => new Set([...excluded, ...query.ids]))
  vectors.search.scan(
    queries.map(query => query.direction),
    limit,
    (scores, first) => {
      for (const [q, top] of tops.entries()) offerAll(top, scores[q]!, first, without[q]!)
    },
  )
  return tops.map(top => neighborsOf(vectors, top).map(asCosine))
}

/** Rounding can leave a cosine a hair outside its range. */
function asCosine({ word, similarity }: Neighbor): Neighbor {
  return { word, similarity: Math.max(-1, Math.min(1, similarity)) }
}

function checkCount(name: string, value: number, unlimited?: number): void {
  if ((Number.isSafeInteger(value) && value >= 1) || value === unlimited) return
  throw new WordloomError('usage', `${name} must be a whole number from 1, not ${String(value)}`)
}
