import type { Source } from './source.js'
import {
  caseSpecimen,
  FIRST_DIMENSIONS,
  FIRST_SENTENCE,
  loadedSpecimen,
  randomSpecimen,
  type Specimen,
} from './specimen.js'

/** What the reader has put under the microscope. */
export interface Subject {
  readonly source: Source
  readonly sentence: string
  /** Of random vectors. */
  readonly dimensions: number
  /** Which of the test cases, where those are the source. */
  readonly caseIndex: number
}

export const FIRST_SUBJECT: Subject = {
  source: { kind: 'random' },
  sentence: FIRST_SENTENCE,
  dimensions: FIRST_DIMENSIONS,
  caseIndex: 0,
}

/** Throws a sentence where it cannot be looked at. */
export function specimenOf({ source, sentence, dimensions, caseIndex }: Subject): Specimen {
  if (source.kind === 'vectors') return loadedSpecimen(sentence, source.vectors, source.name)
  if (source.kind === 'cases') return caseSpecimen(source.cases[caseIndex])
  return randomSpecimen(sentence, dimensions)
}

export function withSource(subject: Subject, source: Source): Subject {
  return { ...subject, source, caseIndex: 0 }
}

/** Test cases have sentences of their own, so that another one is looked at with random vectors. */
export function withSentence(subject: Subject, text: string): Subject {
  const { source } = subject
  return {
    ...subject,
    sentence: text.trim() || FIRST_SENTENCE,
    source: source.kind === 'cases' ? { kind: 'random' } : source,
  }
}
