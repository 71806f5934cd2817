import { WordloomError } from '../errors.js'
import type { Vector } from './rows.js'

/**
 * ŷ = softmax(s): ŷ_w = exp(s_w) / Σ_x exp(s_x), |V|×1 (2). Right for scores of any size, since only differences
 * from the greatest score are exponentiated. Throws `bad-data` if a score is not finite or there is none.
 */
export function softmax(scores: Vector): Float64Array {
  const logTotal = logSumExp(scores)
  return Float64Array.from(scores, score => Math.exp(score - logTotal))
}

/** log Σ_w exp(s_w), a number (3). Throws `bad-data` if a score is not finite or there is none. */
export function logSumExp(scores: Vector): number {
  const greatest = greatestOf(scores)
  let sum = 0
  for (let w = 0; w < scores.length; w++) sum += Math.exp(scores[w] - greatest)
  return greatest + Math.log(sum)
}

function greatestOf(scores: Vector): number {
  if (scores.length === 0)
    throw new WordloomError('bad-data', { found: 'there are no scores', expected: 'at least one' })
  let greatest = Number.NEGATIVE_INFINITY
  for (let w = 0; w < scores.length; w++) {
    if (!Number.isFinite(scores[w]))
      throw new WordloomError('bad-data', {
        found: `score ${w} is ${scores[w]}`,
        expected: 'a finite number',
      })
    greatest = Math.max(greatest, scores[w])
  }
  return greatest
}
