import { WordloomError } from '../errors.js'
import { addScaled } from '../math/vector.js'
import { naiveSoftmax } from './naive-softmax.js'
import { negativeSampling } from './negative-sampling.js'
import { checkWord, type Rows, type SparseRows } from './rows.js'

/** A center word and the outside words of its window. */
export interface SkipGramWindow {
  /** c, the row of the center word in V. */
  center: number
  /** The outside words w_{t+j}, −m ≤ j ≤ m, j ≠ 0, rows of U. At the ends of a sentence there are fewer than 2m. */
  outside: ArrayLike<number>
  /** V, |V|×d: one input vector a row. */
  inputVectors: Rows
  /** U, |V|×d: one output vector a row. */
  outputVectors: Rows
  /** For negative sampling: the negatives of each outside word, in its order. Left out, naive softmax is used. */
  negatives?: ArrayLike<ArrayLike<number>>
}

/** The sum over a window of what the objective says about its pairs. */
export interface SkipGram {
  /** J, in nats: the sum over the window, not the mean. */
  loss: number
  /** ∂J/∂V, |V|×d: the center word's row; all others are zero. */
  inputGradient: SparseRows
  /** ∂J/∂U, |V|×d: every row under naive softmax, only the words drawn or seen under negative sampling. */
  outputGradient: SparseRows
}

/**
 * J_skip-gram = Σ_j J(v_c, w_{t+j}, U) and its gradients (14), (15). A window without outside words has loss 0.
 * Throws `usage` where a word is no row or negatives and outside words do not pair up, `bad-data` on misfit shapes.
 */
export function skipGram(window: SkipGramWindow): SkipGram {
  checkWindow(window)
  const centerVector = window.inputVectors[window.center]
  const centerGradient = new Float64Array(centerVector.length)
  const outputGradient = new Map<number, Float64Array>()
  let loss = 0
  for (let j = 0; j < window.outside.length; j++) {
    const pair = gradientsOfPair(window, j)
    loss += pair.loss
    addScaled(centerGradient, 1, pair.centerGradient)
    addRows(outputGradient, pair.outputGradient)
  }
  return { loss, inputGradient: new Map([[window.center, centerGradient]]), outputGradient }
}

function checkWindow({ center, outside, inputVectors, negatives }: SkipGramWindow): void {
  checkWord('the center word', center, inputVectors.length)
  if (negatives && negatives.length !== outside.length)
    throw new WordloomError(
      'usage',
      `there are negatives for ${negatives.length} words, but ${outside.length} outside words; expected one list for each`,
    )
}

/** The pair of the center word and outside word j, under the objective that the window asks for. */
function gradientsOfPair(
  { center, outside, inputVectors, outputVectors, negatives }: SkipGramWindow,
  j: number,
) {
  const pair = { centerVector: inputVectors[center], outside: outside[j], outputVectors }
  if (negatives) return negativeSampling({ ...pair, negatives: negatives[j] })
  const { loss, centerGradient, outputGradient } = naiveSoftmax(pair)
  return { loss, centerGradient, outputGradient: outputGradient.entries() }
}

function addRows(sum: Map<number, Float64Array>, rows: Iterable<[number, Float64Array]>): void {
  for (const [word, row] of rows) {
    const present = sum.get(word)
    if (present) addScaled(present, 1, row)
    else sum.set(word, row)
  }
}
