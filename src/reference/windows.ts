import { type Matrix, Random } from '../math/index.js'
import type { Architecture } from './architectures/architecture.js'
import { type BagForm, type Frozen, giveBack, handBack, hiddenRow } from './bags.js'
import { trainCenters } from './centers.js'
import { FEWEST_WORDS } from './constants.generated.js'
import { gather } from './gather.js'
import type { Block, WindowSettings } from './kept-tokens.js'
import type { Objective, OutputLayer, Step } from './objectives/objective.js'
import { inBatches, inGroups, inOrder, inTwos, type Task, tasksOf } from './tasks.js'
import type { WordRows } from './word-rows.js'

/** Everything that training one block needs. */
export interface TrainingState extends WindowSettings {
  readonly architecture: Architecture
  readonly bagForm: BagForm
  readonly objective: Objective
  readonly inputVectors: Matrix
  readonly output: OutputLayer
  /** The key of the draws of the objective. */
  readonly negativeKey: number
  readonly learningRate: number
  /** By word: 1 if the input vector is not to be moved. */
  readonly frozen?: Frozen
  /** Given if words have rows of sub-words beside their own. */
  readonly wordRows?: WordRows | undefined
}

/**
 * Trains one block, in place: the loop that kernels/windows.ts mirrors, with the same draws in the same order.
 * Returns the pairs of a hidden row and a word to predict, and their loss in nats.
 */
export function trainWindows(block: Block, state: TrainingState): { pairs: number; loss: number } {
  const { architecture, objective, window, wordRows } = state
  const shares = sharesDraws(state, block)
  if (shares && architecture.inPairs) return trainCenters(block, state)
  const predictions = gather(block, state, architecture, wordRows)
  const sums = { pairs: 0, loss: 0 }
  const train = (tasks: readonly Task[], step: Step, apart: boolean) => {
    sums.loss += trainTogether(tasks, step, state, apart)
    sums.pairs += tasks.length
  }
  if (objective.takesBatches)
    for (const batch of inBatches(
      predictions,
      architecture.mostBags(window, block.documentRows?.longest ?? 1),
    ))
      train(batch, stepOf(batch, state), true)
  else
    for (const predicted of shares ? inGroups([...predictions]) : inOrder(predictions)) {
      const step = stepOf(predicted, state)
      for (const two of inTwos(tasksOf(predicted))) train(two, step, false)
    }
  return sums
}

/**
 * One bag a word (not one for each of a document's tags) cannot fill a step of two, nor does it pay to gather a bag of sub-words for each pair: some words
 * share their negative samples.
 */
function sharesDraws(
  { architecture, objective, output, wordRows }: TrainingState,
  { documentRows }: Block,
): boolean {
  const gathersMuch = architecture.inPairs && wordRows !== undefined
  const fewBags = architecture.predictsOnce && !(architecture.leavesWords && documentRows)
  return (fewBags || gathersMuch || false) && objective.drawsNoise === true && output.words >= FEWEST_WORDS
}

/** With the draws of the first of them. */
function stepOf(
  predicted: readonly { readonly outside: number; readonly position: number }[],
  { objective, output, negativeKey }: TrainingState,
): Step {
  const words = predicted.map(({ outside }) => outside)
  return objective.stepFor(words, new Random(negativeKey, predicted[0]!.position), output)
}

/** `apart`: tasks may have rows in common, and each hands its change back at the end, also a bag of one row. */
function trainTogether(
  tasks: readonly Task[],
  step: Step,
  { inputVectors, bagForm, learningRate, frozen }: TrainingState,
  apart: boolean,
): number {
  const made = tasks.map(({ bag }) => hiddenRow(inputVectors, bag, bagForm, frozen))
  const hidden = apart ? made.map(h => h.slice()) : made
  const before = hidden.map(h => Float64Array.from(h))
  const loss = step(
    hidden,
    tasks.map(({ outside }) => outside),
    learningRate,
  )
  const handOver = apart ? giveBack : handBack
  for (const [n, { bag }] of tasks.entries()) {
    const change = before[n]!.map((x, i) => hidden[n]![i]! - x)
    handOver(inputVectors, bag, bagForm, change, frozen)
  }
  return loss
}
