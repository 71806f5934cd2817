import { ROWS_AT_ONCE } from '../../scan/index.js'
import type { Combination, NearestOptions, Neighbor, WordVectors } from '../../vectors/index.js'
import { answersWanted, BestAnswers, resolve, scanProducts } from '../../vectors/inner.js'
import { breath } from './breath.js'
import type { Asker } from './scans.js'

/** `nearest` by products of cosines, for which there is no index: a block of rows between two turns of others. */
export async function nearestByProduct(
  vectors: WordVectors,
  query: Combination,
  options: NearestOptions,
  { who, signal }: Asker,
): Promise<Neighbor[]> {
  const wanted = answersWanted(vectors, options)
  const terms = resolve(vectors, query, options)
  const best = new BestAnswers(terms, wanted)
  for (let from = 0; from < wanted.limit; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, wanted.limit)
    scanProducts(vectors.search, terms, { from, to }, (scores, first) => best.offer(scores, first))
    await breath(who)
    signal?.throwIfAborted()
  }
  return best.neighbors(vectors)
}
