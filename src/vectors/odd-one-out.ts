import { WordloomError } from '../errors.js'
import { addScaled, dot } from '../math/vector.js'
import { idOf } from './query.js'
import type { WordVectors } from './word-vectors.js'

/** The word whose direction is farthest from the mean of all their directions; of equals the first. */
export function oddOneOut(vectors: WordVectors, words: readonly string[]): string {
  if (words.length < 3)
    throw new WordloomError('usage', `the odd one out needs at least 3 words, and there are ${words.length}`)
  const directions = words.map(word => vectors.search.direction(idOf(vectors, word)))
  const mean = new Float64Array(vectors.dimensions)
  for (const direction of directions) addScaled(mean, 1 / words.length, direction)
  const likeness = directions.map(direction => dot(direction, mean))
  return words[likeness.indexOf(Math.min(...likeness))]!
}
