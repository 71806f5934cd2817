import { WordloomError } from '../errors.js'
import { addScaled } from '../math/index.js'
import { naiveSoftmax } from './naive-softmax.js'
import { negativeSampling } from './negative-sampling.js'
import {
  type Convention,
  checkWord,
  inConvention,
  type Rows,
  type SparseRows,
  type Vector,
  vectorOf,
  wordsIn,
} from './rows.js'

/** A center word and the outside words of its window. */
export interface SkipGramWindow {
  /** c, the number of the center word: its row in V. */
  center: number
  /** The outside words w_{t+j}, −m ≤ j ≤ m, j ≠ 0, as numbers of words. At the ends of a sentence there are fewer than 2m. */
  outside: ArrayLike<number>
  /** V, |V|×d: one input vector a row; d×|V|, one a column, under the other convention. */
  inputVectors: Rows
  /** U, shaped as V. */
  outputVectors: Rows
  /** How V and U hold the words, `'rows'` unless said otherwise. */
  convention?: Convention
  /** For negative sampling: the negatives of each outside word, in its order. Left out, naive softmax is used. */
  negatives?: ArrayLike<ArrayLike<number>>
}

/** The sum over a window of what the objective says about its pairs. */
export interface SkipGram {
  /** J, in nats: the sum over the window, not the mean. */
  loss: number
  /** ∂J/∂V by word, in either convention: the center word's; all others are zero. */
  inputGradient: SparseRows
  /** ∂J/∂U by word: every word under naive softmax, only those drawn or seen under negative sampling. */
  outputGradient: SparseRows
}

/** A place in a sentence, as numbers of words, and how far its window reaches. */
export interface SentencePlace {
  /** The words of one sentence, by number. */
  sentence: ArrayLike<number>
  /** t, the place of the center word, from 0. */
  position: number
  /** m, how many words to each side at most. */
  reach: number
}

/**
 * The outside words w_{t+j}, −m ≤ j ≤ m, j ≠ 0, in the order of the sentence (14): at its ends there are fewer than 2m.
 * Throws `usage` if the position is outside the sentence or the reach is no whole number.
 */
export function outsideWords({ sentence, position, reach }: SentencePlace): number[] {
  checkWord('the position', position, sentence.length)
  if (!Number.isInteger(reach) || reach < 0)
    throw new WordloomError('usage', {
      found: `the reach of the window is ${reach}`,
      expected: 'a whole number from 0',
    })
  const first = Math.max(0, position - reach)
  const last = Math.min(sentence.length - 1, position + reach)
  const places = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return places.filter(place => place !== position).map(place => sentence[place])
}

/**
 * J_skip-gram = Σ_j J(v_c, w_{t+j}, U) and its gradients (14), (15). A window without outside words has loss 0.
 * Throws `usage` if a word is no row or negatives and outside words do not pair up, `bad-data` on misfit shapes.
 */
export function skipGram(window: SkipGramWindow): SkipGram {
  checkWindow(window)
  const centerVector = vectorOf(window.inputVectors, window.center, window.convention ?? 'rows')
  const centerGradient = new Float64Array(centerVector.length)
  const outputGradient = new Map<number, Float64Array>()
  let loss = 0
  for (let j = 0; j < window.outside.length; j++) {
    const pair = gradientsOfPair(window, centerVector, j)
    loss += pair.loss
    addScaled(centerGradient, 1, pair.centerGradient)
    addRows(outputGradient, pair.outputGradient)
  }
  return { loss, inputGradient: new Map([[window.center, centerGradient]]), outputGradient }
}

function checkWindow(window: SkipGramWindow): void {
  const { center, outside, inputVectors, negatives, convention = 'rows' } = window
  checkWord('the center word', center, wordsIn(inputVectors, convention))
  if (negatives && negatives.length !== outside.length)
    throw new WordloomError('usage', {
      found: `there are negatives for ${negatives.length} words, but ${outside.length} outside words`,
      expected: 'one list for each',
    })
}

/** The pair of the center word and outside word j, under the objective that the window asks for. */
function gradientsOfPair(window: SkipGramWindow, centerVector: Vector, j: number) {
  const { outside, outputVectors, negatives, convention = 'rows' } = window
  const pair = { centerVector, outside: outside[j], outputVectors, convention }
  if (negatives) return negativeSampling({ ...pair, negatives: negatives[j] })
  const { loss, centerGradient, outputGradient } = naiveSoftmax(pair)
  const byWord = convention === 'rows' ? outputGradient : inConvention(outputGradient, convention)
  return { loss, centerGradient, outputGradient: byWord.entries() }
}

function addRows(sum: Map<number, Float64Array>, rows: Iterable<[number, Float64Array]>): void {
  for (const [word, row] of rows) {
    const present = sum.get(word)
    if (present) addScaled(present, 1, row)
    else sum.set(word, row)
  }
}
