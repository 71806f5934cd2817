import { option, say, WordloomError } from '../errors.js'
import { addScaled, norm } from '../math/index.js'
import { mustBe } from '../options/index.js'
import type { Vocabulary } from '../text/index.js'
import { describe, foundWord, type UnknownWordPolicy, usesSubwords } from './unknown-words.js'
import type { WordVectors } from './word-vectors.js'

const ACTION = 'make sentence vectors'

/** How words weigh: `sif` by `smoothing`, `mean` all the same. */
interface Weighing {
  readonly pooling: 'mean' | 'sif'
  readonly smoothing: number
  readonly common: number
  readonly unknown: UnknownWordPolicy | undefined
}

/** Words with vectors and weights, of which sentences are made. */
export class WeighedWords {
  readonly #vectors: WordVectors
  readonly #unknown: UnknownWordPolicy
  /** What a word weighs by its share of the text. */
  readonly #weigh: (word: string) => number

  /** Throws `usage` for sif without counts, or without dimensions enough for what is taken out. */
  constructor(vectors: WordVectors, weighing: Weighing, counts = vectors.vocabulary) {
    const { unknown } = weighing
    this.#vectors = vectors
    this.#unknown = unknown ?? (usesSubwords(vectors) ? 'subwords' : 'skip')
    usesSubwords(vectors, this.#unknown)
    this.#weigh = weightsFor(vectors, weighing, counts)
  }

  /** Σ weight · vector / number of words that have a vector, as in the paper. */
  pool(tokens: readonly string[]): { vector: Float64Array; known: number } {
    if (!Array.isArray(tokens))
      throw new WordloomError('usage', {
        action: ACTION,
        found: `a sentence is ${describe(tokens)}`,
        expected: 'an array of tokens',
      })
    const vector = new Float64Array(this.#vectors.dimensions)
    let known = 0
    for (const token of tokens) {
      const found = this.#find(token)
      if (!found) continue
      addScaled(vector, this.#weigh(token), found)
      known++
    }
    if (known > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= known
    return { vector, known }
  }

  /** A word of sub-words that were never seen is left out, as fastText leaves it out. */
  #find(token: string): Float32Array | undefined {
    const isMade = this.#unknown === 'subwords' && !this.#vectors.has(token)
    if (!isMade) return foundWord(this.#vectors, token, this.#unknown)?.vector
    const made = this.#vectors.vector(token)
    return made && norm(made) > 0 ? made : undefined
  }
}

/** Words outside the counts have no share of the text, and weigh most. */
function weightsFor(
  { dimensions }: WordVectors,
  { pooling, smoothing, common }: Weighing,
  counts: Vocabulary,
): (word: string) => number {
  if (pooling === 'mean') return () => 1
  if (common > dimensions - 1)
    throw mustBe(
      'common',
      common,
      `a whole number from 0 to ${dimensions - 1}, one less than the dimensions`,
      ACTION,
    )
  if (counts.tokens === 0)
    throw new WordloomError('usage', {
      action: ACTION,
      found: 'these vectors came without counts of their words',
      expected: say`counts, which ${option('pooling', 'sif')} weighs words by`,
      cure: say`give a vocabulary with counts, or ${option('pooling', 'mean')}`,
    })
  return word => {
    const id = counts.idOf(word)
    return smoothing / (smoothing + (id === undefined ? 0 : counts.counts[id]! / counts.tokens))
  }
}
