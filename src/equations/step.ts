import { logSigmoid, sigmoid } from './sigmoid.js'

/** Output rows that an objective chose, each with the label it should be given: 1 to recognise, 0 to reject. */
export interface LabelledRows {
  readonly rows: readonly Float32Array[]
  readonly labels: readonly (0 | 1)[]
}

/**
 * The gradient step that all logistic objectives share, for one or more hidden rows h against the same chosen
 * output rows u:
 *
 *     error     = label − σ(u·h)
 *     gradient += learningRate · error · u
 *     u        += learningRate · error · h
 *     h        += gradient
 *
 * All scores are taken before anything moves; rows are then moved one after the other, so that a row chosen
 * twice moves twice. Works in place and returns the loss in nats, Σ −ln σ(±u·h).
 * docs/equations.md, "The step that training repeats"; kernels/step.ts is its twin.
 */
export function step(hidden: readonly Float32Array[], chosen: LabelledRows, learningRate: number): number {
  const scores = hidden.map(h => chosen.rows.map(u => dot(u, h)))
  const errors = scores.map(ofOne => ofOne.map((score, i) => chosen.labels[i]! - sigmoid(score)))
  const moved = hidden.map(h => Float64Array.from(h))

  chosen.rows.forEach((u, i) => {
    hidden.forEach((_, n) => {
      addScaled(moved[n]!, learningRate * errors[n]![i]!, u)
    })
    hidden.forEach((h, n) => {
      addScaled(u, learningRate * errors[n]![i]!, h)
    })
  })
  hidden.forEach((h, n) => {
    h.set(moved[n]!)
  })
  return scores
    .flat()
    .reduce((loss, score, i) => loss + lossOf(score, chosen.labels[i % chosen.labels.length]!), 0)
}

function lossOf(score: number, label: 0 | 1): number {
  return -logSigmoid(label === 1 ? score : -score)
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function addScaled(target: Float32Array | Float64Array, factor: number, source: Float32Array): void {
  for (let i = 0; i < source.length; i++) target[i]! += factor * source[i]!
}
