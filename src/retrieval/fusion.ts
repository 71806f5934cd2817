import { TopK } from '../math/index.js'
import type { Scored } from './words-index.js'

/** How little the first ranks stand out (Cormack, Clarke and Büttcher 2009). */
const RANK_CONSTANT = 60

/** Joins lists, each best first, by Σ 1 / (60 + rank). */
export function byReciprocalRanks(lists: readonly (readonly Scored[])[], count: number): Scored[] {
  const sums = new Map<number, number>()
  for (const list of lists)
    for (const [i, { id }] of list.entries()) sums.set(id, (sums.get(id) ?? 0) + 1 / (RANK_CONSTANT + i + 1))
  return best(sums, count)
}

/** Documents found by their words, by their vectors, and what each of them scores both ways. */
export interface BothWays {
  readonly text: readonly Scored[]
  readonly vector: readonly Scored[]
  readonly relevanceOf: (document: number) => number
  readonly cosineOf: (document: number) => number
  /** Weight of the cosine. */
  readonly share: number
}

/** Joins both lists by (1 − share) · BM25 / the best BM25 + share · cosine, which each document of one list has, too. */
export function byScores({ text, vector, relevanceOf, cosineOf, share }: BothWays, count: number): Scored[] {
  const most = text[0]?.score ?? 1
  const sums = new Map<number, number>()
  for (const { id } of [...text, ...vector])
    sums.set(id, ((1 - share) * relevanceOf(id)) / most + share * cosineOf(id))
  return best(sums, count)
}

function best(sums: ReadonlyMap<number, number>, count: number): Scored[] {
  const top = new TopK(count)
  for (const [id, sum] of sums) top.offer(sum, id)
  return top.sorted()
}
