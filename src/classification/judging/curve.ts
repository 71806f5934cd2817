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
  if (own === 0) return []
  const keys = sortedKeys(probabilities, isRight)
  const points: CurvePoint[] = []
  const thresholdAt = (given: number) => Math.floor(keys[keys.length - 1 - given]! / 2)
  let right = 0
  for (let given = 0; given < keys.length && right < own; ) {
    const bits = thresholdAt(given)
    for (; given < keys.length && thresholdAt(given) === bits; given++)
      right += keys[keys.length - 1 - given]! % 2
    points.push({ threshold: floatOf(bits), precision: right / given, recall: right / own })
  }
  points.push({ threshold: null, precision: 1, recall: 0 })
  return points
}

/**
 * Numbers that sort as their probabilities do, with one that tells whether the answer is right in the last bit: the bits of
 * a float32 from 0 up are in the order of the floats, and numbers sort ten times as fast without a comparison of ours.
 */
function sortedKeys(probabilities: Float32Array, isRight: Uint8Array): Float64Array {
  const bits = new Uint32Array(probabilities.buffer, probabilities.byteOffset, probabilities.length)
  const keys = new Float64Array(bits.length)
  for (let i = 0; i < bits.length; i++) keys[i] = 2 * bits[i]! + isRight[i]!
  return keys.sort()
}

const float = new Float32Array(1)
const floatBits = new Uint32Array(float.buffer)

function floatOf(bits: number): number {
  floatBits[0] = bits
  return float[0]!
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
