import { option, say, WordloomError } from '../errors.js'
import { TopK } from '../math/index.js'
import type { ScoredRows } from '../scan/index.js'
import type { Neighbor } from './neighbor.js'
import type { QueriedVectors } from './queried-vectors.js'
import type { ResolvedTerm } from './query.js'

/** Which words may answer a search, and how many. */
export interface AnswerOptions {
  /** How many answers, 10 if not given; there are fewer where the vocabulary is that small. */
  count?: number
  /** Only the `limit` most frequent words are answers. */
  limit?: number
  /** Only these words are answers; unknown ones do no harm. */
  among?: Iterable<string>
  /** Words that are not answers either; unknown ones do no harm. */
  exclude?: Iterable<string>
  /** Only words at least so similar are answers. */
  threshold?: number
}

/** The options of a search, checked and complete. */
export interface AnswersWanted {
  count: number
  limit: number
  threshold: number
  excluded: ReadonlySet<number>
  among: ReadonlySet<number> | undefined
}

/** Throws `usage` for what cannot be meant. */
export function answersWanted(
  vectors: QueriedVectors,
  {
    count = 10,
    limit = vectors.size,
    threshold = Number.NEGATIVE_INFINITY,
    exclude = [],
    among,
  }: AnswerOptions,
): AnswersWanted {
  checkCount('count', count)
  checkCount('limit', limit, vectors.size)
  if (typeof threshold !== 'number' || Number.isNaN(threshold))
    throw new WordloomError('usage', {
      action: 'search',
      found: say`${option('threshold')} is ${String(threshold)}`,
      expected: 'a number',
    })
  const ids = (words: Iterable<string>) =>
    new Set([...words].flatMap(word => vectors.vocabulary.idOf(word) ?? []))
  return {
    count,
    limit: Math.min(limit, vectors.size),
    threshold,
    excluded: ids(exclude),
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

  /** Scores of rows first, first + 1, …, which rise from call to call; whether a row may answer is asked only where it would win. */
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

function checkCount(name: string, value: number, unlimited?: number): void {
  if ((Number.isSafeInteger(value) && value >= 1) || value === unlimited) return
  throw new WordloomError('usage', {
    action: 'search',
    found: say`${option(name)} is ${String(value)}`,
    expected: 'a whole number from 1',
  })
}
