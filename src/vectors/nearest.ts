import { WordloomError } from '../errors.js'
import { QUERIES_AT_ONCE } from '../math/search.js'
import { TopK } from '../math/top-k.js'
import { type AnalogyMethod, checkMethod } from './methods.js'
import { scanProducts } from './products.js'
import { directionOf, type Query, type ResolvedTerm, resolve } from './query.js'
import type { UnknownWordOption } from './unknown-words.js'
import type { Neighbor, WordVectors } from './word-vectors.js'

export interface NearestOptions extends UnknownWordOption {
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
  /**
   * `add` (3CosAdd, if not given) takes the cosine to the sum of the terms; `multiply` (3CosMul) divides the
   * product of the cosines to the positive terms, each moved to [0, 1], by that of the negative ones, and
   * knows no weights.
   */
  method?: AnalogyMethod
}

/** For each query its nearest words, best first; none where all its words are skipped. */
export function nearestBatch(
  vectors: WordVectors,
  queries: readonly Query[],
  options: NearestOptions = {},
): Neighbor[][] {
  const { method = 'add' } = options
  checkMethod(method)
  const wanted = answersWanted(vectors, options)
  const resolved = queries.map(query => resolve(vectors, query, options))
  if (method === 'multiply') return resolved.map(terms => nearestByProduct(vectors, terms, wanted))
  const found: Neighbor[][] = []
  for (let q = 0; q < resolved.length; q += QUERIES_AT_ONCE)
    found.push(...nearestFew(vectors, resolved.slice(q, q + QUERIES_AT_ONCE), wanted))
  return found
}

/** What options of a search come to, checked. */
interface AnswersWanted {
  count: number
  limit: number
  threshold: number
  excluded: ReadonlySet<number>
  among: ReadonlySet<number> | undefined
}

function answersWanted(
  vectors: WordVectors,
  {
    count = 10,
    limit = vectors.size,
    threshold = Number.NEGATIVE_INFINITY,
    exclude = [],
    among,
  }: NearestOptions,
): AnswersWanted {
  checkCount('count', count)
  checkCount('limit', limit, vectors.size)
  if (typeof threshold !== 'number' || Number.isNaN(threshold))
    throw new WordloomError('usage', `threshold must be a number, not ${String(threshold)}`)
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

function nearestFew(
  vectors: WordVectors,
  queries: readonly ResolvedTerm[][],
  wanted: AnswersWanted,
): Neighbor[][] {
  const tops = queries.map(terms => new BestAnswers(terms, wanted))
  vectors.search.scan(
    queries.map(terms => directionOf(terms, vectors.dimensions)),
    wanted.limit,
    (scores, first) => {
      for (const [q, top] of tops.entries()) top.offer(scores[q]!, first)
    },
  )
  return tops.map(top => top.neighbors(vectors).map(asCosine))
}

function nearestByProduct(
  vectors: WordVectors,
  terms: readonly ResolvedTerm[],
  wanted: AnswersWanted,
): Neighbor[] {
  const top = new BestAnswers(terms, wanted)
  if (terms.length > 0)
    scanProducts(vectors.search, terms, wanted.limit, (scores, first) => top.offer(scores, first))
  return top.neighbors(vectors)
}

/** The best answers to a query so far. */
class BestAnswers {
  readonly #top: TopK
  readonly #wanted: AnswersWanted
  readonly #own: ReadonlySet<number>

  /** A query of no terms has no answers. */
  constructor(terms: readonly ResolvedTerm[], wanted: AnswersWanted) {
    this.#top = new TopK(terms.length > 0 ? wanted.count : 0)
    this.#wanted = wanted
    this.#own = new Set(terms.flatMap(({ word }) => word?.id ?? []))
  }

  /** Scores of rows first, first + 1, …; whether a row may answer is asked only where it would win. */
  offer(scores: ArrayLike<number>, first: number): void {
    const { threshold } = this.#wanted
    let worst = this.#top.threshold
    for (let i = 0; i < scores.length; i++)
      if (scores[i]! > worst && scores[i]! >= threshold && this.#mayAnswer(first + i)) {
        this.#top.offer(scores[i]!, first + i)
        worst = this.#top.threshold
      }
  }

  neighbors(vectors: WordVectors): Neighbor[] {
    return this.#top
      .sorted()
      .map(({ id, score }) => ({ word: vectors.vocabulary.word(id), similarity: score }))
  }

  #mayAnswer(id: number): boolean {
    const { excluded, among } = this.#wanted
    return !this.#own.has(id) && !excluded.has(id) && (among === undefined || among.has(id))
  }
}

/** Rounding can leave a cosine a hair outside its range. */
function asCosine({ word, similarity }: Neighbor): Neighbor {
  return { word, similarity: Math.max(-1, Math.min(1, similarity)) }
}

function checkCount(name: string, value: number, unlimited?: number): void {
  if ((Number.isSafeInteger(value) && value >= 1) || value === unlimited) return
  throw new WordloomError('usage', `${name} must be a whole number from 1, not ${String(value)}`)
}
