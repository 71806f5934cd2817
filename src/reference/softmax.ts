import { naiveSoftmaxBatch } from '../equations/index.js'
import { addScaled, type Matrix, row } from '../math/index.js'
import { type Bag, type BagForm, type Frozen, giveBack, hiddenRow } from './bags.js'
import { BATCH } from './constants.generated.js'
import { type Architecture, mostBags, type Prediction } from './gather.js'

/** What exact softmax moves, and how. */
export interface SoftmaxState {
  readonly architecture: Architecture
  readonly window: number
  readonly bagForm: BagForm
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  readonly learningRate: number
  readonly frozen?: Frozen
}

/** A bag and the word it is to predict. */
export interface Task {
  readonly bag: Bag
  readonly outside: number
}

/**
 * Exact softmax, in place, batch by batch of pairs in the order of the text: the gradients of a batch are taken
 * together and added up, not averaged, so that a pair moves as much as it would alone. Returns the pairs and their
 * loss in nats. kernels/softmax.ts is the twin.
 */
export function trainSoftmax(
  predictions: Iterable<Prediction>,
  state: SoftmaxState,
): { pairs: number; loss: number } {
  let pairs = 0
  let loss = 0
  for (const batch of batches(predictions, state)) {
    loss += trainBatch(batch, state)
    pairs += batch.length
  }
  return { pairs, loss }
}

/** A word to predict begins a batch where all its bags might not fit into the one at hand. */
function* batches(
  predictions: Iterable<Prediction>,
  { architecture, window }: SoftmaxState,
): Generator<Task[]> {
  const most = mostBags(architecture, window)
  let waiting: Task[] = []
  for (const { bags, outside } of predictions) {
    if (waiting.length + most > BATCH) {
      yield* slices(waiting)
      waiting = []
    }
    waiting.push(...bags.map(bag => ({ bag, outside })))
  }
  yield* slices(waiting)
}

function* slices(tasks: readonly Task[]): Generator<Task[]> {
  for (let first = 0; first < tasks.length; first += BATCH) yield tasks.slice(first, first + BATCH)
}

function trainBatch(
  batch: readonly Task[],
  { inputVectors, outputVectors, bagForm, learningRate, frozen }: SoftmaxState,
): number {
  const { loss, centerGradients, outputGradient } = naiveSoftmaxBatch({
    centerVectors: batch.map(({ bag }) => hiddenRow(inputVectors, bag, bagForm)),
    outside: batch.map(({ outside }) => outside),
    outputVectors: Array.from({ length: outputVectors.rows }, (_, word) => row(outputVectors, word)),
  })
  for (const [word, gradient] of outputGradient.entries())
    addScaled(row(outputVectors, word), -learningRate, gradient)
  for (const [i, { bag }] of batch.entries()) {
    const change = centerGradients[i]!.map(slope => -learningRate * slope)
    giveBack(inputVectors, bag, bagForm, change, frozen)
  }
  return loss
}
