import { addScaled, dot } from '../math/index.js'
/** One guess taken apart: every number on the way from two vectors to the gradients. For pages and teaching. */
import { naiveSoftmax, type WordPair } from './naive-softmax.js'
import { negativeSampling, type SampledPair } from './negative-sampling.js'
import { type Rows, type SparseRows, scaled, type Vector } from './rows.js'
import { logSigmoid, sigmoid } from './sigmoid.js'
import { type SkipGram, type SkipGramWindow, skipGram } from './skip-gram.js'
import { logSumExp, softmax } from './softmax.js'

/** A word that occurs in the loss of a pair, and what it does there. */
export interface WordTerm {
  word: number
  /** u_wi · v_ci, d×1: the products whose sum is the score. */
  products: Float64Array
  /** s_w = u_wᵀv_c (1). */
  score: number
  /** What the model expected: ŷ_w under naive softmax (2), σ(s_w) under negative sampling (8). */
  probability: number
  /** y_w: 1 for the outside word, else 0. */
  observed: 0 | 1
  /** c_w, how often the word is among the negatives; 0 under naive softmax. */
  timesDrawn: number
  /** ∂J/∂s_w: ŷ_w − y_w, or y_w(σ(s_w) − 1) + c_w σ(s_w). Below zero it pulls u_w towards v_c, above it pushes. */
  error: number
  /** The part of J that is this word's: −y_w log ŷ_w, or −y_w log σ(s_w) − c_w log σ(−s_w), in nats. */
  loss: number
  /** error · u_w, d×1: the word's part of ∂J/∂v_c. */
  centerPart: Float64Array
  /** error · v_c, d×1: ∂J/∂u_w. */
  outputGradient: Float64Array
}

/** What an objective says about one pair, with the terms that it is made of. */
export interface PairTerms {
  /** J, in nats. */
  loss: number
  /** log Σ_x exp(s_x) under naive softmax (3); undefined under negative sampling, which needs no such sum. */
  logTotal: number | undefined
  /** Every word under naive softmax; else the outside word, then the distinct negatives in the order of their draws. */
  terms: WordTerm[]
  /** ∂J/∂v_c, d×1. */
  centerGradient: Float64Array
  /** ∂J/∂U, |V|×d, by word. */
  outputGradient: SparseRows
}

/** What an objective says about a window, with its pairs. */
export interface WindowTerms extends SkipGram {
  /** One for each outside word, in its order. */
  pairs: PairTerms[]
  /** Σ_j ∂J/∂s_w by word: what multiplies v_c in ∂J_sg/∂u_w. */
  errors: ReadonlyMap<number, number>
}

/** `naiveSoftmax` (5)–(7) with a term for every word. U holds a word a row. Throws as `naiveSoftmax`. */
export function naiveSoftmaxTerms(pair: WordPair): PairTerms {
  const { loss, centerGradient, outputGradient } = naiveSoftmax(pair)
  const scores = Float64Array.from(Array.from(pair.outputVectors, u => dot(u, pair.centerVector)))
  const logTotal = logSumExp(scores)
  const terms = Array.from(softmax(scores), (probability, word): WordTerm => {
    const observed = word === pair.outside ? 1 : 0
    const error = probability - observed
    const lossOfWord = observed ? logTotal - scores[word] : 0
    return termOf(pair, { word, probability, observed, timesDrawn: 0, error, loss: lossOfWord })
  })
  return { loss, logTotal, terms, centerGradient, outputGradient: new Map(outputGradient.entries()) }
}

/** `negativeSampling` (11)–(13) with a term for each distinct word. U holds a word a row. Throws as `negativeSampling`. */
export function negativeSamplingTerms(pair: SampledPair): PairTerms {
  const whole = negativeSampling(pair)
  const terms = Array.from(whole.outputGradient.keys(), word => {
    const score = dot(pair.outputVectors[word], pair.centerVector)
    const observed = word === pair.outside ? 1 : 0
    const timesDrawn = Array.from(pair.negatives).filter(negative => negative === word).length
    const error = timesDrawn * sigmoid(score) - observed * sigmoid(-score)
    const loss = 0 - observed * logSigmoid(score) - timesDrawn * logSigmoid(-score)
    return termOf(pair, { word, probability: sigmoid(score), observed, timesDrawn, error, loss })
  })
  return { ...whole, logTotal: undefined, terms }
}

/** `skipGram` (14), (15) with its pairs and their terms. Both matrices hold a word a row. Throws as `skipGram`. */
export function skipGramTerms(window: SkipGramWindow): WindowTerms {
  const whole = skipGram(window)
  const { center, outside, inputVectors, outputVectors, negatives } = window
  const pairs = Array.from(outside, (word, j) => {
    const pair = { centerVector: inputVectors[center], outside: word, outputVectors }
    return negatives ? negativeSamplingTerms({ ...pair, negatives: negatives[j] }) : naiveSoftmaxTerms(pair)
  })
  const errors = new Map<number, number>()
  for (const { word, error } of pairs.flatMap(pair => pair.terms))
    errors.set(word, (errors.get(word) ?? 0) + error)
  return { ...whole, pairs, errors }
}

/** One step downhill, x − learningRate · gradient, as new rows; rows that the gradient lacks are as they were. */
export function sgdStep(at: Rows, gradient: SparseRows, learningRate: number): Float64Array[] {
  return Array.from(at, (row, word) => {
    const moved = Float64Array.from(row)
    const downhill = gradient.get(word)
    if (downhill) addScaled(moved, -learningRate, downhill)
    return moved
  })
}

function termOf(
  { centerVector, outputVectors }: { centerVector: Vector; outputVectors: Rows },
  term: Pick<WordTerm, 'word' | 'probability' | 'observed' | 'timesDrawn' | 'error' | 'loss'>,
): WordTerm {
  const outputVector = outputVectors[term.word]
  return {
    ...term,
    products: Float64Array.from(outputVector, (u, i) => u * centerVector[i]),
    score: dot(outputVector, centerVector),
    centerPart: scaled(term.error, outputVector),
    outputGradient: scaled(term.error, centerVector),
  }
}
