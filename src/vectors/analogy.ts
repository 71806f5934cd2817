import { WordloomError } from '../errors.js'
import { TopK } from '../math/top-k.js'
import { answersWanted, type NearestOptions, nearestBatch, neighborsOf, offerAll } from './nearest.js'
import { idOf } from './query.js'
import type { Neighbor, WordVectors } from './word-vectors.js'

/** 3CosAdd adds cosines (Mikolov et al. 2013), 3CosMul multiplies them (Levy and Goldberg 2014). */
export const analogyMethods = ['add', 'multiply'] as const
export type AnalogyMethod = (typeof analogyMethods)[number]

export interface AnalogyOptions extends NearestOptions {
  /** `add` (3CosAdd) if not given, or `multiply` (3CosMul). */
  method?: AnalogyMethod
}

/** Keeps 3CosMul from dividing by zero, as in the paper's experiments. */
const EPSILON = 0.000001

/** The words that are to c as b is to a, best first. */
export function analogy(
  vectors: WordVectors,
  [a, b, c]: readonly [string, string, string],
  { method = 'add', ...options }: AnalogyOptions = {},
): Neighbor[] {
  checkMethod(method)
  if (method === 'add') return nearestBatch(vectors, [{ positive: [b, c], negative: [a] }], options)[0]!
  return analogyByProduct(vectors, [a, b, c], options)
}

/** 3CosMul of one candidate from its cosines to a, b and c, each moved from [−1, 1] to [0, 1]. */
export function threeCosMul(toA: number, toB: number, toC: number): number {
  return (((1 + toB) / 2) * ((1 + toC) / 2)) / ((1 + toA) / 2 + EPSILON)
}

export function checkMethod(method: string): asserts method is AnalogyMethod {
  if (!(analogyMethods as readonly string[]).includes(method))
    throw new WordloomError('usage', `the method is ${analogyMethods.join(' or ')}, not "${method}"`)
}

function analogyByProduct(
  vectors: WordVectors,
  words: readonly string[],
  options: NearestOptions,
): Neighbor[] {
  const { count, limit, excluded } = answersWanted(vectors, options)
  const ids = words.map(word => idOf(vectors, word))
  const without = new Set([...excluded, ...ids])
  const top = new TopK(count)
  vectors.search.scan(
    ids.map(id => vectors.search.direction(id)),
    limit,
    ([toA, toB, toC], first) =>
      offerAll(
        top,
        Float64Array.from(toA!, (x, i) => threeCosMul(x, toB![i]!, toC![i]!)),
        first,
        without,
      ),
  )
  return neighborsOf(vectors, top)
}
