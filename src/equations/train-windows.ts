import { type Matrix, row } from '../math/matrix.js'
import { Random } from '../math/random.js'
import { drawNegativeSamples } from './noise.js'
import { type LabelledRows, step } from './step.js'
import { type Block, type WindowSettings, windows } from './windows.js'

/** Everything that training one block needs. */
export interface TrainingState extends WindowSettings {
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  /** Alias table of the noise distribution. */
  readonly noise: Uint32Array
  readonly negativeSamples: number
  readonly negativeKey: number
  readonly learningRate: number
}

/** Center words of one window are trained this many at a time: together they see the same output vectors. */
export const HIDDEN_TOGETHER = 2

/**
 * Skip-gram with negative sampling over one block, in place: the loop that kernels/windows.ts mirrors, with the
 * same draws in the same order. Returns the pairs trained and their loss in nats.
 */
export function trainWindows(block: Block, state: TrainingState): { pairs: number; loss: number } {
  let pairs = 0
  let loss = 0
  for (const { outside, centers, position } of windows(block, state)) {
    const chosen = chooseNegativeSamples(outside, state, new Random(state.negativeKey, position))
    for (const together of inTwos(centers)) {
      const hidden = together.map(center => row(state.inputVectors, center))
      loss += step(hidden, chosen, state.learningRate)
    }
    pairs += centers.length
  }
  return { pairs, loss }
}

/** The outside word with label 1 and its negative samples with label 0. docs/equations.md, negative sampling. */
function chooseNegativeSamples(outside: number, state: TrainingState, random: Random): LabelledRows {
  const negatives = drawNegativeSamples(state.noise, outside, state.negativeSamples, random)
  return {
    rows: [outside, ...negatives].map(word => row(state.outputVectors, word)),
    labels: [1, ...negatives.map(() => 0 as const)],
  }
}

/** Pairs of neighbours; two equal words would overwrite each other's gradient, so they go one by one. */
function* inTwos(centers: readonly number[]): Generator<number[]> {
  let i = 0
  while (i < centers.length) {
    const together = centers.slice(i, i + HIDDEN_TOGETHER)
    yield together[0] === together[1] ? together.slice(0, 1) : together
    i += together[0] === together[1] ? 1 : together.length
  }
}
