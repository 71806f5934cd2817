import { logSigmoid, sigmoid } from '../equations/index.js'
import { addScaled, dot } from '../math/index.js'

/** A row of a matrix; training has float32, a check against calculus float64. */
export type Row = Float32Array | Float64Array

/** Output rows that an objective chose, each with the label it should be given: 1 to recognise, 0 to reject. */
export interface LabelledRows {
  /** The first row, for each hidden row its own (they may be the same). */
  readonly own: readonly Row[]
  /** The further rows, met by every hidden row. */
  readonly shared: readonly Row[]
  /** Of the first row and of the further ones. */
  readonly labels: readonly (0 | 1)[]
}

/** What a step moves: everything in training, the hidden rows alone to learn a new document, nothing to judge. */
export type Moves = 'all' | 'hidden' | 'nothing'

/**
 * The gradient step that all logistic objectives share, for one or more hidden rows h and the output rows u
 * chosen for them:
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
export function step(
  hidden: readonly Row[],
  chosen: LabelledRows,
  learningRate: number,
  { moves = 'all' }: { readonly moves?: Moves } = {},
): number {
  const scores = hidden.map((h, n) => [chosen.own[n]!, ...chosen.shared].map(u => dot(u, h)))
  if (moves !== 'nothing') move(hidden, chosen, learningRate, scores, moves === 'all')
  return scores.reduce((loss, ofOne) => loss + lossOf(ofOne, chosen.labels), 0)
}

function move(
  hidden: readonly Row[],
  { own, shared, labels }: LabelledRows,
  learningRate: number,
  scores: readonly (readonly number[])[],
  outputMoves: boolean,
): void {
  const errors = scores.map(ofOne => ofOne.map((score, i) => labels[i]! - sigmoid(score)))
  const moved = hidden.map(h => Float64Array.from(h))
  hidden.forEach((h, n) => {
    addScaled(moved[n]!, learningRate * errors[n]![0]!, own[n]!)
    if (outputMoves) addScaled(own[n]!, learningRate * errors[n]![0]!, h)
  })
  shared.forEach((u, i) => {
    const error = errors.map(ofOne => learningRate * ofOne[i + 1]!)
    for (const n of hidden.keys()) addScaled(moved[n]!, error[n]!, u)
    if (outputMoves) for (const [n, h] of hidden.entries()) addScaled(u, error[n]!, h)
  })
  for (const [n, h] of hidden.entries()) h.set(moved[n]!)
}

function lossOf(scores: readonly number[], labels: readonly (0 | 1)[]): number {
  return scores.reduce((loss, score, i) => loss - logSigmoid(labels[i] === 1 ? score : -score), 0)
}
