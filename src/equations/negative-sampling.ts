import { addScaled } from '../math/index.js'
import type { WordPair } from './naive-softmax.js'
import {
  checkVocabulary,
  checkWord,
  type SparseRows,
  scaled,
  score,
  type Vector,
  vectorOf,
  wordsIn,
} from './rows.js'
import { logSigmoid, sigmoid } from './sigmoid.js'

/** A pair, and the noise words from which it is distinguished. */
export interface SampledPair extends WordPair {
  /** n_1 … n_K, numbers of words: one for every draw, so a word drawn n times is there n times. */
  negatives: ArrayLike<number>
}

/** What negative sampling says about one pair. */
export interface NegativeSampling {
  /** J, in nats. */
  loss: number
  /** ∂J/∂v_c, d×1. */
  centerGradient: Float64Array
  /** ∂J/∂U by word, in either convention: only the outside word and the distinct negatives, K + 1 words at most. */
  outputGradient: SparseRows
}

/** A word that occurs in the loss of a pair. */
interface ScoredWord {
  word: number
  /** u_w, d×1. */
  outputVector: Vector
  /** s_w = u_wᵀv_c. */
  score: number
  /** 1 for the outside word, else 0. */
  observed: number
  /** c_w, how often the word is among the negatives. */
  timesDrawn: number
}

/**
 * Loss and gradients of one pair under negative sampling (11)–(13): O(K·d), whatever |V| is. The outside word may be
 * among the negatives; it is then pulled by one term and pushed by others. Throws `usage` if a word is no row,
 * `bad-data` if shapes do not fit or there is only one word.
 */
export function negativeSampling(pair: SampledPair): NegativeSampling {
  const words = scoreWords(pair)
  return {
    loss: lossOf(words),
    centerGradient: negativeSamplingCenterGradient(words, pair.centerVector.length),
    outputGradient: negativeSamplingOutputGradient(words, pair.centerVector),
  }
}

/** J = −log σ(u_oᵀv_c) − Σ_k log σ(−u_{n_k}ᵀv_c), in nats, k over the draws (11). Throws as `negativeSampling`. */
export function negativeSamplingLoss(pair: SampledPair): number {
  return lossOf(scoreWords(pair))
}

/** (11) again, with equal draws taken together: each distinct word once, times how often it was drawn. */
function lossOf(words: readonly ScoredWord[]): number {
  let loss = 0
  for (const { score, observed, timesDrawn } of words) {
    if (observed) loss -= logSigmoid(score)
    if (timesDrawn) loss -= timesDrawn * logSigmoid(-score)
  }
  return loss
}

/** ∂J/∂v_c = (σ(s_o) − 1)u_o + Σ_k σ(s_{n_k})u_{n_k} = Σ_w g_w u_w, d×1 (12). */
function negativeSamplingCenterGradient(words: readonly ScoredWord[], dimensions: number): Float64Array {
  const gradient = new Float64Array(dimensions)
  for (const scored of words) addScaled(gradient, scoreGradient(scored), scored.outputVector)
  return gradient
}

/** ∂J/∂u_w = g_w v_c, d×1 for each word of the loss; zero for every other word (13). */
function negativeSamplingOutputGradient(words: readonly ScoredWord[], centerVector: Vector): SparseRows {
  return new Map(words.map(scored => [scored.word, scaled(scoreGradient(scored), centerVector)]))
}

/** g_w = ∂J/∂s_w = y_w(σ(s_w) − 1) + c_w σ(s_w), a number; both gradients are made of it. */
function scoreGradient({ score, observed, timesDrawn }: ScoredWord): number {
  // −σ(−s) is σ(s) − 1 without cancellation.
  return timesDrawn * sigmoid(score) - observed * sigmoid(-score)
}

/** The outside word, then the distinct negatives in the order they were first drawn: one score each. */
function scoreWords(pair: SampledPair): ScoredWord[] {
  const { centerVector, outside, outputVectors, convention = 'rows' } = pair
  return Array.from(timesDrawn(pair), ([word, times]) => {
    const outputVector = vectorOf(outputVectors, word, convention)
    return {
      word,
      outputVector,
      score: score(outputVector, centerVector, word),
      observed: word === outside ? 1 : 0,
      timesDrawn: times,
    }
  })
}

/** c_w of each word in the loss; 0 for an outside word that was not drawn. */
function timesDrawn({ outside, outputVectors, negatives, convention = 'rows' }: SampledPair) {
  const words = wordsIn(outputVectors, convention)
  checkVocabulary(words)
  checkWord('the outside word', outside, words)
  const times = new Map([[outside, 0]])
  for (let k = 0; k < negatives.length; k++) {
    checkWord(`negative ${k}`, negatives[k], words)
    times.set(negatives[k], (times.get(negatives[k]) ?? 0) + 1)
  }
  return times
}
