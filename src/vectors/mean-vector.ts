import { WordloomError } from '../errors.js'
import { addScaled, cosine, norm } from '../math/index.js'
import { checkArray } from '../options/index.js'
import type { QueriedVectors } from './queried-vectors.js'
import { resolve, type Term } from './query.js'
import { foundWords, type UnknownWordOption } from './unknown-words.js'

export interface MeanVectorOptions extends UnknownWordOption {
  /** Whether each word's vector counts with length 1 (default) or as it is; vectors count as they are. */
  preNormalize?: boolean
  /** Whether the mean is given length 1; no, if not given. */
  postNormalize?: boolean
}

/**
 * Σ weight · vector / Σ |weight|; zeros if all words are skipped. Throws `unknown-word` and `usage`, also
 * for no terms at all.
 */
export function meanVector(
  vectors: QueriedVectors,
  terms: readonly Term[],
  { preNormalize = true, postNormalize = false, unknown }: MeanVectorOptions = {},
): Float32Array {
  const sum = new Float64Array(vectors.dimensions)
  let weights = 0
  for (const { vector, weight, word } of resolve(vectors, { positive: terms }, { unknown })) {
    addScaled(sum, weight, word === undefined || preNormalize ? vector : word.vector)
    weights += Math.abs(weight)
  }
  const divisor = postNormalize ? norm(sum) : weights
  return Float32Array.from(sum, x => (divisor > 0 ? x / divisor : 0))
}

/** The cosine between the means of two groups of words, whose vectors count as they are. */
export function nSimilarity(
  vectors: QueriedVectors,
  words: readonly string[],
  others: readonly string[],
  options: UnknownWordOption = {},
): number {
  const [a, b] = [words, others].map(group => {
    checkArray(group, 'words', 'two arrays of words', 'compare the groups')
    if (group.length === 0)
      throw new WordloomError('usage', {
        action: 'compare the groups',
        found: 'a group of words is empty',
        expected: 'at least one word on each side',
      })
    const mean = new Float64Array(vectors.dimensions)
    for (const { vector } of foundWords(vectors, group, options)) addScaled(mean, 1, vector)
    return mean
  })
  return cosine(a!, b!)
}
