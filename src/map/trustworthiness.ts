import { TopK } from '../math/index.js'
import type { Positions } from './positions.js'

/** How far a picture can be believed. */
export interface Trust {
  /**
   * Trustworthiness (Venna and Kaski 2001): 1 if all words near in the picture are near in the full space; what
   * chance would give is about 0.5.
   */
  readonly value: number
  /** The mean share of a word's k nearest in the full space that are among its k nearest in the picture. */
  readonly kept: number
  readonly k: number
  /** How many words were asked, each against all. */
  readonly asked: number
  readonly size: number
}

export interface TrustOptions {
  /** How many neighbours count; below half of the words. */
  readonly k: number
  /** The words that are asked. */
  readonly ids: readonly number[]
}

/**
 *     T(k) = 1 − 2 / (m k (2n − 3k − 1)) · Σᵢ Σⱼ (r(i, j) − k)
 *
 * over m words i and those j of their k nearest in the picture that are not among their k nearest in the full space,
 * where j has rank r(i, j) among n words by similarity to i. Exact for the words asked; equal similarities keep the
 * order of the words. `similaritiesTo(i)` has the similarity of i to every word, good until the next call. Yields how
 * many words were asked so far; undefined if words are too few for k.
 */
export function* trustworthiness(
  positions: Positions,
  similaritiesTo: (id: number) => ArrayLike<number>,
  { k, ids }: TrustOptions,
): Generator<number, Trust | undefined> {
  const size = positions.x.length
  if (k < 1 || 2 * k >= size || ids.length === 0) return undefined
  let [penalty, kept, asked] = [0, 0, 0]
  for (const id of ids) {
    const similarities = similaritiesTo(id)
    for (const near of nearestPlaces(positions, id, k)) {
      const excess = rankOf(similarities, id, near) - k
      if (excess > 0) penalty += excess
      else kept++
    }
    yield ++asked
  }
  const worst = (asked * k * (2 * size - 3 * k - 1)) / 2
  return { value: 1 - penalty / worst, kept: kept / (asked * k), k, asked, size }
}

/** The words that stand nearest to a word in the picture, nearest first; words without a place do not count. */
export function nearestPlaces({ x, y }: Positions, id: number, count: number): number[] {
  const top = new TopK(count)
  let worst = Number.NEGATIVE_INFINITY
  for (let j = 0; j < x.length; j++) {
    const [dx, dy] = [x[j]! - x[id]!, y[j]! - y[id]!]
    const closeness = -(dx * dx + dy * dy)
    if (closeness > worst && j !== id) {
      top.offer(closeness, j)
      worst = top.threshold
    }
  }
  return top.sorted().map(entry => entry.id)
}

/** The place of `other` among all words by similarity to `id`, from 1. */
function rankOf(similarities: ArrayLike<number>, id: number, other: number): number {
  const similarity = similarities[other]!
  let nearer = 0
  for (let j = 0; j < similarities.length; j++)
    if (similarities[j]! > similarity || (similarities[j] === similarity && j < other)) nearer++
  const itself = similarities[id]! > similarity || (similarities[id] === similarity && id < other) ? 1 : 0
  return nearer - itself + 1
}

/** Evenly spread draws without repetition from 0 … size − 1, ascending: all of them if as many are wanted. */
export function spreadSample(size: number, count: number, below: (limit: number) => number): number[] {
  if (count >= size) return Array.from({ length: size }, (_, i) => i)
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.floor((i * size) / count), Math.floor(((i + 1) * size) / count)]
    return from + below(to - from)
  })
}

/** The result of a generator, run to its end. */
export function finished<Result>(work: Generator<unknown, Result>): Result {
  let next = work.next()
  while (!next.done) next = work.next()
  return next.value
}

/** What the measure says, in words for those who have not met it. */
export function trustSentence({ value, kept, k, asked, size }: Trust): string {
  const whose =
    asked < size ? `${asked.toLocaleString('en')} words asked, each against all` : 'all words asked'
  return `Trustworthiness ${value.toFixed(3)} (1 is best; k = ${k}, ${whose}): ${(100 * kept).toFixed(kept < 0.1 ? 1 : 0)} % of a word’s ${k} true neighbours are among the ${k} nearest to it in the picture`
}
