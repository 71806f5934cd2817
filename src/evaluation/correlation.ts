import { sampleCorrelation, sampleRankCorrelation } from 'simple-statistics'
import type { Weights } from './bootstrap.js'

/** Linear correlation; null if it is not defined. */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  return definedOnly(sampleCorrelation, x, y)
}

/** Rank correlation, ties at their mean rank; null if it is not defined. */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  return definedOnly(sampleRankCorrelation, x, y)
}

/**
 * Spearman's correlation of resamples of the same pairs. They are sorted once, so that a resample costs no
 * sorting: pair i counts `weights[i]` times.
 */
export function resampledSpearman(
  x: readonly number[],
  y: readonly number[],
): (weights: Weights) => number | null {
  const [orderX, orderY] = [ascending(x), ascending(y)]
  const [ranksX, ranksY] = [new Float64Array(x.length), new Float64Array(y.length)]
  return weights => {
    fillRanks(x, orderX, weights, ranksX)
    fillRanks(y, orderY, weights, ranksY)
    return weightedCorrelation(ranksX, ranksY, weights)
  }
}

function definedOnly(
  correlation: (x: number[], y: number[]) => number,
  x: readonly number[],
  y: readonly number[],
): number | null {
  if (x.length < 2) return null
  const value = correlation([...x], [...y])
  return Number.isFinite(value) ? value : null
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!)
}

/** Equal values share the mean of their ranks. */
function fillRanks(
  values: readonly number[],
  order: readonly number[],
  weights: Weights,
  ranks: Float64Array,
): void {
  let before = 0
  for (let start = 0, end = 0; start < order.length; start = end) {
    let tied = 0
    for (end = start; end < order.length && values[order[end]!] === values[order[start]!]; end++)
      tied += weights[order[end]!]!
    for (let i = start; i < end; i++) ranks[order[i]!] = before + (tied + 1) / 2
    before += tied
  }
}

function weightedCorrelation(x: Float64Array, y: Float64Array, weights: Weights): number | null {
  const [meanX, meanY] = [weightedMean(x, weights), weightedMean(y, weights)]
  let [xx, xy, yy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY]
    xx += weights[i]! * dx * dx
    xy += weights[i]! * dx * dy
    yy += weights[i]! * dy * dy
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
}

function weightedMean(values: Float64Array, weights: Weights): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    sum += weights[i]! * values[i]!
    total += weights[i]!
  }
  return sum / total
}
