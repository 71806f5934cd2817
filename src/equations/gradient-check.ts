import { WordloomError } from '../errors.js'
import type { Rows } from './rows.js'

/** How a gradient is compared with calculus. */
export interface GradientCheckOptions {
  /** h: how far each number is moved up and down. The default suits float64 and losses up to about 100. */
  step?: number
  /** The least denominator of a relative error, 1 by default: below it, errors count as they are. 0 is purely relative. */
  floor?: number
}

/** The place where a gradient and the central difference are furthest apart. */
export interface GradientCheck {
  /** |numeric − analytic| / max(floor, |numeric|, |analytic|) there; Infinity if either is not a number. */
  largestError: number
  row: number
  column: number
  /** What the central difference says there. */
  numeric: number
  /** What the gradient says there. */
  analytic: number
  /** How many numbers were compared. */
  compared: number
}

/**
 * Compares a gradient with central differences of its loss, (f(x + h) − f(x − h)) / 2h (16), by relative error (17).
 * `at` and `gradient` have the same shape, a matrix as its rows; a lone vector v is `[v]`. `loss` is handed a copy of
 * `at` with one number moved. Throws `usage` if there is nothing to compare, `bad-data` if the shapes differ.
 */
export function checkGradient(
  loss: (at: Float64Array[]) => number,
  at: Rows,
  gradient: Rows,
  { step = 1e-5, floor = 1 }: GradientCheckOptions = {},
): GradientCheck {
  checkOptions(step, floor)
  checkShapes(at, gradient)
  const moved = Array.from(at, row => Float64Array.from(row))
  let worst: GradientCheck = { largestError: -1, row: 0, column: 0, numeric: 0, analytic: 0, compared: 0 }
  let compared = 0
  for (let row = 0; row < moved.length; row++)
    for (let column = 0; column < moved[row].length; column++) {
      const numeric = centralDifference(loss, moved, row, column, step)
      const analytic = gradient[row][column]
      const largestError = relativeError(numeric, analytic, floor)
      compared++
      if (largestError > worst.largestError)
        worst = { largestError, row, column, numeric, analytic, compared }
    }
  if (compared === 0)
    throw new WordloomError('usage', {
      found: 'there are no numbers to check',
      expected: 'at least one row with one number',
    })
  return { ...worst, compared }
}

/**
 * The gradient of a loss by central differences alone (16), in the shape of `at`: slow, and right to about 1e-10 for
 * losses near 1. `loss` is handed a copy of `at` with one number moved.
 */
export function numericGradient(
  loss: (at: Float64Array[]) => number,
  at: Rows,
  { step = 1e-5 }: Pick<GradientCheckOptions, 'step'> = {},
): Float64Array[] {
  checkOptions(step, 1)
  const moved = Array.from(at, row => Float64Array.from(row))
  return moved.map((row, i) => row.map((_, column) => centralDifference(loss, moved, i, column, step)))
}

/** |a − b| / max(floor, |a|, |b|) (17). Not a number means wrong, so it counts as Infinity. */
export function relativeError(a: number, b: number, floor = 1): number {
  if (a === b) return 0
  const error = Math.abs(a - b) / Math.max(floor, Math.abs(a), Math.abs(b))
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error
}

/** (f(x + h) − f(x − h)) / 2h, moving one number of `at` and putting it back (16). */
function centralDifference(
  loss: (at: Float64Array[]) => number,
  at: Float64Array[],
  row: number,
  column: number,
  step: number,
): number {
  const value = at[row][column]
  at[row][column] = value + step
  const above = loss(at)
  at[row][column] = value - step
  const below = loss(at)
  at[row][column] = value
  return (above - below) / (2 * step)
}

function checkOptions(step: number, floor: number): void {
  if (!(step > 0 && step < Number.POSITIVE_INFINITY))
    throw new WordloomError('usage', {
      found: `the step is ${step}`,
      expected: 'a positive number such as 1e-5',
    })
  if (!(floor >= 0 && floor < Number.POSITIVE_INFINITY))
    throw new WordloomError('usage', {
      found: `the floor is ${floor}`,
      expected: '0 or a positive number such as 1',
    })
}

function checkShapes(at: Rows, gradient: Rows): void {
  if (at.length !== gradient.length)
    throw new WordloomError('bad-data', {
      found: `the gradient has ${gradient.length} rows`,
      expected: `${at.length}, one for each row to check`,
    })
  for (let row = 0; row < at.length; row++)
    if (at[row].length !== gradient[row].length)
      throw new WordloomError('bad-data', {
        found: `row ${row} of the gradient has ${gradient[row].length} numbers`,
        expected: `${at[row].length}, as the row to check has`,
      })
}
