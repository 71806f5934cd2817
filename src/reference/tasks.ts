import type { Bag } from './bags.js'
import { BATCH, WORDS_TOGETHER } from './constants.generated.js'
import type { Prediction } from './gather.js'

/** A bag and the word it is to predict. */
export interface Task {
  readonly bag: Bag
  readonly outside: number
  /** What draws for it are keyed by. */
  readonly position: number
}

/** Hidden rows are trained this many at a time: together they see the same output vectors. */
const HIDDEN_TOGETHER = 2

export function tasksOf(predicted: readonly Prediction[]): Task[] {
  return predicted.flatMap(({ bags, outside, position }) => bags.map(bag => ({ bag, outside, position })))
}

export function* inOrder(predictions: Iterable<Prediction>): Generator<Prediction[]> {
  for (const prediction of predictions) yield [prediction]
}

/** Words from all stretches of the block, far apart in the text; the words left over go alone. */
export function* inGroups(predictions: readonly Prediction[]): Generator<Prediction[]> {
  const apart = Math.floor(predictions.length / WORDS_TOGETHER)
  for (let k = 0; k < apart; k++)
    yield Array.from({ length: WORDS_TOGETHER }, (_, i) => predictions[k + i * apart]!)
  for (const prediction of predictions.slice(apart * WORDS_TOGETHER)) yield [prediction]
}

/** Pairs of neighbours; bags that are the same row would overwrite each other's gradient, so they go one by one. */
export function* inTwos(tasks: readonly Task[]): Generator<Task[]> {
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

/** A word to predict begins a new batch if all its bags, `most` of them, might not fit into the one at hand. */
export function* inBatches(predictions: Iterable<Prediction>, most: number): Generator<Task[]> {
  let waiting: Task[] = []
  for (const prediction of predictions) {
    if (waiting.length + most > BATCH) {
      yield* slices(waiting)
      waiting = []
    }
    waiting.push(...tasksOf([prediction]))
  }
  yield* slices(waiting)
}

function* slices(tasks: readonly Task[]): Generator<Task[]> {
  for (let first = 0; first < tasks.length; first += BATCH) yield tasks.slice(first, first + BATCH)
}
