import { WordloomError } from '../errors.js'
import { addScaled, cosine, dot } from '../math/index.js'
import type { Neighbor } from './neighbor.js'
import type { QueriedVectors } from './queried-vectors.js'
import { foundWords, type UnknownWordOption } from './unknown-words.js'

/** The words by the cosine to the mean of all their directions, the most central first; of equals the first. */
export function centrality(
  vectors: QueriedVectors,
  words: readonly string[],
  options: UnknownWordOption = {},
): Neighbor[] {
  return toTheMean(vectors, words, options, 1).sort((a, b) => b.similarity - a.similarity)
}

/** The word whose direction is farthest from the mean of all their directions; of equals the first. */
export function oddOneOut(
  vectors: QueriedVectors,
  words: readonly string[],
  options: UnknownWordOption = {},
): string {
  const found = toTheMean(vectors, words, options, 3)
  return found.reduce((odd, one) => (one.similarity < odd.similarity ? one : odd)).word
}

function toTheMean(
  vectors: QueriedVectors,
  words: readonly string[],
  options: UnknownWordOption,
  fewest: number,
): Neighbor[] {
  const found = foundWords(vectors, words, options)
  if (found.length < fewest)
    throw new WordloomError('usage', {
      action: 'compare the words',
      found: found.length === 1 ? 'there is 1 known word' : `there are ${found.length} known words`,
      expected: `at least ${fewest}`,
    })
  const directions = found.map(({ direction }) => direction)
  const mean = new Float64Array(vectors.dimensions)
  for (const direction of directions) addScaled(mean, 1 / found.length, direction)
  return found.map(({ word }, i) => ({
    word,
    similarity: dot(mean, mean) > 0 ? cosine(directions[i]!, mean) : 0,
  }))
}
