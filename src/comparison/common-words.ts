import { integer, type OptionTable } from '../options/index.js'
import type { WordVectors } from '../vectors/index.js'

export interface CommonOptions {
  /**
   * Number of the most frequent words of both models that take part. A whole number from 1 up; default
   * 10,000.
   */
  readonly limit?: number | undefined
}

/** Every option of aligning models: types, defaults, ranges, flags and help. */
export const commonOptionTable = {
  limit: integer(
    10_000,
    1,
    Number.MAX_SAFE_INTEGER,
    'number of the most frequent words of both models that take part',
  ),
} as const satisfies OptionTable<keyof CommonOptions>

/** A word of both models, with its row in each. */
export interface CommonWord {
  word: string
  fromId: number
  ontoId: number
}

/** Words of both models, in the order of the first, among the `limit` most frequent ones of each. */
export function commonWords(from: WordVectors, onto: WordVectors, limit: number): CommonWord[] {
  const common: CommonWord[] = []
  for (let fromId = 0; fromId < Math.min(limit, from.size); fromId++) {
    const word = from.vocabulary.word(fromId)
    const ontoId = onto.vocabulary.idOf(word)
    if (ontoId !== undefined && ontoId < limit) common.push({ word, fromId, ontoId })
  }
  return common
}
