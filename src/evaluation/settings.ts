import { option, say, WordloomError } from '../errors.js'
import type { AnalogyMethod } from '../vectors/index.js'
import { checkMethod } from '../vectors/inner.js'
import type { Resampling } from './bootstrap.js'

/**
 * How questions with unknown words count: `skip` leaves them out, `zero` counts an analogy as wrong and
 * a pair as of cosine 0. Covered and uncovered questions are counted either way.
 */
export const uncoveredPolicies = ['skip', 'zero'] as const
export type UncoveredPolicy = (typeof uncoveredPolicies)[number]

export interface EvaluationOptions extends Resampling {
  /** Only the `limit` most frequent words take part: 30,000 for analogies, all for pairs, if not given. */
  limit?: number
  /** Whether words that differ only in case are one (default); a word's own spelling comes first. */
  caseFolding?: boolean
  /** How analogies are answered: `add` (3CosAdd, default) or `multiply` (3CosMul). */
  method?: AnalogyMethod
  /** `skip` if not given, or `zero`. */
  unknown?: UncoveredPolicy
  /** Whether the same questions are also asked of the same vectors, dealt to the words at random. */
  baseline?: boolean
}

export function checkOptions({ limit, method, unknown, resamples, seed }: EvaluationOptions): void {
  checkWhole('limit', limit, 1)
  checkWhole('resamples', resamples, 0)
  checkWhole('seed', seed, 0)
  if (method !== undefined) checkMethod(method)
  if (unknown !== undefined && !uncoveredPolicies.includes(unknown))
    throw new WordloomError('usage', {
      action: 'evaluate',
      found: say`${option('unknown')} is ${JSON.stringify(unknown)}`,
      expected: uncoveredPolicies.join(' or '),
    })
}

function checkWhole(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return
  throw new WordloomError('usage', {
    action: 'evaluate',
    found: say`${option(name)} is ${String(value)}`,
    expected: `a whole number from ${least}`,
  })
}
