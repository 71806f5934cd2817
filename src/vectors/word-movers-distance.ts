import { row } from '../math/matrix.js'
import { transportCost } from '../math/transport.js'
import { knownIds, type UnknownWordOption } from './unknown-words.js'
import type { WordVectors } from './word-vectors.js'

export interface WordMoversOptions extends UnknownWordOption {
  /** Whether words have length 1 (default) or the length of their vectors. */
  normalize?: boolean
}

/**
 * How far the words of one text must travel to become those of the other: the least Σ share · Euclidean
 * distance, exactly (Kusner et al. 2015). Infinity where a side has no known word.
 */
export function wordMoversDistance(
  vectors: WordVectors,
  words: readonly string[],
  others: readonly string[],
  { normalize = true, unknown = 'throw' }: WordMoversOptions = {},
): number {
  const [a, b] = [words, others].map(side => counted(knownIds(vectors, side, { unknown })))
  const [total, otherTotal] = [sum(a!.counts), sum(b!.counts)]
  if (total === 0 || otherTotal === 0) return Number.POSITIVE_INFINITY
  const vector = (id: number) => (normalize ? vectors.search.direction(id) : row(vectors.matrix, id))
  const [from, to] = [a!.ids.map(vector), b!.ids.map(vector)]
  // Shares of both sides as whole numbers of 1 / (total · otherTotal), so that no flow is ever rounded.
  const supply = a!.counts.map(count => count * otherTotal)
  const demand = b!.counts.map(count => count * total)
  const cost = from.map(x => Float64Array.from(to, y => euclidean(x, y)))
  return transportCost(supply, demand, cost) / (total * otherTotal)
}

function counted(ids: readonly number[]): { ids: number[]; counts: number[] } {
  const counts = new Map<number, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return { ids: [...counts.keys()], counts: [...counts.values()] }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function euclidean(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!)
  return Math.sqrt(sum)
}
