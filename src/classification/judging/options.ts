import { choice, flag, integer, number, type OptionTable, UNBOUNDED } from '../../options/index.js'
import type { LabelledLineOptions, ReadLabelledOptions } from '../corpus/options.js'
import { labelledLineOptionTable } from '../corpus/options.js'

export interface JudgingOptions {
  /**
   * Number of labels that are given to each line, the most probable ones. A whole number from 1 up; default
   * 1.
   */
  readonly count?: number | undefined
  /** Least probability of a label that is given. A number from 0 to 1; default 0. */
  readonly threshold?: number | undefined
  /**
   * Labels that the classifier does not have: wrong: nothing is right for them; dropped: left out, and lines
   * that have no others, as fastText does. One of wrong, dropped; default 'wrong'.
   */
  readonly unknownLabels?: 'wrong' | 'dropped' | undefined
  /** Precision and recall at every threshold, of all labels and of each. True or false; default false. */
  readonly curves?: boolean | undefined
  /**
   * Bins of probability in which answers are compared with how often they are right. A whole number from 1 to
   * 1,000; default 10.
   */
  readonly bins?: number | undefined
  /**
   * Draws of as many lines for the intervals; 0 for none. A whole number from 0 to 1,000,000; default 1,000.
   */
  readonly resamples?: number | undefined
  /** Start of every random draw. A whole number from 0 up; default 1. */
  readonly seed?: number | undefined
}

export interface TestClassifierOptions extends JudgingOptions, ReadLabelledOptions {}

/** Every option of a test, but for those of reading: types, defaults, ranges, flags and help. */
export const judgingOptionTable = {
  count: integer(1, 1, UNBOUNDED, 'number of labels that are given to each line, the most probable ones'),
  threshold: number(0, 0, 1, 'least probability of a label that is given'),
  unknownLabels: choice(
    'wrong',
    ['wrong', 'dropped'],
    'labels that the classifier does not have: wrong: nothing is right for them; dropped: left out, and lines that have no others, as fastText does',
  ),
  curves: flag('precision and recall at every threshold, of all labels and of each'),
  bins: integer(
    10,
    1,
    1000,
    'bins of probability in which answers are compared with how often they are right',
  ),
  resamples: integer(1000, 0, 1_000_000, 'draws of as many lines for the intervals; 0 for none'),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw'),
} as const satisfies OptionTable<keyof JudgingOptions>

/** The options of reading among all of a test. */
export function readingOptions(options: TestClassifierOptions): ReadLabelledOptions {
  const { onWarning, signal, maxDecompressed, onRead } = options
  const names = Object.keys(labelledLineOptionTable) as (keyof LabelledLineOptions)[]
  const given = Object.fromEntries(names.map(name => [name, options[name]]))
  return { ...given, onWarning, signal, maxDecompressed, onRead }
}
