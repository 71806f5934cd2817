import { option, say, WordloomError } from '../errors.js'
import { addScaled, norm, row } from '../math/index.js'
import { mustBe } from '../options/index.js'
import type { Vocabulary } from '../text/index.js'
import { type TextRules, ZEROS } from './text-rules.js'
import { describe, foundWord, madeOfSubwords, type UnknownWordPolicy, usesSubwords } from './unknown-words.js'
import type { WordVectors } from './word-vectors.js'

const ACTION = 'make sentence vectors'

/**
 * How words weigh: `sif` by `smoothing`, `mean` all the same, `directions` too but at length 1, `model` as the makers of
 * the vectors have it.
 */
interface Weighing {
  readonly pooling: 'mean' | 'directions' | 'sif' | 'model'
  readonly smoothing: number
  readonly common: number
  readonly unknown: UnknownWordPolicy | undefined
}

interface Pooled {
  readonly vector: Float64Array
  readonly known: number
}

/** Words with vectors and weights, of which sentences are made. */
export class WeighedWords {
  readonly #vectors: WordVectors
  readonly #unknown: UnknownWordPolicy
  /** Whether words are taken at length 1, and those without a direction left out. */
  readonly #ofDirections: boolean
  /** What a word weighs by its share of the text. */
  readonly #weigh: (word: string) => number
  /** Those by which texts are encoded. */
  readonly #rules: TextRules | undefined

  /** Throws `usage` for sif without counts, or without dimensions enough for what is taken out. */
  constructor(vectors: WordVectors, weighing: Weighing, counts = vectors.vocabulary) {
    const { unknown, pooling } = weighing
    this.#vectors = vectors
    this.#ofDirections = pooling === 'directions'
    this.#unknown = unknown ?? (usesSubwords(vectors) ? 'subwords' : 'skip')
    usesSubwords(vectors, this.#unknown)
    this.#weigh = weightsFor(vectors, weighing, counts)
    if (pooling === 'model') this.#rules = rulesOf(vectors)
  }

  /** The vector of a sentence, in tokens or as a text that the rules of the vectors cut, and how many tokens are known. */
  pool(sentence: string | readonly string[]): Pooled {
    if (typeof sentence === 'string' && this.#rules) return encoded(this.#vectors, this.#rules, sentence)
    const pooled = this.#poolTokens(typeof sentence === 'string' ? this.#cut(sentence) : sentence)
    if (this.#rules?.hasLengthOne) toLengthOne(pooled.vector)
    return pooled
  }

  #cut(text: string): string[] {
    const { tokenize } = this.#vectors
    if (tokenize) return tokenize(text)
    throw new WordloomError('usage', {
      action: ACTION,
      found: 'a sentence is a text, and these vectors came without rules to cut it',
      expected: 'an array of tokens',
      cure: 'cut it with tokenize of wordloom/text',
    })
  }

  /** Σ weight · vector / number of words that have a vector, as in the paper; or of words that have a direction. */
  #poolTokens(tokens: readonly string[]): Pooled {
    if (!Array.isArray(tokens))
      throw new WordloomError('usage', {
        action: ACTION,
        found: `a sentence is ${describe(tokens)}`,
        expected: this.#vectors.tokenize ? 'a text or an array of tokens' : 'an array of tokens',
      })
    const vector = new Float64Array(this.#vectors.dimensions)
    let known = 0
    for (const token of tokens) {
      const found = this.#find(token)
      if (!found) continue
      const length = this.#ofDirections ? norm(found) : 1
      if (length === 0) continue
      addScaled(vector, this.#weigh(token) / length, found)
      known++
    }
    if (known > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= known
    return { vector, known }
  }

  /** A word of sub-words that were never seen is left out, as fastText leaves it out. */
  #find(token: string): Float32Array | undefined {
    const isMade = this.#unknown === 'subwords' && !this.#vectors.has(token)
    if (!isMade) return foundWord(this.#vectors, token, this.#unknown)?.vector
    return madeOfSubwords(this.#vectors, token)
  }
}

function rulesOf({ textRules }: WordVectors): TextRules {
  if (textRules) return textRules
  throw new WordloomError('usage', {
    action: ACTION,
    found: say`${option('pooling')} is model, and these vectors are not those of a static sentence model`,
    expected: say`${option('pooling', 'sif')} or ${option('pooling', 'mean')}`,
  })
}

/** The mean of the rows of a text's tokens, at length 1 if the makers of the model have it so. */
function encoded({ matrix, dimensions }: WordVectors, rules: TextRules, text: string): Pooled {
  const vector = new Float64Array(dimensions)
  const rows = rules.rowsOf(text)
  let known = 0
  for (const id of rows) {
    if (id === ZEROS) continue
    addScaled(vector, 1, row(matrix, id))
    if (id !== rules.unknown) known++
  }
  if (rows.length > 0) for (let i = 0; i < dimensions; i++) vector[i]! /= rows.length
  if (rules.hasLengthOne) toLengthOne(vector)
  return { vector, known }
}

function toLengthOne(vector: Float64Array): void {
  const length = norm(vector)
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length
}

/** Words outside the counts have no share of the text, and weigh most. */
function weightsFor(
  { dimensions }: WordVectors,
  { pooling, smoothing, common }: Weighing,
  counts: Vocabulary,
): (word: string) => number {
  if (pooling !== 'sif') return () => 1
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
