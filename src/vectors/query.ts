import { WordloomError } from '../errors.js'
import { addScaled, norm } from '../math/vector.js'
import { unknownWord } from './suggestions.js'
import type { WordVectors } from './word-vectors.js'

/** A word or a vector, alone or with a weight. */
export type Term = string | Float32Array | readonly [term: string | Float32Array, weight: number]

/** Σ positive − Σ negative: each word's vector counts with length 1, vectors count as they are. */
export interface Combination {
  positive: readonly Term[]
  negative?: readonly Term[]
}

export type Query = string | Float32Array | Combination

/** A query as numbers: the direction sought, of length 1 (or 0), and the ids of the words it was made of. */
export interface ResolvedQuery {
  direction: Float32Array
  ids: number[]
}

/** The id of a word. Throws `unknown-word`, with words that are spelled nearly so. */
export function idOf(vectors: WordVectors, word: string): number {
  if (typeof word !== 'string') throw new WordloomError('usage', `a word is a string, not ${describe(word)}`)
  const id = vectors.vocabulary.idOf(word)
  if (id === undefined) throw unknownWord(vectors.vocabulary, word)
  return id
}

export function resolve(vectors: WordVectors, query: Query): ResolvedQuery {
  const terms = weighted(query)
  if (terms.length === 0)
    throw new WordloomError('usage', 'the query is empty; give a word, a vector, or { positive, negative }')
  const sum = new Float64Array(vectors.dimensions)
  const ids: number[] = []
  for (const [term, weight] of terms) {
    if (typeof term === 'string') {
      const id = idOf(vectors, term)
      ids.push(id)
      addScaled(sum, weight, vectors.search.direction(id))
    } else addScaled(sum, weight, checked(term, vectors.dimensions))
  }
  const length = norm(sum)
  return { direction: Float32Array.from(sum, x => (length > 0 ? x / length : 0)), ids }
}

function weighted(query: Query): [string | Float32Array, number][] {
  if (typeof query === 'string' || query instanceof Float32Array) return [[query, 1]]
  const { positive = [], negative = [] } = query ?? {}
  if (!Array.isArray(positive) || !Array.isArray(negative))
    throw new WordloomError('usage', 'positive and negative are arrays of words or vectors')
  return [...positive.map(term => withWeight(term, 1)), ...negative.map(term => withWeight(term, -1))]
}

function withWeight(term: Term, sign: number): [string | Float32Array, number] {
  if (typeof term === 'string' || term instanceof Float32Array) return [term, sign]
  const [what, weight] = Array.isArray(term) ? term : [term, 1]
  if ((typeof what !== 'string' && !(what instanceof Float32Array)) || !Number.isFinite(weight))
    throw new WordloomError(
      'usage',
      `a query is made of words, Float32Arrays or [word, weight], not of ${describe(term)}`,
    )
  return [what, sign * weight]
}

function checked(vector: Float32Array, dimensions: number): Float32Array {
  if (vector.length !== dimensions)
    throw new WordloomError(
      'usage',
      `the query has ${vector.length} numbers and the vectors have ${dimensions}`,
    )
  const wrong = vector.findIndex(x => !Number.isFinite(x))
  if (wrong >= 0)
    throw new WordloomError(
      'usage',
      `number ${wrong} of the query is ${vector[wrong]}; a direction needs finite numbers`,
    )
  return vector
}

function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value
}
