import type { Ranked } from '../scan/index.js'
import type { NearestOptions, Neighbor, Query, WordVectors } from '../vectors/index.js'
import {
  type AnswersWanted,
  answersWanted,
  BestAnswers,
  directionOf,
  optionsOf,
  type ResolvedTerm,
  resolve,
} from '../vectors/inner.js'

/** Gives for each direction of length 1 at least `count` rows of the first `limit` that may be the nearest. */
export type FindCandidates = (
  directions: readonly Float32Array[],
  count: number,
  limit: number,
) => Promise<readonly Pick<Ranked, 'ids'>[]>

/**
 * Answers queries from candidates, whose cosines are computed again in float32: what all indexes have in common.
 * Products of cosines (`method: 'multiply'`) have no candidates; all rows are scored for them.
 */
export async function answerFrom(
  find: FindCandidates,
  vectors: WordVectors,
  queries: readonly Query[],
  given: NearestOptions | number = {},
): Promise<Neighbor[][]> {
  const options = optionsOf(given)
  if (options.method !== undefined && options.method !== 'add') return vectors.nearestBatch(queries, options)
  const wanted = answersWanted(vectors, options)
  const resolved = queries.map(query => resolve(vectors, query, options))
  const directions = resolved.map(terms => directionOf(terms, vectors.dimensions))
  const candidates = await candidatesFor(find, directions, resolved, wanted)
  return resolved.map((terms, q) => {
    const best = new BestAnswers(terms, wanted)
    for (const id of candidates[q]!) best.offer(vectors.search.score([directions[q]!], id, id + 1)[0]!, id)
    return best.cosines(vectors)
  })
}

/** Ids for each query, rising. */
async function candidatesFor(
  find: FindCandidates,
  directions: readonly Float32Array[],
  terms: readonly (readonly ResolvedTerm[])[],
  { count, limit, excluded, among }: AnswersWanted,
): Promise<Iterable<number>[]> {
  if (among) {
    const ids = [...among].filter(id => id < limit).sort((a, b) => a - b)
    return directions.map(() => ids)
  }
  const own = Math.max(0, ...terms.map(ofQuery => ofQuery.length))
  const found = await find(directions, Math.min(limit, count + own + excluded.size), limit)
  return found.map(({ ids }) => ids.slice().sort())
}
