import {
  nearestOptionTable,
  type UnknownWordOption,
  usesSubwords,
  type WordVectors,
} from '../../vectors/index.js'
import { madeOfSubwords } from '../../vectors/inner.js'
import { warn } from '../terminal/terminal.js'

/** Flags of the verbs that answer with words. */
export const answerFlags = nearestOptionTable

/** What gensim and scikit-learn call a flag of these verbs. */
export function answerNamesake(flag: string): string | undefined {
  return /^--?(topn|top-?k|k)$/.test(flag) ? '--count' : undefined
}

/** What is done about words that the vectors lack. */
export const unknownFlag = { unknown: nearestOptionTable.unknown } as const

/** Says on standard error which words are not in the vocabulary, and what is done about them. */
export function tellUnknown(
  vectors: WordVectors,
  words: readonly string[],
  { unknown }: UnknownWordOption,
): void {
  const isSkipped = unknown === 'skip'
  const missing = words.filter(
    word => !vectors.has(word) && (isSkipped || madeOfSubwords(vectors, word) !== undefined),
  )
  if (missing.length === 0 || !(isSkipped || usesSubwords(vectors, unknown))) return
  const what = isSkipped ? 'skipped, not in the vocabulary' : 'not in the vocabulary, made from sub-words'
  warn(`${what}: ${[...new Set(missing)].join(', ')}`)
}
