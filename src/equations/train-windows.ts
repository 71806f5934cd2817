import { type Matrix, row } from '../math/matrix.js'
import { Random } from '../math/random.js'
import { hiddenRow } from './hidden-row.js'
import { drawFromRuns, drawNegativeSamples, type NoiseRuns } from './noise.js'
import { type LabelledRows, step } from './step.js'
import { type Block, type WindowSettings, windows } from './windows.js'

/** Everything that training one block needs. */
export interface TrainingState extends WindowSettings {
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  readonly noise: NoiseRuns
  readonly negativeSamples: number
  readonly negativeKey: number
  readonly learningRate: number
  /** By word: 1 where the input vector is not to be moved. */
  readonly frozen?: Uint8Array | undefined
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
    const random = new Random(state.negativeKey, position)
    const drawNoise = () => drawFromRuns(state.noise, random)
    const negatives = drawNegativeSamples(drawNoise, outside, state.negativeSamples)
    for (const together of inTwos(centers)) {
      const hidden = together.map(center => hiddenRow(state.inputVectors, center, state.frozen))
      const outsides = together.map(() => outside)
      loss += step(hidden, negativeSampling(state.outputVectors, outsides, negatives), state.learningRate)
    }
    pairs += centers.length
  }
  return { pairs, loss }
}

/**
 * Each hidden row should recognise its outside word (label 1) and reject the noise words (label 0): one term of
 * docs/equations.md, negative sampling, for each pair.
 */
export function negativeSampling(
  outputVectors: Matrix,
  outsides: readonly number[],
  negatives: readonly number[],
): LabelledRows {
  return {
    own: outsides.map(word => row(outputVectors, word)),
    shared: negatives.map(word => row(outputVectors, word)),
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
