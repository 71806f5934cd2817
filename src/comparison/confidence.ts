import { WordloomError } from '../errors.js'
import { checkArray } from '../options/index.js'
import type { NearestOptions, Query, WordVectors } from '../vectors/index.js'

/** A neighbour that some of several models agree on. */
export interface ConfidentNeighbor {
  word: string
  /** The mean over the models that know the word, and the least and the greatest. */
  similarity: number
  least: number
  greatest: number
  /** In how many models it is one of the nearest, of how many there are. */
  found: number
  models: number
}

/**
 * The nearest words by several models of the same text (from several seeds, or several samples of its
 * sentences), each model answering for itself: first those that most models find, then those of greatest
 * mean similarity. The query is made of words: vectors mean nothing in another model. Throws `unknown-word`
 * and `usage`.
 */
export function confidentNeighbors(
  models: readonly WordVectors[],
  query: Exclude<Query, Float32Array>,
  options: NearestOptions = {},
): ConfidentNeighbor[] {
  checkArray(models, 'models', 'an array of WordVectors', 'measure the confidence')
  if (models.length < 2)
    throw new WordloomError('usage', {
      action: 'measure the confidence',
      found: models.length === 1 ? 'there is 1 model' : `there are ${models.length} models`,
      expected: 'at least 2',
    })
  const { count = 10 } = options
  const nearest = models.map(vectors => vectors.nearest(query, options).map(({ word }) => word))
  const candidates = [...new Set(nearest.flat())]
  if (candidates.length === 0) return []
  const similarities = models.map(vectors => similaritiesOf(vectors, query, candidates, options))
  return candidates
    .map(word => agreement(word, nearest, similarities))
    .sort((a, b) => b.found - a.found || b.similarity - a.similarity)
    .slice(0, count)
}

/**
 * The similarity of each candidate in one model, without the threshold: that has chosen the candidates, and a model
 * that finds one less similar still counts.
 */
function similaritiesOf(
  vectors: WordVectors,
  query: Query,
  candidates: readonly string[],
  options: NearestOptions,
): ReadonlyMap<string, number> {
  const asked = { among: candidates, count: candidates.length, threshold: Number.NEGATIVE_INFINITY }
  const found = vectors.nearest(query, { ...options, ...asked })
  return new Map(found.map(({ word, similarity }) => [word, similarity]))
}

/** The mean, least and greatest similarity of a word over the models that know it. */
function agreement(
  word: string,
  nearest: readonly (readonly string[])[],
  similarities: readonly ReadonlyMap<string, number>[],
): ConfidentNeighbor {
  const known = similarities.flatMap(byWord => byWord.get(word) ?? [])
  return {
    word,
    similarity: known.reduce((sum, similarity) => sum + similarity, 0) / known.length,
    least: Math.min(...known),
    greatest: Math.max(...known),
    found: nearest.filter(words => words.includes(word)).length,
    models: nearest.length,
  }
}
