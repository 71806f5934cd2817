import { WordloomError } from '../errors.js'
import { checkArray, checkNames } from '../options/index.js'
import type { AnalogyMethod, WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { type AnalogyAnswer, answerAll, type Question } from './analogy-answers.js'
import { bootstrap, type Interval, intervalOf } from './bootstrap.js'
import { deal } from './deal.js'
import { type FileLine, lineError, shown } from './lines.js'
import {
  type EvaluationOptions,
  type EvaluationSettings,
  evaluationOptionTable,
  settingsOf,
  type UncoveredPolicy,
  WORDS_FOR_ANALOGIES,
} from './settings.js'
import { WantedWords } from './wanted-words.js'

/** Questions of one kind: a is to b as c is to d, or to one of the others. */
export interface AnalogySection {
  /** As the file names it; '' for questions before any section line. */
  name: string
  questions: (readonly [a: string, b: string, c: string, d: string, ...others: string[]])[]
}

export type AnalogyEvaluationOptions = EvaluationOptions

/** How many questions were asked, could be answered (all four words known), and were answered rightly. */
export interface AnalogyScore {
  questions: number
  covered: number
  /** Those of the covered questions that have a word whose vector is made from its sub-words. */
  bySubwords: number
  uncovered: number
  correct: number
  /** correct / covered, or / questions where unknown ones count as wrong; null for a share of none. */
  accuracy: number | null
  /** Of the accuracy; null without resamples. */
  interval: Interval | null
  /** Right also where a, b and c themselves may be the answer. */
  correctUnexcluded: number
  accuracyUnexcluded: number | null
}

export interface SectionScore extends AnalogyScore {
  name: string
  /** Sections named gram… are syntactic, other ones semantic, unnamed ones neither. */
  kind: 'semantic' | 'syntactic' | null
}

export interface AnalogyResult {
  kind: 'analogies'
  method: AnalogyMethod
  /** Words that took part. */
  limit: number
  caseFolding: boolean
  unknown: UncoveredPolicy
  sections: SectionScore[]
  semantic: AnalogyScore
  syntactic: AnalogyScore
  total: AnalogyScore
  /** What the same vectors score when dealt to the words at random, if that was asked. */
  baseline?: Pick<AnalogyScore, 'accuracy' | 'accuracyUnexcluded'>
}

/** Sections from lines of four words and `: name` lines. Throws `bad-data` with the line. */
export function parseAnalogies(path: string, lines: readonly FileLine[]): AnalogySection[] {
  const sections: AnalogySection[] = []
  for (const line of lines) {
    if (line.text.startsWith(':')) {
      sections.push({ name: line.text.slice(1).trim(), questions: [] })
      continue
    }
    const words = line.text.split(/[ \t]+/)
    if (words.length !== 4 && line.text.startsWith('#')) continue
    if (words.length !== 4)
      throw lineError(path, line, {
        found: `${shown(line.text)} has ${words.length} words`,
        expected: 'four words, or ": section"',
      })
    if (sections.length === 0) sections.push({ name: '', questions: [] })
    sections.at(-1)!.questions.push(words as [string, string, string, string])
  }
  if (sections.every(section => section.questions.length === 0))
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'there are sections but no questions',
      expected: 'lines of four words',
    })
  return sections
}

/**
 * Answers every question whose words are known with the nearest word but a, b and c, as word2vec's
 * compute-accuracy and gensim do, and with the nearest word of all. Throws `usage`.
 */
export function evaluateAnalogies(
  vectors: WordVectors,
  sections: readonly AnalogySection[],
  options: AnalogyEvaluationOptions = {},
): AnalogyResult {
  checkNames(evaluationOptionTable, options, [], 'evaluate')
  checkVectors(vectors, 'evaluate')
  checkArray(sections, 'sections', 'an array of sections', 'evaluate')
  const settings = settingsOf(options)
  const { method, caseFolding, unknown, baseline } = settings
  const answered = answerSections(vectors, sections, settings)
  const scored = sections.map(({ name }, i): SectionScore => {
    return { name, kind: kindOf(name), ...score(answered[i]!, settings) }
  })
  const half = (kind: SectionScore['kind']) =>
    score(answered.filter((_, i) => scored[i]!.kind === kind).flat(), settings)
  return {
    kind: 'analogies',
    method,
    limit: wordsTakingPart(vectors, settings),
    caseFolding,
    unknown,
    sections: scored,
    semantic: half('semantic'),
    syntactic: half('syntactic'),
    total: score(answered.flat(), settings),
    ...(baseline && { baseline: baselineOf(vectors, sections, settings) }),
  }
}

/** The answer to each question of each section; null if a word is unknown. */
export function answerSections(
  vectors: WordVectors,
  sections: readonly AnalogySection[],
  settings: EvaluationSettings,
  isDealt = false,
): (AnalogyAnswer | null)[][] {
  const { method, caseFolding, unknown, seed } = settings
  const wanted = new WantedWords(caseFolding)
  const asked = sections.map(section =>
    section.questions.map(question => question.map(word => wanted.add(word)) as unknown as Question),
  )
  const found = wanted.find(vectors, wordsTakingPart(vectors, settings), unknown)
  const isKnown = (number: number) => found.ids[number]! >= 0
  const isCovered = ([a, b, c, ...answers]: Question) =>
    answers.some(isKnown) && [a, b, c].every(number => isKnown(number) || found.made.has(number))
  const covered = asked.flat().filter(isCovered)
  const answers = answerAll(vectors, covered, isDealt ? deal(found, seed) : found, method).values()
  return asked.map(questions =>
    questions.map(question => (isCovered(question) ? answers.next().value! : null)),
  )
}

/** Whether each question that counts is answered rightly. */
export function outcomesOf(
  answers: readonly (AnalogyAnswer | null)[],
  { unknown }: EvaluationSettings,
): boolean[] {
  return answers.flatMap(answer => (answer === null && unknown !== 'zero' ? [] : (answer?.right ?? false)))
}

/** The share of questions answered rightly in a resample. */
export function resampledAccuracy(outcomes: readonly boolean[]): (weights: Uint32Array) => number {
  return weights => {
    let correct = 0
    for (let i = 0; i < outcomes.length; i++) if (outcomes[i]) correct += weights[i]!
    return correct / outcomes.length
  }
}

function wordsTakingPart(vectors: WordVectors, { limit = WORDS_FOR_ANALOGIES }: EvaluationSettings): number {
  return Math.min(limit, vectors.size)
}

function kindOf(name: string): SectionScore['kind'] {
  if (name === '') return null
  return name.startsWith('gram') ? 'syntactic' : 'semantic'
}

function score(answers: readonly (AnalogyAnswer | null)[], settings: EvaluationSettings): AnalogyScore {
  const covered = answers.filter(answer => answer !== null)
  const outcomes = outcomesOf(answers, settings)
  const correct = covered.filter(({ right }) => right).length
  const correctUnexcluded = covered.filter(({ rightUnexcluded }) => rightUnexcluded).length
  const share = (count: number) => (outcomes.length > 0 ? count / outcomes.length : null)
  return {
    questions: answers.length,
    covered: covered.length,
    bySubwords: covered.filter(({ bySubwords }) => bySubwords).length,
    uncovered: answers.length - covered.length,
    correct,
    accuracy: share(correct),
    interval: intervalOf(bootstrap(outcomes.length, resampledAccuracy(outcomes), settings)),
    correctUnexcluded,
    accuracyUnexcluded: share(correctUnexcluded),
  }
}

function baselineOf(
  vectors: WordVectors,
  sections: readonly AnalogySection[],
  settings: EvaluationSettings,
): NonNullable<AnalogyResult['baseline']> {
  const answers = answerSections(vectors, sections, settings, true).flat()
  const { accuracy, accuracyUnexcluded } = score(answers, { ...settings, resamples: 0 })
  return { accuracy, accuracyUnexcluded }
}
