import { type HuffmanTree, logSigmoid, logSumExp } from '../equations/index.js'
import { drawNegativeSamples, drawWord } from '../equations/inner.js'
import { dot, type Matrix, Random, row } from '../math/index.js'
import { type BagForm, hiddenRow } from './bags.js'
import { type Architecture, gather, type Prediction } from './gather.js'
import { labelledPath } from './hierarchical-softmax.js'
import type { Block, WindowSettings } from './kept-tokens.js'
import type { WordRows } from './word-rows.js'

/** What is needed to judge text that was not trained; keys that do not change make the judgement comparable. */
export interface HeldOutState extends WindowSettings {
  readonly architecture: Architecture
  readonly bagForm: BagForm
  readonly objective: HeldOutObjective
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  /** The row of a word in both matrices. */
  readonly rowOf: (word: number) => number
  /** Where words have rows of sub-words beside their own. */
  readonly wordRows?: WordRows | undefined
}

/** Only negative sampling has chance in its loss. */
export type HeldOutObjective =
  | {
      readonly name: 'negative-sampling'
      /** Alias table of the noise distribution over all words, by word. */
      readonly noise: Uint32Array
      readonly negativeSamples: number
      readonly negativeKey: number
    }
  | { readonly name: 'hierarchical-softmax'; readonly tree: HuffmanTree }
  | { readonly name: 'softmax' }

/**
 * The loss in nats over the pairs of a block that is not trained: Σ −ln σ(u_o·h) − Σ ln σ(−u_n·h) for negative
 * sampling, −ln P(o) for the others. docs/equations.md.
 */
export function heldOutLoss(block: Block, state: HeldOutState): { pairs: number; loss: number } {
  let pairs = 0
  let loss = 0
  for (const prediction of gather(block, state, state.architecture, state.wordRows)) {
    const lossOf = judge(prediction, state)
    for (const bag of prediction.bags)
      loss += lossOf(hiddenRow(state.inputVectors, bag.map(state.rowOf), state.bagForm))
    pairs += prediction.bags.length
  }
  return { pairs, loss }
}

/** The loss of a hidden row that is to predict the word. */
function judge(prediction: Prediction, state: HeldOutState): (hidden: Float32Array) => number {
  const { objective, outputVectors } = state
  if (objective.name === 'negative-sampling') return negativeSamplingLoss(prediction, state, objective)
  if (objective.name === 'hierarchical-softmax') {
    const { own, shared, labels } = labelledPath(outputVectors, objective.tree, prediction.outside, 1)
    const rows = [...own, ...shared]
    return hidden => logisticLoss(hidden, rows, labels)
  }
  const scores = new Float64Array(outputVectors.rows)
  return hidden => {
    for (let word = 0; word < scores.length; word++) scores[word] = dot(hidden, row(outputVectors, word))
    return logSumExp(scores) - scores[prediction.outside]!
  }
}

/** The first row is that of the outside word, the others those of noise words. */
function negativeSamplingLoss(
  { outside, position }: Prediction,
  { outputVectors, rowOf }: HeldOutState,
  objective: Extract<HeldOutObjective, { name: 'negative-sampling' }>,
): (hidden: Float32Array) => number {
  const random = new Random(objective.negativeKey, position)
  const drawNoise = (evenly: boolean) => drawWord(objective.noise, random, evenly)
  const negatives = drawNegativeSamples(drawNoise, outside, objective.negativeSamples)
  const rows = [outside, ...negatives].map(word => row(outputVectors, rowOf(word)))
  const labels = rows.map((_, i) => (i === 0 ? 1 : 0))
  return hidden => logisticLoss(hidden, rows, labels)
}

function logisticLoss(
  hidden: Float32Array,
  rows: readonly Float32Array[],
  labels: readonly number[],
): number {
  return rows.reduce((loss, u, i) => {
    const score = dot(hidden, u)
    return loss - logSigmoid(labels[i] === 1 ? score : -score)
  }, 0)
}
