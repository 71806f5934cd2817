import { WordloomError } from '../errors.js'
import { checkGiven, checkNames, choice, kindOf, type OptionTable } from '../options/index.js'
import { scanBlocks } from '../scan/index.js'
import {
  type AnswerOptions,
  type AnswersWanted,
  answersWanted,
  BestAnswers,
  nearestOptionTable,
} from './best-answers.js'
import { type AnalogyMethod, analogyMethods } from './methods.js'
import type { Neighbor } from './neighbor.js'
import { scanProducts } from './products.js'
import type { QueriedVectors } from './queried-vectors.js'
import { directionOf, type Query, type ResolvedTerm, resolve } from './query.js'
import { describe } from './unknown-words.js'

export interface NearestOptions extends AnswerOptions {
  /**
   * Sum of cosines (add, 3CosAdd) or their product (multiply, 3CosMul). One of add, multiply; default 'add'.
   *
   * `add` takes the cosine to the sum of the terms; `multiply` divides the product of the cosines to the positive
   * terms, each moved to [0, 1], by that of the negative ones, and knows no weights.
   */
  method?: AnalogyMethod
}

/** Every option that a search has for several terms only: types, defaults, ranges, flags and help. */
export const analogyOptionTable = {
  method: choice('add', analogyMethods, 'sum of cosines (add, 3CosAdd) or their product (multiply, 3CosMul)'),
} as const satisfies OptionTable<Exclude<keyof NearestOptions, keyof AnswerOptions>>

/** Options of a search, or a count alone. Throws `usage` for anything else. */
export function optionsOf(given: NearestOptions | number): NearestOptions {
  if (typeof given === 'number') return { count: given }
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given
  throw new WordloomError('usage', {
    action: 'search',
    found: `the options are ${typeof given === 'string' ? JSON.stringify(given) : describe(given)}`,
    expected: 'a whole number, the count, or an object of options',
  })
}

/** For each query its nearest words, best first; none if all its words are skipped. */
export function nearestBatch(
  vectors: QueriedVectors,
  queries: readonly Query[],
  options: NearestOptions = {},
): Neighbor[][] {
  checkNames({ ...nearestOptionTable, ...analogyOptionTable }, options, ['exclude'], 'search')
  checkGiven(analogyOptionTable, options, 'search')
  if (!Array.isArray(queries))
    throw new WordloomError('usage', {
      action: 'search',
      found: `the queries are ${kindOf(queries)}`,
      expected: 'an array of words, vectors or { positive, negative }',
    })
  const wanted = answersWanted(vectors, options)
  const resolved = queries.map(query => resolve(vectors, query, options))
  if (options.method === 'multiply') return resolved.map(terms => nearestByProduct(vectors, terms, wanted))
  return nearestBySum(vectors, resolved, wanted)
}

function nearestBySum(
  vectors: QueriedVectors,
  queries: readonly ResolvedTerm[][],
  wanted: AnswersWanted,
): Neighbor[][] {
  const { search, dimensions } = vectors
  const tops = queries.map(terms => new BestAnswers(terms, wanted))
  const directions = queries.map(terms => directionOf(terms, dimensions))
  scanBlocks(search, directions, { from: 0, to: wanted.limit }, (scores, first, query) => {
    for (const [q, ofQuery] of scores.entries()) tops[query + q]!.offerScan(search, ofQuery, first)
  })
  return tops.map(top => top.cosines(vectors))
}

function nearestByProduct(
  vectors: QueriedVectors,
  terms: readonly ResolvedTerm[],
  wanted: AnswersWanted,
): Neighbor[] {
  const top = new BestAnswers(terms, wanted)
  if (terms.length > 0)
    scanProducts(vectors.search, terms, { from: 0, to: wanted.limit }, (scores, first) =>
      top.offer(scores, first),
    )
  return top.neighbors(vectors)
}
