import { keyOf, Purpose, Random } from '../math/index.js'
import { completed, integer, type OptionTable } from '../options/index.js'

/** How often questions are drawn anew, and from which seed. */
export interface Resampling {
  /**
   * Draws of as many questions for the intervals; 0 for none. A whole number from 0 to 1,000,000; default
   * 1,000.
   */
  resamples?: number
  /**
   * Start of every random draw. A whole number from 0 up; default 1.
   *
   * The same seed gives the same intervals.
   */
  seed?: number
}

/** Every option of resampling: types, defaults, ranges, flags and help. */
export const resamplingOptionTable = {
  resamples: integer(1000, 0, 1_000_000, 'draws of as many questions for the intervals; 0 for none'),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw'),
} as const satisfies OptionTable<keyof Resampling>

/** The bounds between which 95 of 100 resamples fall. */
export type Interval = readonly [low: number, high: number]

/** How often each of n questions is drawn in a resample: the weights that a statistic is taken with. */
export type Weights = Uint32Array

/**
 * The statistic of each resample, least first: n questions are drawn with replacement from n (Efron 1979).
 * Resamples if it is not defined are left out.
 */
export function bootstrap(
  n: number,
  statistic: (weights: Weights) => number | null,
  options: Resampling = {},
): Float64Array {
  const { resamples, seed } = completed(resamplingOptionTable, options)
  const found: number[] = []
  const weights = new Uint32Array(n)
  for (let i = 0; i < resamples && n > 0; i++) {
    const random = new Random(keyOf(seed, Purpose.bootstrap, n), i)
    weights.fill(0)
    for (let drawn = 0; drawn < n; drawn++) weights[random.below(n)]!++
    const value = statistic(weights)
    if (value !== null) found.push(value)
  }
  return Float64Array.from(found).sort()
}

/** The middle 95 % of sorted values (percentile method); null if there are none. */
export function intervalOf(sorted: Float64Array): Interval | null {
  if (sorted.length === 0) return null
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!
  return [at(0.025), at(0.975)]
}

/**
 * The two-sided p-value of a difference: twice the share of resamples on the other side of 0, at least
 * 1 in resamples + 1. Null if there are none.
 */
export function pValueOf(sorted: Float64Array): number | null {
  if (sorted.length === 0) return null
  const below = sorted.filter(value => value <= 0).length
  const above = sorted.filter(value => value >= 0).length
  return Math.min(1, (2 * (Math.min(below, above) + 1)) / (sorted.length + 1))
}
