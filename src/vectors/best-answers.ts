import { TopK } from '../math/index.js'
import { completed, integer, number, type OptionTable, words } from '../options/index.js'
import type { ScoredRows } from '../scan/index.js'
import type { Neighbor } from './neighbor.js'
import type { QueriedVectors } from './queried-vectors.js'
import type { ResolvedTerm } from './query.js'
import { type UnknownWordOption, unknownOptionTable } from './unknown-words.js'

/** Which words may answer a search, and how many. */
export interface AnswerOptions extends UnknownWordOption {
  /**
   * Number of answers. A whole number from 1 up; default 10.
   *
   * There are fewer if the vocabulary is that small.
   */
  count?: number
  /** Number of the most frequent words that may answer. A whole number from 1 up; default all words. */
  limit?: number
  /**
   * Words that may answer. An array of words; default all words.
   *
   * Unknown ones do no harm.
   */
  among?: Iterable<string>
  /** Words that are not answers either; unknown ones do no harm. */
  exclude?: Iterable<string>
  /** Least similarity of an answer. A number; default none. */
  threshold?: number
}

/** Every option of a search, but for `exclude`: types, defaults, ranges, flags and help. */
export const nearestOptionTable = {
  count: integer(10, 1, Number.MAX_SAFE_INTEGER, 'number of answers'),
  limit: integer(undefined, 1, Number.MAX_SAFE_INTEGER, 'number of the most frequent words that may answer', {
    otherwise: 'all words',
  }),
  among: words(undefined, 'words that may answer', { otherwise: 'all words' }),
  threshold: number(
    undefined,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    'least similarity of an answer',
    { otherwise: 'none' },
  ),
  ...unknownOptionTable,
} as const satisfies OptionTable<Exclude<keyof AnswerOptions, 'exclude'>>

/** The options of a search, checked and complete. */
export interface AnswersWanted {
  count: number
  limit: number
  threshold: number
  excluded: ReadonlySet<number>
  among: ReadonlySet<number> | undefined
}

/** Throws `usage` for what cannot be meant. */
export function answersWanted(vectors: QueriedVectors, options: AnswerOptions): AnswersWanted {
  const given = { ...options, among: arrayOf(options.among) }
  const { count, limit, among, threshold } = completed(nearestOptionTable, given, 'search')
  const ids = (words: Iterable<string>) =>
    new Set([...words].flatMap(word => vectors.vocabulary.idOf(word) ?? []))
  return {
    count,
    limit: Math.min(limit ?? vectors.size, vectors.size),
    threshold: threshold ?? Number.NEGATIVE_INFINITY,
    excluded: ids(options.exclude ?? []),
    among: among && ids(among),
  }
}

/** More than float32 takes from a cosine, so that no score at the threshold is passed over. */
const ROUNDING = 1e-6

/** The best answers to a query so far. */
export class BestAnswers {
  readonly #top: TopK
  readonly #wanted: AnswersWanted
  readonly #own: ReadonlySet<number>

  /** A query of no terms has no answers. */
  constructor(terms: readonly ResolvedTerm[], wanted: AnswersWanted) {
    this.#top = new TopK(terms.length > 0 ? wanted.count : 0)
    this.#wanted = wanted
    this.#own = new Set(terms.flatMap(({ word }) => word?.id ?? []))
  }

  /** Scores of rows first, first + 1, …, which rise from call to call; whether a row may answer is asked only if it would win. */
  offer(scores: ArrayLike<number>, first: number): void {
    for (let i = 0; i < scores.length; i++)
      if (scores[i]! > this.#top.threshold) this.#offerOne(scores[i]!, first + i)
  }

  /** The same for scores that `rows` just gave, whose kernel looks for those that would win. */
  offerScan(rows: ScoredRows, scores: Float32Array, first: number): void {
    const lowest = this.#wanted.threshold - ROUNDING
    const next = (start: number) => rows.firstAbove(scores, start, Math.max(lowest, this.#top.threshold))
    for (let i = next(0); i < scores.length; i = next(i + 1)) this.#offerOne(scores[i]!, first + i)
  }

  /** Best first, with their scores. */
  neighbors(vectors: QueriedVectors): Neighbor[] {
    return this.#top
      .sorted()
      .map(({ id, score }) => ({ word: vectors.vocabulary.word(id), similarity: score }))
  }

  /** The same where scores are cosines, which rounding can leave a hair outside their range. */
  cosines(vectors: QueriedVectors): Neighbor[] {
    return this.neighbors(vectors).map(({ word, similarity }) => {
      return { word, similarity: Math.max(-1, Math.min(1, similarity)) }
    })
  }

  #offerOne(score: number, id: number): void {
    if (score >= this.#wanted.threshold && this.#mayAnswer(id)) this.#top.offer(score, id)
  }

  #mayAnswer(id: number): boolean {
    const { excluded, among } = this.#wanted
    return !this.#own.has(id) && !excluded.has(id) && (among === undefined || among.has(id))
  }
}

/** Any collection as the array that the table knows. A string, which is a collection of letters, is left to the check. */
function arrayOf(words: Iterable<string> | undefined): readonly string[] | undefined {
  const isCollection = typeof words === 'object' && Symbol.iterator in Object(words)
  return isCollection ? [...words] : (words as undefined)
}
