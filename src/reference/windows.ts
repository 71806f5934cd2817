import type { HuffmanTree } from '../equations/index.js'
import { drawFromRuns, drawNegativeSamples, type NoiseRuns } from '../equations/inner.js'
import { type Matrix, Random, row } from '../math/index.js'
import { type BagForm, type Frozen, handBack, hiddenRow } from './bags.js'
import { trainCenters } from './centers.js'
import { FEWEST_WORDS, WORDS_TOGETHER } from './constants.generated.js'
import { type Architecture, gather, type Prediction, predictsOnce } from './gather.js'
import { labelledPath } from './hierarchical-softmax.js'
import type { Block, WindowSettings } from './kept-tokens.js'
import { type Task, trainSoftmax } from './softmax.js'
import { type LabelledRows, step } from './step.js'
import type { WordRows } from './word-rows.js'

/** How output rows are chosen and labelled. */
export type Objective =
  | {
      readonly name: 'negative-sampling'
      readonly noise: NoiseRuns
      readonly negativeSamples: number
      readonly negativeKey: number
    }
  | { readonly name: 'hierarchical-softmax'; readonly tree: HuffmanTree }
  | { readonly name: 'softmax' }

/** Those that take steps of σ; exact softmax trains batches. */
type LogisticObjective = Exclude<Objective, { name: 'softmax' }>

/** Everything that training one block needs. */
export interface TrainingState extends WindowSettings {
  readonly architecture: Architecture
  readonly bagForm: BagForm
  readonly objective: Objective
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  readonly learningRate: number
  /** By word: 1 where the input vector is not to be moved. */
  readonly frozen?: Frozen
  /** Where words have rows of sub-words beside their own. */
  readonly wordRows?: WordRows | undefined
}

/** Hidden rows are trained this many at a time: together they see the same output vectors. */
const HIDDEN_TOGETHER = 2

/**
 * Trains one block, in place: the loop that kernels/windows.ts mirrors, with the same draws in the same order.
 * Returns the pairs of a hidden row and a word to predict, and their loss in nats.
 */
export function trainWindows(block: Block, state: TrainingState): { pairs: number; loss: number } {
  const { architecture, objective, wordRows } = state
  const predictions = gather(block, state, architecture, wordRows)
  if (objective.name === 'softmax') return trainSoftmax(predictions, state)
  if (sharesRows(state) && architecture === 'skip-gram')
    return trainCenters(block, { ...state, wordRows }, (outsides, position) =>
      drawnRows(objective, state.outputVectors, outsides, position)(outsides),
    )
  let pairs = 0
  let loss = 0
  for (const predicted of sharesRows(state) ? inGroups([...predictions]) : inOrder(predictions)) {
    const tasks = predicted.flatMap(({ bags, outside }) => bags.map(bag => ({ bag, outside })))
    const choose = chooser(objective, state.outputVectors, predicted)
    for (const together of inTwos(tasks)) loss += trainTogether(together, choose, state)
    pairs += tasks.length
  }
  return { pairs, loss }
}

/**
 * One bag a word cannot fill a step of two, nor does it pay to gather a bag of sub-words for each pair: some words
 * share their negative samples.
 */
function sharesRows({ architecture, objective, outputVectors, wordRows }: TrainingState): boolean {
  return (
    (predictsOnce(architecture) || (architecture === 'skip-gram' && wordRows !== undefined)) &&
    objective.name === 'negative-sampling' &&
    outputVectors.rows >= FEWEST_WORDS
  )
}

function* inOrder(predictions: Iterable<Prediction>): Generator<Prediction[]> {
  for (const prediction of predictions) yield [prediction]
}

/** Words from all stretches of the block, far apart in the text; what is left over goes alone. */
function* inGroups(predictions: readonly Prediction[]): Generator<Prediction[]> {
  const apart = Math.floor(predictions.length / WORDS_TOGETHER)
  for (let k = 0; k < apart; k++)
    yield Array.from({ length: WORDS_TOGETHER }, (_, i) => predictions[k + i * apart]!)
  for (const prediction of predictions.slice(apart * WORDS_TOGETHER)) yield [prediction]
}

/** The labelled rows for hidden rows of these words, once they are drawn. */
function chooser(
  objective: LogisticObjective,
  outputVectors: Matrix,
  predicted: readonly Prediction[],
): (outsides: readonly number[]) => LabelledRows {
  const words = predicted.map(({ outside }) => outside)
  return drawnRows(objective, outputVectors, words, predicted[0]!.position)
}

/** The same, with draws that are keyed by a position. */
function drawnRows(
  objective: LogisticObjective,
  outputVectors: Matrix,
  words: readonly number[],
  position: number,
): (outsides: readonly number[]) => LabelledRows {
  if (objective.name === 'hierarchical-softmax')
    return outsides => labelledPath(outputVectors, objective.tree, outsides[0]!, outsides.length)
  const random = new Random(objective.negativeKey, position)
  const drawNoise = (evenly: boolean) => drawFromRuns(objective.noise, random, evenly)
  const negatives = drawNegativeSamples(drawNoise, words, objective.negativeSamples)
  return outsides => negativeSampling(outputVectors, outsides, negatives)
}

function trainTogether(
  tasks: readonly Task[],
  choose: (outsides: readonly number[]) => LabelledRows,
  { inputVectors, bagForm, learningRate, frozen }: TrainingState,
): number {
  const hidden = tasks.map(({ bag }) => hiddenRow(inputVectors, bag, bagForm, frozen))
  const before = hidden.map(h => Float64Array.from(h))
  const loss = step(hidden, choose(tasks.map(({ outside }) => outside)), learningRate)
  for (const [n, { bag }] of tasks.entries())
    handBack(
      inputVectors,
      bag,
      bagForm,
      before[n]!.map((x, i) => hidden[n]![i]! - x),
      frozen,
    )
  return loss
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

/** Pairs of neighbours; bags that are the same row would overwrite each other's gradient, so they go one by one. */
function* inTwos(tasks: readonly Task[]): Generator<Task[]> {
  let i = 0
  while (i < tasks.length) {
    const two = tasks.slice(i, i + HIDDEN_TOGETHER)
    const together = two.length === HIDDEN_TOGETHER && isSameRow(two[0]!, two[1]!) ? two.slice(0, 1) : two
    yield together
    i += together.length
  }
}

function isSameRow({ bag }: Task, { bag: other }: Task): boolean {
  return bag.length === 1 && other.length === 1 && bag[0] === other[0]
}
