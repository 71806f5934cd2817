import type { AnalogySection } from './analogies.js'
import { type FileLine, lineError, shown } from './lines.js'

/** Published files have 50 pairs; each of n is asked with each other. */
const MOST_PAIRS = 1000

/** Whether a line is a word and, behind a tab, its answers, as in BATS: `king<tab>queen/princess`. */
export function isAnswerList(text: string): boolean {
  return text.split('\t').length === 2
}

/**
 * Questions from the pairs of BATS (Gladkova, Drozd and Matsuoka 2016): a is to the first of its answers as c is to any
 * of its own, for every two lines. Throws `bad-data` with the line.
 */
export function parseAnswerLists(path: string, lines: readonly FileLine[]): AnalogySection[] {
  const pairs = lines.map(line => {
    const [word = '', list = '', ...more] = line.text.split('\t').map(field => field.trim())
    const answers = list.split('/').filter(answer => answer !== '')
    if (more.length === 0 && word !== '' && answers.length > 0) return { word, answers }
    throw lineError(path, line, {
      found: `${shown(line.text)} is no pair`,
      expected: 'a word, a tab, and its answers with slashes between them',
    })
  })
  if (pairs.length > MOST_PAIRS)
    throw lineError(path, lines[MOST_PAIRS]!, {
      found: `there are ${pairs.length.toLocaleString('en')} pairs`,
      expected: `at most ${MOST_PAIRS.toLocaleString('en')}, since each is asked with each other`,
    })
  const questions = pairs.flatMap((given, i) =>
    pairs.flatMap(({ word, answers }, j) =>
      i === j
        ? []
        : ([[given.word, given.answers[0]!, word, ...answers]] as unknown as AnalogySection['questions']),
    ),
  )
  return [{ name: '', questions }]
}
