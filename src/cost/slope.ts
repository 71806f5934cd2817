import { linearRegression } from 'simple-statistics'
import { WordloomError } from '../errors.js'

/** A size and the time that it took. */
export type Timed = readonly [size: number, seconds: number]

/** A cost as a line: seconds = fixedSeconds + secondsEach · size. */
export interface CostLine {
  readonly fixedSeconds: number
  readonly secondsEach: number
}

/**
 * The power p of the law seconds ∝ sizeᵖ that fits best: the slope of the line through (log size, log seconds) by
 * least squares. Throws `usage` if there are fewer than two sizes.
 */
export function logLogSlope(points: readonly Timed[]): number {
  checkSizes(points)
  return linearRegression(points.map(([size, seconds]) => [Math.log(size), Math.log(seconds)])).m
}

/** The line that fits best, by least squares. Throws as `logLogSlope`. */
export function costLine(points: readonly Timed[]): CostLine {
  checkSizes(points)
  const { m, b } = linearRegression(points.map(([size, seconds]) => [size, seconds]))
  return { fixedSeconds: b, secondsEach: m }
}

function checkSizes(points: readonly Timed[]): void {
  if (new Set(points.map(([size]) => size)).size < 2)
    throw new WordloomError('usage', {
      action: 'measure a slope',
      found: 'there are times of only one size',
      expected: 'times of at least two sizes',
    })
}
