import { transportCost } from '../math/index.js'
import { checkVectors } from './given-vectors.js'
import type { QueriedVectors } from './queried-vectors.js'
import { type FoundWord, foundWords, type UnknownWordOption } from './unknown-words.js'

export interface WordMoversOptions extends UnknownWordOption {
  /** Whether words have length 1 (default) or the length of their vectors. */
  normalize?: boolean
}

/**
 * Word mover's distance of two texts: how far the words of one must travel to become those of the other, the least
 * Σ share · Euclidean distance, exactly (Kusner et al. 2015). 0 for the same words, at most 2 if words have length 1,
 * Infinity if a side has no known word. Throws `unknown-word` and `usage`.
 */
export function wordMoversDistance(
  vectors: QueriedVectors,
  words: readonly string[],
  others: readonly string[],
  { normalize = true, unknown }: WordMoversOptions = {},
): number {
  checkVectors(vectors, 'compare the texts')
  const [a, b] = [words, others].map(side => counted(foundWords(vectors, side, { unknown })))
  const [total, otherTotal] = [sum(a!.counts), sum(b!.counts)]
  if (total === 0 || otherTotal === 0) return Number.POSITIVE_INFINITY
  const vector = (word: FoundWord) => (normalize ? word.direction : word.vector)
  const [from, to] = [a!.words.map(vector), b!.words.map(vector)]
  // Shares of both sides as whole numbers of 1 / (total · otherTotal), so that no flow is ever rounded.
  const supply = a!.counts.map(count => count * otherTotal)
  const demand = b!.counts.map(count => count * total)
  const cost = from.map(x => Float64Array.from(to, y => euclidean(x, y)))
  return transportCost(supply, demand, cost) / (total * otherTotal)
}

function counted(found: readonly FoundWord[]): { words: FoundWord[]; counts: number[] } {
  const words = new Map(found.map(word => [word.word, word]))
  const counts = new Map<string, number>()
  for (const { word } of found) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { words: [...words.values()], counts: [...counts.values()] }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function euclidean(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!)
  return Math.sqrt(sum)
}
