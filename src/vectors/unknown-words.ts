import { WordloomError } from '../errors.js'
import { unknownWord } from './suggestions.js'
import type { WordVectors } from './word-vectors.js'

/**
 * What is done about words that the vocabulary lacks: `throw` an `unknown-word` error, or `skip` them and
 * answer for the others.
 */
export const unknownWordPolicies = ['throw', 'skip'] as const
export type UnknownWordPolicy = (typeof unknownWordPolicies)[number]

/** An option of every question that is asked of several words. */
export interface UnknownWordOption {
  /** `throw` if not given, or `skip`. */
  unknown?: UnknownWordPolicy
}

/** The id of a word. Throws `unknown-word`, with words that are spelled nearly so. */
export function idOf(vectors: WordVectors, word: string): number {
  return knownId(vectors, word, 'throw')!
}

/** The id of a word, or undefined where it is unknown and skipped. */
export function knownId(
  vectors: WordVectors,
  word: string,
  unknown: UnknownWordPolicy = 'throw',
): number | undefined {
  if (typeof word !== 'string') throw new WordloomError('usage', `a word is a string, not ${describe(word)}`)
  if (!unknownWordPolicies.includes(unknown))
    throw new WordloomError('usage', `unknown is ${unknownWordPolicies.join(' or ')}, not "${unknown}"`)
  const id = vectors.vocabulary.idOf(word)
  if (id === undefined && unknown === 'throw') throw unknownWord(vectors.vocabulary, word)
  return id
}

/** The ids of words in their order, with repetitions, without those that are skipped. */
export function knownIds(
  vectors: WordVectors,
  words: readonly string[],
  { unknown }: UnknownWordOption = {},
): number[] {
  if (!Array.isArray(words))
    throw new WordloomError('usage', `words are an array of strings, not ${describe(words)}`)
  return words.flatMap(word => knownId(vectors, word, unknown) ?? [])
}

/** What a value is, for a sentence that refuses it. */
export function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value
}
