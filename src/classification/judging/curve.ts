import { checkArray } from '../../options/index.js'

const ACTION = 'find a point of a curve'

/** What is given if labels from a probability on are. */
export interface CurvePoint {
  /** Null for the last point: nothing is given, and nothing is wrong. */
  readonly threshold: number | null
  readonly precision: number
  readonly recall: number
}

/** From the highest threshold down to the one at which no more is found; then the point of precision 1 and recall 0. */
export type Curve = readonly CurvePoint[]

/** Answers that are sorted, right and wrong. `own` is how many right ones there should be. */
export function curveOf(probabilities: Float32Array, isRight: Uint8Array, own: number): Curve {
  const order = Uint32Array.from(probabilities, (_, i) => i).sort(
    (a, b) => probabilities[b]! - probabilities[a]!,
  )
  const points: CurvePoint[] = []
  let right = 0
  for (let start = 0, end = 0; start < order.length && right < own; start = end) {
    const threshold = probabilities[order[start]!]!
    for (end = start; end < order.length && probabilities[order[end]!] === threshold; end++)
      right += isRight[order[end]!]!
    points.push({ threshold, precision: right / end, recall: right / own })
  }
  if (own > 0) points.push({ threshold: null, precision: 1, recall: 0 })
  return points
}

/** The best precision at a recall of at least so much; null if there is none. Throws `usage`. */
export function precisionAtRecall(curve: Curve, recall: number): number | null {
  return pointAtRecall(curve, recall)?.precision ?? null
}

/** The best recall at a precision of at least so much; null if there is none. */
export function recallAtPrecision(curve: Curve, precision: number): number | null {
  return pointAtPrecision(curve, precision)?.recall ?? null
}

/** The point of the best precision at a recall of at least so much: its `threshold` reaches it. Null if there is none. */
export function pointAtRecall(curve: Curve, recall: number): CurvePoint | null {
  checkArray(curve, 'points', 'a curve of testClassifier', ACTION)
  return best(
    curve.filter(point => point.recall >= recall),
    (a, b) => a.precision - b.precision || a.recall - b.recall,
  )
}

/** The point of the best recall at a precision of at least so much; null if there is none. */
export function pointAtPrecision(curve: Curve, precision: number): CurvePoint | null {
  checkArray(curve, 'points', 'a curve of testClassifier', ACTION)
  return best(
    curve.filter(point => point.precision >= precision),
    (a, b) => a.recall - b.recall || a.precision - b.precision,
  )
}

function best(points: Curve, compared: (a: CurvePoint, b: CurvePoint) => number): CurvePoint | null {
  return points.length === 0 ? null : points.reduce((a, b) => (compared(b, a) > 0 ? b : a))
}
