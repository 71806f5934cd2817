import { breathe } from '../../abort.js'
import { WordloomError } from '../../errors.js'
import { type Complete, checkNames, completed } from '../../options/index.js'
import { Classifier } from '../classifier.js'
import { labelledLines } from '../corpus/labelled-lines.js'
import type { LabelledSource } from '../corpus/labelled-source.js'
import { labelledLineOptionTable } from '../corpus/options.js'
import { type Calibration, reliabilityOf } from './calibration.js'
import { type Confusion, confusionOf } from './confusion.js'
import { type Curves, curvesOf } from './curves.js'
import { intervalsOf, type TestIntervals } from './intervals.js'
import { type JudgedLine, JudgedLines } from './judged-lines.js'
import { type LabelScores, meanScores, type Scores, scoresOf, type Tally } from './label-scores.js'
import { judgingOptionTable, readingOptions, type TestClassifierOptions } from './options.js'

/** How a classifier does on lines that it has not seen. */
export interface ClassifierTest {
  /** Lines that count. */
  readonly lines: number
  /** Lines of which nothing has a row, so that there is no answer. */
  readonly unanswered: number
  /** Labels of the lines that the classifier does not have. */
  readonly unknown: {
    readonly labels: readonly { readonly label: string; readonly count: number }[]
    /** Lines with such a label. */
    readonly lines: number
    /** Lines that were left out, if such labels are dropped. */
    readonly dropped: number
  }
  readonly count: number
  readonly threshold: number
  /** The share of lines whose most probable label is one of theirs, whatever its probability. */
  readonly accuracy: number
  /** Of all labels given: P@k, R@k and their harmonic mean. */
  readonly micro: Scores
  /** The mean over the labels that lines have or are given. */
  readonly macro: Scores
  /** The bounds of 95 of 100 draws of as many lines; null without draws. */
  readonly intervals: TestIntervals
  /** Labels that lines have or are given, in the order of the classifier, then those that it does not have. */
  readonly labels: readonly LabelScores[]
  readonly confusion: Confusion
  readonly calibration: Calibration
  /** If they are asked for. */
  readonly curves?: Curves
}

type Settings = Complete<typeof judgingOptionTable>

const ACTION = 'test a classifier'

/**
 * Judges a classifier on labelled lines. Throws what `labelledLines` throws, and `bad-data` if no line counts.
 */
export async function testClassifier(
  classifier: Classifier,
  source: LabelledSource,
  options: TestClassifierOptions = {},
): Promise<ClassifierTest> {
  if (!(classifier instanceof Classifier))
    throw new WordloomError('usage', {
      action: ACTION,
      found: 'the first argument is none',
      expected: 'a classifier, as loadClassifier gives it',
    })
  const reading = Object.keys(labelledLineOptionTable)
  const calls = ['onWarning', 'signal', 'maxDecompressed', 'onRead']
  checkNames(judgingOptionTable, options, [...reading, ...calls], ACTION)
  const settings = completed(judgingOptionTable, options, ACTION)
  const judged = new JudgedLines(classifier, settings)
  let pause = breathe()
  for await (const line of labelledLines(source, readingOptions(options))) {
    judged.add(line)
    if (pause.isDue()) pause = await pause.take()
  }
  if (judged.lines.length === 0) throw nothingJudged(judged)
  return resultOf(classifier, judged, settings)
}

function nothingJudged({ dropped }: JudgedLines): WordloomError {
  return new WordloomError('bad-data', {
    action: ACTION,
    found:
      dropped > 0
        ? `the classifier has none of the labels of ${dropped.toLocaleString('en')} ${dropped === 1 ? 'line' : 'lines'}`
        : 'there is no line with a label and a text',
    expected: 'lines such as "__label__x some words", or columns or objects with a text and a label',
  })
}

function resultOf(classifier: Classifier, judged: JudgedLines, settings: Settings): ClassifierTest {
  const { lines } = judged
  const tallies = talliesOf(lines, judged.labels.length)
  const labels = judged.labels
    .map((label, i) => ({
      label,
      isKnown: i < classifier.labels.length,
      ...tallies[i]!,
      ...scoresOf(tallies[i]!),
    }))
    .filter(({ own, given }) => own + given > 0)
  const isRight = lines.map(({ own, first }) => own.includes(first))
  const confidences = lines.map(({ confidence }) => confidence)
  return {
    lines: lines.length,
    unanswered: judged.unanswered,
    unknown: {
      labels: [...judged.unknown].map(([label, count]) => ({ label, count })),
      lines: judged.linesWithUnknown,
      dropped: judged.dropped,
    },
    count: settings.count,
    threshold: settings.threshold,
    accuracy: isRight.filter(Boolean).length / lines.length,
    micro: scoresOf(sumOf(tallies)),
    macro: meanScores(labels),
    intervals: intervalsOf(lines, isRight, tallies.length, settings),
    labels,
    confusion: confusionOf(judged),
    calibration: {
      brier: lines.reduce((sum, { brier }) => sum + brier, 0) / lines.length,
      ...reliabilityOf(confidences, isRight, settings.bins),
    },
    ...(settings.curves && { curves: curvesOf(classifier.labels, judged) }),
  }
}

function talliesOf(lines: readonly JudgedLine[], labels: number): Tally[] {
  const tallies = Array.from({ length: labels }, () => ({ own: 0, given: 0, right: 0 }))
  for (const { own, given } of lines) {
    for (const label of own) tallies[label]!.own++
    for (const label of given) {
      tallies[label]!.given++
      if (own.includes(label)) tallies[label]!.right++
    }
  }
  return tallies
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = (count: (tally: Tally) => number) => tallies.reduce((total, tally) => total + count(tally), 0)
  return { own: sum(({ own }) => own), given: sum(({ given }) => given), right: sum(({ right }) => right) }
}
