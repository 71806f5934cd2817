import { WordloomError } from '../errors.js'
import { addScaled, norm } from '../math/index.js'
import type { QueriedVectors } from './queried-vectors.js'
import { describe, type FoundWord, foundWord, type UnknownWordOption } from './unknown-words.js'

/** A word or a vector, alone or with a weight. */
export type Term = string | Float32Array | readonly [term: string | Float32Array, weight: number]

/** Σ positive − Σ negative: each word's vector counts with length 1, vectors count as they are. */
export interface Combination {
  positive: readonly Term[]
  negative?: readonly Term[]
}

export type Query = string | Float32Array | Combination

/** A term as numbers: a word's direction of length 1, or a vector as it is. */
export interface ResolvedTerm {
  vector: Float32Array
  weight: number
  /** Where the term is a word. */
  word?: FoundWord
}

/** The terms of a query, without words that are unknown and skipped. Throws `unknown-word` and `usage`. */
export function resolve(
  vectors: QueriedVectors,
  query: Query,
  { unknown }: UnknownWordOption = {},
): ResolvedTerm[] {
  const terms = weighted(query)
  if (terms.length === 0)
    throw new WordloomError('usage', {
      action: 'search',
      found: 'the query is empty',
      expected: 'a word, a vector, or { positive, negative }',
    })
  return terms.flatMap(([term, weight]): ResolvedTerm | [] => {
    if (typeof term !== 'string') return { vector: checked(term, vectors.dimensions), weight }
    const found = foundWord(vectors, term, unknown)
    return found === undefined ? [] : { vector: found.direction, weight, word: found }
  })
}

/** Where the weighted sum of the terms points, with length 1 (or 0). */
export function directionOf(terms: readonly ResolvedTerm[], dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions)
  for (const { vector, weight } of terms) addScaled(sum, weight, vector)
  const length = norm(sum)
  return Float32Array.from(sum, x => (length > 0 ? x / length : 0))
}

function weighted(query: Query): [string | Float32Array, number][] {
  if (typeof query === 'string' || isFloat32(query)) return [[query, 1]]
  if (Array.isArray(query) || ArrayBuffer.isView(query)) throw notOneQuery(query)
  const { positive = [], negative = [] } = query ?? {}
  if (!Array.isArray(positive) || !Array.isArray(negative))
    throw new WordloomError('usage', {
      action: 'search',
      found: 'positive or negative is not an array',
      expected: 'arrays of words or vectors',
    })
  return [...positive.map(term => withWeight(term, 1)), ...negative.map(term => withWeight(term, -1))]
}

/** What an array may have been meant as. */
function notOneQuery(query: ArrayLike<unknown> | ArrayBufferView): WordloomError {
  const isList = Array.isArray(query)
  const isWords = isList && query.every(term => typeof term === 'string')
  return new WordloomError('usage', {
    action: 'search',
    found: `the query is ${isWords ? 'an array of words' : isList ? 'an array' : `a ${tagOf(query)}`}`,
    expected: 'a word, a Float32Array, or { positive, negative }',
    cure: isWords
      ? 'for their sum give { positive: words }; for a list for each call nearestBatch(words)'
      : 'for a vector give Float32Array.from(numbers)',
  })
}

function withWeight(term: Term, sign: number): [string | Float32Array, number] {
  if (typeof term === 'string' || isFloat32(term)) return [term, sign]
  const [what, weight] = Array.isArray(term) ? term : [term, 1]
  if ((typeof what !== 'string' && !isFloat32(what)) || !Number.isFinite(weight))
    throw new WordloomError('usage', {
      action: 'search',
      found: `a term of the query is ${describe(term)}`,
      expected: 'a word, a Float32Array or [word, weight]',
    })
  return [what, sign * weight]
}

/** Arrays of another realm, such as a test runner's, are of another class. */
export function isFloat32(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value) && tagOf(value) === 'Float32Array'
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
}

function checked(vector: Float32Array, dimensions: number): Float32Array {
  if (vector.length !== dimensions)
    throw new WordloomError('usage', {
      action: 'search',
      found: `the query has ${vector.length} numbers`,
      expected: `${dimensions}, as the vectors have`,
    })
  const wrong = vector.findIndex(x => !Number.isFinite(x))
  if (wrong >= 0)
    throw new WordloomError('usage', {
      action: 'search',
      found: `number ${wrong} of the query is ${vector[wrong]}`,
      expected: 'finite numbers',
    })
  return vector
}
