import type { SkipGramWindow } from '../equations/index.js'
import { FIVE_WORDS, randomContext, randomNegatives } from './five-words.js'
import type { PythonRandom } from './python-random.js'
import { windowGradients } from './window-gradients.js'

export type Objective = 'naive softmax' | 'negative sampling'

/** Windows in a batch; a batch's loss and gradient are the means over its windows. */
export const BATCH = 50
/** K, negatives for each outside word. */
export const NEGATIVE_SAMPLES = 10
/** C: each window reaches 1 … C words to either side. */
export const LARGEST_WINDOW = 5

export interface BatchSettings {
  readonly objective: Objective
  readonly random: PythonRandom
  /** Lose repeated negatives, as the wrong program does (see `windowGradients`). */
  readonly loseRepeats?: boolean
}

/** `word2vec_sgd_wrapper`: mean loss and 10×3 gradient of a batch of random windows at ten vectors, input then output. */
export function fiveWordBatch(vectors: readonly Float64Array[], settings: BatchSettings) {
  const gradient = vectors.map(row => new Float64Array(row.length))
  let loss = 0
  for (let i = 0; i < BATCH; i++) {
    const { center, outside } = randomContext(settings.random, settings.random.randint(1, LARGEST_WINDOW))
    const window = windowOf(center, outside, vectors, settings)
    const { loss: ofWindow, inputGradient, outputGradient } = windowGradients(window, settings.loseRepeats)
    loss += ofWindow / BATCH
    addMean(gradient, 0, inputGradient)
    addMean(gradient, FIVE_WORDS.length, outputGradient)
  }
  return { loss, gradient }
}

/** The window as `skipGram` takes it; its negatives, if the objective has any, are drawn now. */
export function windowOf(
  center: number,
  outside: readonly number[],
  vectors: readonly Float64Array[],
  { objective, random }: BatchSettings,
): SkipGramWindow {
  const inputVectors = vectors.slice(0, FIVE_WORDS.length)
  const outputVectors = vectors.slice(FIVE_WORDS.length)
  const window = { center, outside, inputVectors, outputVectors }
  if (objective === 'naive softmax') return window
  return { ...window, negatives: outside.map(word => randomNegatives(random, word, NEGATIVE_SAMPLES)) }
}

function addMean(
  gradient: Float64Array[],
  firstRow: number,
  rows: Iterable<readonly [number, Float64Array]>,
): void {
  for (const [word, row] of rows)
    for (let i = 0; i < row.length; i++) gradient[firstRow + word][i] += row[i] / BATCH
}
