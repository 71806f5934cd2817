import { exp, log, pow } from '../math/index.js'

/** How near words are by their distance d in a layout: 1 / (1 + a d^2b). */
export interface LayoutCurve {
  readonly a: number
  readonly b: number
}

/** The curve is fitted at so many distances, from 0 to three times the spread. */
const POINTS = 300
const MOST_ROUNDS = 200
/** The fit stands once a round changes a and b by less. */
const STILL = 1e-12

/**
 * The curve nearest (by least squares) to one that is 1 up to `minDist` and then falls to 1/e with each `spread`: that
 * of UMAP (McInnes, Healy and Melville 2018, section 3.2), found by Levenberg's and Marquardt's method.
 */
export function layoutCurve(minDist: number, spread: number): LayoutCurve {
  const distances = Array.from({ length: POINTS }, (_, i) => (3 * spread * i) / (POINTS - 1))
  const wanted = distances.map(d => (d < minDist ? 1 : exp(-(d - minDist) / spread)))
  let best = { a: 1, b: 1 }
  let error = errorOf(best, distances, wanted)
  let damping = 1e-3
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const step = stepFrom(best, distances, wanted, damping)
    const next = { a: best.a + step.a, b: best.b + step.b }
    const nextError = next.a > 0 && next.b > 0 ? errorOf(next, distances, wanted) : Number.POSITIVE_INFINITY
    if (nextError < error) [best, error, damping] = [next, nextError, damping / 10]
    else damping *= 10
    if (Math.abs(step.a) + Math.abs(step.b) < STILL) break
  }
  return best
}

function nearness({ a, b }: LayoutCurve, distance: number): number {
  return 1 / (1 + a * pow(distance, 2 * b))
}

function errorOf(curve: LayoutCurve, distances: readonly number[], wanted: readonly number[]): number {
  return distances.reduce((sum, d, i) => sum + (nearness(curve, d) - wanted[i]!) ** 2, 0)
}

/** The solution of the damped normal equations of both derivatives. */
function stepFrom(
  curve: LayoutCurve,
  distances: readonly number[],
  wanted: readonly number[],
  damping: number,
): LayoutCurve {
  let [aa, ab, bb, toA, toB] = [0, 0, 0, 0, 0]
  for (const [i, d] of distances.entries()) {
    if (d === 0) continue
    const at = nearness(curve, d)
    const byA = -at * at * pow(d, 2 * curve.b)
    const byB = 2 * curve.a * log(d) * byA
    const missing = wanted[i]! - at
    aa += byA * byA
    ab += byA * byB
    bb += byB * byB
    toA += byA * missing
    toB += byB * missing
  }
  aa *= 1 + damping
  bb *= 1 + damping
  const determinant = aa * bb - ab * ab
  return { a: (toA * bb - toB * ab) / determinant, b: (toB * aa - toA * ab) / determinant }
}
