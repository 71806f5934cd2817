import { cosine, row } from '../math/index.js'
import { checkArray, checkNames } from '../options/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { bootstrap, type Interval, intervalOf } from './bootstrap.js'
import { pearson, resampledSpearman, spearman } from './correlation.js'
import { deal } from './deal.js'
import {
  type EvaluationOptions,
  type EvaluationSettings,
  evaluationOptionTable,
  settingsOf,
  type UncoveredPolicy,
} from './settings.js'
import { type FoundWords, WantedWords } from './wanted-words.js'
import type { WordPair } from './word-pairs.js'

export type SimilarityOptions = EvaluationOptions

export interface SimilarityResult {
  kind: 'similarity'
  /** Words that took part. */
  limit: number
  caseFolding: boolean
  unknown: UncoveredPolicy
  pairs: number
  /** Pairs of words that have vectors; unless others count as of cosine 0, the correlations are over these. */
  covered: number
  /** Those of the covered pairs that have a word whose vector is made from its sub-words. */
  bySubwords: number
  uncovered: number
  /** Rank correlation of cosines and scores, ties at their mean rank; null if it is not defined. */
  spearman: number | null
  /** Of the rank correlation; null without resamples. */
  interval: Interval | null
  /** Linear correlation; null if it is not defined. */
  pearson: number | null
  /**
   * The mean rank correlation over 100 deals of the same vectors to the words at random, if that was
   * asked, and the bounds of 95 of them.
   */
  baseline?: { spearman: number | null; interval: Interval | null }
}

/** How well cosines order pairs of words as people do. Throws `usage`. */
export function evaluateSimilarity(
  vectors: WordVectors,
  pairs: readonly WordPair[],
  options: SimilarityOptions = {},
): SimilarityResult {
  checkNames(evaluationOptionTable, options, [], 'evaluate')
  checkVectors(vectors, 'evaluate')
  checkArray(pairs, 'pairs', 'an array of pairs', 'evaluate')
  const settings = settingsOf(options)
  const { limit = vectors.size, caseFolding, unknown, baseline } = settings
  const asked = new AskedPairs(vectors, pairs, settings)
  const { scores, cosines } = asked.judged(asked.cosines())
  return {
    kind: 'similarity',
    limit: Math.min(limit, vectors.size),
    caseFolding,
    unknown,
    pairs: pairs.length,
    covered: asked.covered,
    bySubwords: asked.bySubwords,
    uncovered: pairs.length - asked.covered,
    spearman: spearman(scores, cosines),
    interval: intervalOf(bootstrap(scores.length, resampledSpearman(scores, cosines), settings)),
    pearson: pearson(scores, cosines),
    ...(baseline && { baseline: baselineOf(asked, settings) }),
  }
}

/** Pairs of a file, with the rows of their words. */
export class AskedPairs {
  readonly #vectors: WordVectors
  readonly #pairs: readonly { a: number; b: number; score: number }[]
  readonly #found: FoundWords
  readonly #unknown: UncoveredPolicy

  constructor(
    vectors: WordVectors,
    pairs: readonly WordPair[],
    { limit = vectors.size, caseFolding, unknown }: EvaluationSettings,
  ) {
    const wanted = new WantedWords(caseFolding)
    this.#vectors = vectors
    this.#pairs = pairs.map(({ a, b, score }) => ({ a: wanted.add(a), b: wanted.add(b), score }))
    this.#found = wanted.find(vectors, Math.min(limit, vectors.size), unknown)
    this.#unknown = unknown
  }

  get covered(): number {
    const { ids, made } = this.#found
    const isFound = (word: number) => ids[word]! >= 0 || made.has(word)
    return this.#pairs.filter(({ a, b }) => isFound(a) && isFound(b)).length
  }

  /** Covered pairs with a word that the vocabulary lacks. */
  get bySubwords(): number {
    const { ids, made } = this.#found
    const isMade = (word: number) => made.has(word)
    const isFound = (word: number) => ids[word]! >= 0 || isMade(word)
    return this.#pairs.filter(({ a, b }) => isFound(a) && isFound(b) && (isMade(a) || isMade(b))).length
  }

  /** For each pair its cosine; null if a word is unknown, or 0 if that is the policy. */
  cosines(): (number | null)[] {
    return this.#cosinesBy(this.#found)
  }

  /** The same, with the vectors dealt to the words at random. */
  dealtCosines(seed: number, time: number): (number | null)[] {
    return this.#cosinesBy(deal(this.#found, seed, time))
  }

  /** What people and vectors say of the pairs that have a cosine. */
  judged(cosines: readonly (number | null)[]): { scores: number[]; cosines: number[] } {
    return {
      scores: this.#pairs.filter((_, i) => cosines[i] !== null).map(({ score }) => score),
      cosines: cosines.filter(cosine => cosine !== null),
    }
  }

  #cosinesBy({ ids, made }: FoundWords): (number | null)[] {
    const { matrix } = this.#vectors
    const vector = (word: number) => (ids[word]! < 0 ? made.get(word) : row(matrix, ids[word]!))
    const missing = this.#unknown === 'zero' ? 0 : null
    return this.#pairs.map(pair => {
      const [a, b] = [vector(pair.a), vector(pair.b)]
      return a && b ? cosine(a, b) : missing
    })
  }
}

const DEALS = 100

function baselineOf(
  asked: AskedPairs,
  { seed }: EvaluationSettings,
): NonNullable<SimilarityResult['baseline']> {
  const found = Array.from({ length: DEALS }, (_, time) => {
    const { scores, cosines } = asked.judged(asked.dealtCosines(seed, time))
    return spearman(scores, cosines)
  }).filter(value => value !== null)
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length
  return {
    spearman: found.length > 0 ? mean : null,
    interval: intervalOf(Float64Array.from(found).sort()),
  }
}
