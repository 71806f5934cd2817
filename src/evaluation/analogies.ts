import { WordloomError } from '../errors.js'
import type { AnalogyMethod } from '../vectors/index.js'
import type { WordVectors } from '../vectors/word-vectors.js'
import { answerAll, type Question } from './analogy-answers.js'
import { type FileLine, lineError, shown } from './lines.js'
import { WantedWords } from './wanted-words.js'

/** Questions of one kind: a is to b as c is to d. */
export interface AnalogySection {
  /** As the file names it; '' for questions before any section line. */
  name: string
  questions: (readonly [a: string, b: string, c: string, d: string])[]
}

export interface AnalogyEvaluationOptions {
  /** `add` (3CosAdd) if not given, or `multiply` (3CosMul). */
  method?: AnalogyMethod
  /** Only the `limit` most frequent words ask and answer: 30,000 if not given, as is customary. */
  limit?: number
  /** Whether words that differ only in case are one (default). */
  caseFolding?: boolean
}

/** How many questions were asked, could be answered (all four words known), and were answered rightly. */
export interface AnalogyScore {
  questions: number
  covered: number
  uncovered: number
  correct: number
  /** correct / covered; null where none is covered. */
  accuracy: number | null
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
  sections: SectionScore[]
  semantic: AnalogyScore
  syntactic: AnalogyScore
  total: AnalogyScore
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
    if (words.length !== 4)
      throw lineError(
        path,
        line,
        `${shown(line.text)} has ${words.length} words; four are expected, or ": section"`,
      )
    if (sections.length === 0) sections.push({ name: '', questions: [] })
    sections.at(-1)!.questions.push(words as [string, string, string, string])
  }
  if (sections.every(section => section.questions.length === 0))
    throw new WordloomError(
      'bad-data',
      `${path}: there are sections but no questions; lines of four words are expected`,
    )
  return sections
}

/**
 * Answers every question whose words are known with the nearest word but a, b and c, as word2vec's
 * compute-accuracy and gensim do.
 */
export function evaluateAnalogies(
  vectors: WordVectors,
  sections: readonly AnalogySection[],
  { method = 'add', limit = 30_000, caseFolding = true }: AnalogyEvaluationOptions = {},
): AnalogyResult {
  const among = Math.min(limit, vectors.size)
  const wanted = new WantedWords(caseFolding)
  const asked = sections.map(section =>
    section.questions.map(
      ([a, b, c, d]): Question => [wanted.add(a), wanted.add(b), wanted.add(c), wanted.add(d)],
    ),
  )
  const found = wanted.find(vectors.vocabulary, among)
  const isCovered = (question: Question) => question.every(number => found.ids[number]! >= 0)
  const covered = asked.map(questions => questions.filter(isCovered))
  const right = answerAll(vectors, covered.flat(), found, method)

  const scored = sections.map(({ name, questions }, i): SectionScore => {
    const answers = right.splice(0, covered[i]!.length)
    const correct = answers.filter(Boolean).length
    return { name, kind: kindOf(name), ...score(questions.length, answers.length, correct) }
  })
  return {
    kind: 'analogies',
    method,
    limit: among,
    caseFolding,
    sections: scored,
    semantic: sum(scored.filter(section => section.kind === 'semantic')),
    syntactic: sum(scored.filter(section => section.kind === 'syntactic')),
    total: sum(scored),
  }
}

function kindOf(name: string): SectionScore['kind'] {
  if (name === '') return null
  return name.startsWith('gram') ? 'syntactic' : 'semantic'
}

function score(questions: number, covered: number, correct: number): AnalogyScore {
  return {
    questions,
    covered,
    uncovered: questions - covered,
    correct,
    accuracy: covered > 0 ? correct / covered : null,
  }
}

function sum(scores: readonly AnalogyScore[]): AnalogyScore {
  const total = (field: 'questions' | 'covered' | 'correct') => scores.reduce((n, one) => n + one[field], 0)
  return score(total('questions'), total('covered'), total('correct'))
}
