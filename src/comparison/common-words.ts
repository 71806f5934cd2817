import { option, say, WordloomError } from '../errors.js'
import type { WordVectors } from '../vectors/index.js'

export interface CommonOptions {
  /** Only words among the `limit` most frequent ones of both models take part: 10,000 if not given. */
  limit?: number
}

/** A word of both models, with its row in each. */
export interface CommonWord {
  word: string
  fromId: number
  ontoId: number
}

/** Words of both models, in the order of the first. */
export function commonWords(
  from: WordVectors,
  onto: WordVectors,
  { limit = 10_000 }: CommonOptions = {},
): CommonWord[] {
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new WordloomError('usage', {
      action: 'compare the models',
      found: say`${option('limit')} is ${String(limit)}`,
      expected: 'a whole number from 1',
    })
  const common: CommonWord[] = []
  for (let fromId = 0; fromId < Math.min(limit, from.size); fromId++) {
    const word = from.vocabulary.word(fromId)
    const ontoId = onto.vocabulary.idOf(word)
    if (ontoId !== undefined && ontoId < limit) common.push({ word, fromId, ontoId })
  }
  return common
}
