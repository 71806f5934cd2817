import type { WordVectors } from '../vectors/index.js'
import { type AnalogySection, answerSections, outcomesOf, resampledAccuracy } from './analogies.js'
import { bootstrap, type Interval, intervalOf, pValueOf, type Weights } from './bootstrap.js'
import { resampledSpearman } from './correlation.js'
import { readQuestions } from './questions.js'
import { type EvaluationOptions, type EvaluationSettings, settingsOf } from './settings.js'
import { AskedPairs } from './similarity.js'
import type { PairColumns, WordPair } from './word-pairs.js'

/** Two models on the questions of a file that count for both. */
export interface PairedResult {
  file: string
  /** What the scores are: the share of analogies right, or the rank correlation of pairs. */
  measure: 'accuracy' | 'spearman'
  questions: number
  /** Which columns were taken, if a file of pairs has more than three. */
  columns?: PairColumns
  /** Questions that count for both models; the scores are over these. */
  common: number
  first: number | null
  second: number | null
  /** second − first. */
  difference: number | null
  /** Of the difference; null without resamples. */
  interval: Interval | null
  /**
   * Of a difference at least as great if there is none, two-sided, by the paired bootstrap; null if it
   * is not defined.
   */
  p: number | null
}

/**
 * Asks two models the same questions, and tests the difference: each resample draws questions, the same for
 * both. Throws `no-input`, `bad-data` (with the line) and `usage`.
 */
export async function evaluatePaired(
  first: WordVectors,
  second: WordVectors,
  path: string,
  options: EvaluationOptions = {},
): Promise<PairedResult> {
  const settings = settingsOf(options)
  const questions = await readQuestions(path)
  if (questions.kind === 'analogies')
    return {
      file: path,
      measure: 'accuracy',
      ...pairedAnalogies([first, second], questions.sections, settings),
    }
  const { pairs, columns } = questions
  const numbers = pairedPairs([first, second], pairs, settings)
  return { file: path, measure: 'spearman', ...numbers, ...(columns && { columns }) }
}

type Numbers = Omit<PairedResult, 'file' | 'measure' | 'columns'>
type Both = readonly [WordVectors, WordVectors]
type Statistic = (weights: Weights) => number | null

function pairedAnalogies(
  models: Both,
  sections: readonly AnalogySection[],
  settings: EvaluationSettings,
): Numbers {
  const [a, b] = models.map(vectors => answerSections(vectors, sections, settings).flat())
  const isCommon = (i: number) => settings.unknown === 'zero' || (a![i] !== null && b![i] !== null)
  const [first, second] = [a!, b!].map(answers =>
    outcomesOf(
      answers.filter((_, i) => isCommon(i)),
      settings,
    ),
  )
  const statistics = [resampledAccuracy(first!), resampledAccuracy(second!)] as const
  return { questions: a!.length, ...tested(first!.length, statistics, settings) }
}

function pairedPairs(models: Both, pairs: readonly WordPair[], settings: EvaluationSettings): Numbers {
  const asked = models.map(vectors => new AskedPairs(vectors, pairs, settings))
  const [a, b] = asked.map(pairs => pairs.cosines())
  const isCommon = (i: number) => a![i] !== null && b![i] !== null
  const [first, second] = [a!, b!].map((cosines, model) =>
    asked[model]!.judged(cosines.map((cosine, i) => (isCommon(i) ? cosine : null))),
  )
  const statistics = [
    resampledSpearman(first!.scores, first!.cosines),
    resampledSpearman(second!.scores, second!.cosines),
  ] as const
  return { questions: pairs.length, ...tested(first!.scores.length, statistics, settings) }
}

function tested(
  common: number,
  [one, other]: readonly [Statistic, Statistic],
  settings: EvaluationSettings,
): Omit<Numbers, 'questions'> {
  const each = new Uint32Array(common).fill(1)
  const [first, second] = common > 0 ? [one(each), other(each)] : [null, null]
  const difference = minus(second, first)
  const resampled = bootstrap(common, weights => minus(other(weights), one(weights)), settings)
  return {
    common,
    first,
    second,
    difference,
    interval: difference === null ? null : intervalOf(resampled),
    p: difference === null ? null : pValueOf(resampled),
  }
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b
}
