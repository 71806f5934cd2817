import { WordloomError } from '../errors.js'
import type { Vector } from './rows.js'

/** How strictly the observed distribution is looked at. */
export interface CrossEntropyOptions {
  /** Demand that y is one-hot: a single 1, all else 0. Then the sum is its one term, −log ŷ_o. */
  oneHot?: boolean
}

/**
 * CE(y, ŷ) = −Σ_w y_w log ŷ_w, in nats (4). `observed` is y and `predicted` is ŷ, both |V|×1. Words with y_w = 0
 * drop out, even if ŷ_w is 0 too. Throws `bad-data` if either is not made of probabilities.
 */
export function crossEntropy(
  observed: Vector,
  predicted: Vector,
  { oneHot = false }: CrossEntropyOptions = {},
): number {
  checkSameLength(observed, predicted)
  checkProbabilities('observed', observed)
  checkProbabilities('predicted', predicted)
  if (oneHot) checkOneHot(observed)
  let sum = 0
  for (let w = 0; w < observed.length; w++) if (observed[w] > 0) sum -= observed[w] * Math.log(predicted[w])
  return sum
}

function checkSameLength(observed: Vector, predicted: Vector): void {
  if (observed.length !== predicted.length || observed.length === 0)
    throw new WordloomError('bad-data', {
      found: `observed has ${observed.length} probabilities and predicted ${predicted.length}`,
      expected: 'one of each for every word',
    })
}

function checkProbabilities(role: string, vector: Vector): void {
  for (let w = 0; w < vector.length; w++)
    if (!(vector[w] >= 0 && vector[w] <= 1))
      throw new WordloomError('bad-data', {
        found: `${role} probability ${w} is ${vector[w]}`,
        expected: 'a number from 0 to 1',
      })
}

function checkOneHot(observed: Vector): void {
  const ones = Array.from(observed).filter(y => y === 1).length
  const zeros = Array.from(observed).filter(y => y === 0).length
  if (ones !== 1 || zeros !== observed.length - 1)
    throw new WordloomError('bad-data', {
      found: `observed has ${ones} ones and ${zeros} zeros among ${observed.length} numbers`,
      expected: 'a single 1 and all else 0',
    })
}
