import {
  bootstrap,
  type Interval,
  intervalOf,
  type Resampling,
  type Weights,
} from '../../evaluation/inner.js'
import type { JudgedLine } from './judged-lines.js'
import { scoresOf } from './label-scores.js'

/** The bounds of 95 of 100 draws of as many lines; null without draws. */
export interface TestIntervals {
  readonly accuracy: Interval | null
  readonly precision: Interval | null
  readonly recall: Interval | null
  readonly macroF1: Interval | null
}

export function intervalsOf(
  lines: readonly JudgedLine[],
  isRight: readonly boolean[],
  labels: number,
  resampling: Required<Resampling>,
): TestIntervals {
  const found = { accuracy: [], precision: [], recall: [], macroF1: [] } as Record<
    keyof TestIntervals,
    number[]
  >
  const [own, given, right] = [new Float64Array(labels), new Float64Array(labels), new Float64Array(labels)]
  bootstrap(
    lines.length,
    weights => {
      weighLines(lines, weights, own, given, right)
      const drawn = { own: total(own), given: total(given), right: total(right) }
      found.accuracy.push(rightOf(weights, isRight) / lines.length)
      const { precision, recall } = scoresOf(drawn)
      if (precision !== null) found.precision.push(precision)
      if (recall !== null) found.recall.push(recall)
      found.macroF1.push(macroF1(own, given, right))
      return null
    },
    resampling,
  )
  const interval = (values: readonly number[]) => intervalOf(Float64Array.from(values).sort())
  return {
    accuracy: interval(found.accuracy),
    precision: interval(found.precision),
    recall: interval(found.recall),
    macroF1: interval(found.macroF1),
  }
}

function weighLines(
  lines: readonly JudgedLine[],
  weights: Weights,
  ...[own, given, right]: [Float64Array, Float64Array, Float64Array]
): void {
  for (const sums of [own, given, right]) sums.fill(0)
  for (let i = 0; i < lines.length; i++) {
    const weight = weights[i]!
    const line = lines[i]!
    if (weight === 0) continue
    for (const label of line.own) own[label]! += weight
    for (const label of line.given) {
      given[label]! += weight
      if (line.own.includes(label)) right[label]! += weight
    }
  }
}

function macroF1(own: Float64Array, given: Float64Array, right: Float64Array): number {
  let [sum, labels] = [0, 0]
  for (let i = 0; i < own.length; i++) {
    if (own[i]! + given[i]! === 0) continue
    sum += (2 * right[i]!) / (own[i]! + given[i]!)
    labels++
  }
  return sum / labels
}

function total(numbers: Float64Array | Weights): number {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!
  return sum
}

function rightOf(weights: Weights, isRight: readonly boolean[]): number {
  let right = 0
  for (let i = 0; i < weights.length; i++) if (isRight[i]) right += weights[i]!
  return right
}
