import { addScaled } from '../math/index.js'
import {
  type Convention,
  checkVocabulary,
  checkWord,
  inConvention,
  type Rows,
  score,
  type Vector,
  vectorOf,
  wordsIn,
  zeroRows,
} from './rows.js'
import { logSumExp, softmax } from './softmax.js'

/** A center word's vector, and the outside word that was seen near it. */
export interface WordPair {
  /** v_c, d×1. */
  centerVector: Vector
  /** o, the number of the outside word: its row in U. */
  outside: number
  /** U, |V|×d: one output vector a row; d×|V|, one a column, under the other convention. */
  outputVectors: Rows
  /** How U holds the words, `'rows'` unless said otherwise. ∂J/∂U comes as U does. */
  convention?: Convention
}

/** What naive softmax says about one pair. */
export interface NaiveSoftmax {
  /** J, in nats. */
  loss: number
  /** ŷ, |V|×1: how likely the model holds each word to be the outside word. */
  probabilities: Float64Array
  /** ∂J/∂v_c, d×1. */
  centerGradient: Float64Array
  /** ∂J/∂U, in the shape of U: |V|×d, every row of it, or d×|V|. */
  outputGradient: Float64Array[]
}

/**
 * Loss, prediction and gradients of one pair under naive softmax (2), (5)–(7): O(|V|·d), since every word's score
 * is in the denominator. Throws `usage` if `outside` is no row, `bad-data` if shapes do not fit or there is only
 * one word.
 */
export function naiveSoftmax(pair: WordPair): NaiveSoftmax {
  const scores = scoresOf(pair)
  const probabilities = softmax(scores)
  const error = minusOneHot(probabilities, pair.outside)
  return {
    loss: logSumExp(scores) - scores[pair.outside],
    probabilities,
    centerGradient: naiveSoftmaxCenterGradient(error, pair),
    outputGradient: naiveSoftmaxOutputGradient(error, pair),
  }
}

/** J = −log ŷ_o = −u_oᵀv_c + log Σ_w exp(u_wᵀv_c), in nats (5). Throws as `naiveSoftmax`. */
export function naiveSoftmaxLoss(pair: WordPair): number {
  const scores = scoresOf(pair)
  return logSumExp(scores) - scores[pair.outside]
}

/**
 * ∂J/∂v_c = Uᵀ(ŷ − y) = −u_o + Σ_w ŷ_w u_w, d×1 (6): the vector expected less the vector observed. With words in
 * columns it is written U(ŷ − y).
 */
function naiveSoftmaxCenterGradient(error: Vector, pair: WordPair): Float64Array {
  const { centerVector, outputVectors, convention = 'rows' } = pair
  const gradient = new Float64Array(centerVector.length)
  for (let w = 0; w < error.length; w++) addScaled(gradient, error[w], vectorOf(outputVectors, w, convention))
  return gradient
}

/**
 * ∂J/∂U = (ŷ − y)v_cᵀ, |V|×d: row w is ∂J/∂u_w = (ŷ_w − y_w)v_c (7). The rows sum to zero, as ŷ − y does. With words
 * in columns it is v_c(ŷ − y)ᵀ, d×|V|.
 */
function naiveSoftmaxOutputGradient(error: Vector, pair: WordPair): Float64Array[] {
  const { centerVector, convention = 'rows' } = pair
  const gradient = zeroRows(error.length, centerVector.length)
  for (let w = 0; w < error.length; w++) addScaled(gradient[w], error[w], centerVector)
  return convention === 'rows' ? gradient : inConvention(gradient, convention)
}

/** s = U v_c, |V|×1 (1). */
function scoresOf({ centerVector, outside, outputVectors, convention = 'rows' }: WordPair): Float64Array {
  const words = wordsIn(outputVectors, convention)
  checkVocabulary(words)
  checkWord('the outside word', outside, words)
  return Float64Array.from({ length: words }, (_, w) =>
    score(vectorOf(outputVectors, w, convention), centerVector, w),
  )
}

/** ŷ − y, with y one-hot at the outside word, |V|×1. */
function minusOneHot(probabilities: Vector, outside: number): Float64Array {
  return Float64Array.from(probabilities, (probability, w) => (w === outside ? probability - 1 : probability))
}
