import {
  type Complete,
  choice,
  completed,
  type FlagOption,
  flag,
  integer,
  type OptionTable,
} from '../options/index.js'
import { type AnalogyMethod, analogyOptionTable } from '../vectors/index.js'
import { type Resampling, resamplingOptionTable } from './bootstrap.js'

/**
 * How questions with unknown words count: `skip` leaves them out, `zero` counts an analogy as wrong and
 * a pair as of cosine 0, and `subwords` makes vectors for words outside the vocabulary from their sub-words, so that
 * these questions are covered, but for analogies whose answer is such a word. Covered and uncovered questions are counted
 * in any case.
 */
export const uncoveredPolicies = ['skip', 'zero', 'subwords'] as const
export type UncoveredPolicy = (typeof uncoveredPolicies)[number]

export interface EvaluationOptions extends Resampling {
  /**
   * Number of the most frequent words that take part. A whole number from 1 up; default 30,000 for analogies,
   * else all.
   */
  limit?: number
  /**
   * Words that differ only in case, taken as one. True or false; default true.
   *
   * A word's own spelling comes first.
   */
  caseFolding?: boolean
  /**
   * Sum of cosines (add, 3CosAdd) or their product (multiply, 3CosMul). One of add, multiply; default 'add'.
   */
  method?: AnalogyMethod
  /**
   * Questions with unknown words: skip: left out; zero: an analogy is wrong, a pair has cosine 0; subwords:
   * asked of vectors made of parts of the words. One of skip, zero, subwords; default 'skip'.
   */
  unknown?: UncoveredPolicy
  /** Scores of the same vectors dealt to the words at random. True or false; default false. */
  baseline?: boolean
}

/** Words that take part in analogies if no limit is given. */
export const WORDS_FOR_ANALOGIES = 30_000

const caseFolding: FlagOption = {
  kind: 'flag',
  default: true,
  help: 'words that differ only in case, taken as one',
}

/** Every option of an evaluation: types, defaults, ranges, flags and help. */
export const evaluationOptionTable = {
  limit: integer(undefined, 1, Number.MAX_SAFE_INTEGER, 'number of the most frequent words that take part', {
    otherwise: `${WORDS_FOR_ANALOGIES.toLocaleString('en')} for analogies, else all`,
  }),
  ...analogyOptionTable,
  unknown: choice(
    'skip',
    uncoveredPolicies,
    'questions with unknown words: skip: left out; zero: an analogy is wrong, a pair has cosine 0; subwords: asked of vectors made of parts of the words',
  ),
  caseFolding,
  baseline: flag('scores of the same vectors dealt to the words at random'),
  ...resamplingOptionTable,
} as const satisfies OptionTable<keyof EvaluationOptions>

/** Every option of an evaluation with its value. */
export type EvaluationSettings = Complete<typeof evaluationOptionTable>

/** Throws `usage` for options out of range. */
export function settingsOf(options: EvaluationOptions): EvaluationSettings {
  return completed(evaluationOptionTable, options, 'evaluate')
}
