import { type NearestOptions, nearestBatch } from './nearest.js'
import type { Neighbor } from './neighbor.js'
import type { QueriedVectors } from './queried-vectors.js'
import { foundWords } from './unknown-words.js'

/**
 * The words that are to c as b is to a, best first. An analogy of which a word is unknown and skipped would
 * be another question, and has no answers.
 */
export function analogy(
  vectors: QueriedVectors,
  [a, b, c]: readonly [string, string, string],
  options: NearestOptions = {},
): Neighbor[] {
  const isWhole = foundWords(vectors, [a, b, c], options).length === 3
  const found = nearestBatch(vectors, [{ positive: [b, c], negative: [a] }], options)[0]!
  return isWhole ? found : []
}
