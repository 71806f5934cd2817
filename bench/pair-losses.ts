import { logSumExp } from 'wordloom/equations'
import type { WordVectors } from 'wordloom/vectors'
import { multiplyRows } from '#equations/products'
import { type Matrix, row } from '#math/matrix'

/** By the id of a center word, the ids of the outside words of its pairs. */
export type Pairs = readonly (readonly number[])[]

/** What a model gives the outside words of pairs: the mean of −ln P(outside | center), in nats. */
export interface PairLosses {
  /** P in proportion to exp(u_o·v_c): how softmax means its scores. */
  readonly ofScores: number
  /**
   * P in proportion to noise(o) · exp(u_o·v_c). Negative sampling is at its least where u_o·v_c is
   * ln P(o | c) − ln noise(o) − ln K (Levy & Goldberg 2014), and ln K is the same for all o.
   */
  readonly besideNoise: number
}

/** Over all pairs and all words, in float64. `noise` has the weights of the noise distribution, by id. */
export function pairLosses(
  { matrix, outputVectors }: WordVectors,
  noise: Float64Array,
  pairs: Pairs,
): PairLosses {
  const [centers, outsides] = [rowsOf(matrix), rowsOf(outputVectors!)]
  const logNoise = noise.map(Math.log)
  const scores = new Float64Array(outsides.length)
  const shifted = new Float64Array(outsides.length)
  let [ofScores, besideNoise] = [0, 0]
  for (const [center, seen] of pairs.entries()) {
    if (seen.length === 0) continue
    multiplyRows(scores, outsides, centers[center]!, 0, outsides.length)
    for (let word = 0; word < scores.length; word++) shifted[word] = scores[word]! + logNoise[word]!
    ofScores += lossOf(scores, seen)
    besideNoise += lossOf(shifted, seen)
  }
  const count = countOf(pairs)
  return { ofScores: ofScores / count, besideNoise: besideNoise / count }
}

/** The same where words are as likely as their weights say, whatever the center word. */
export function frequencyLoss(weights: Float64Array, pairs: Pairs): number {
  const logWeights = weights.map(Math.log)
  return pairs.reduce((loss, seen) => loss + lossOf(logWeights, seen), 0) / countOf(pairs)
}

export function countOf(pairs: Pairs): number {
  return pairs.reduce((count, seen) => count + seen.length, 0)
}

/** Σ −ln softmax(scores) over the words seen. */
function lossOf(scores: Float64Array, seen: readonly number[]): number {
  const logTotal = logSumExp(scores)
  return seen.reduce((loss, word) => loss + logTotal - scores[word]!, 0)
}

function rowsOf(matrix: Matrix): Float64Array[] {
  return Array.from({ length: matrix.rows }, (_, i) => Float64Array.from(row(matrix, i)))
}
