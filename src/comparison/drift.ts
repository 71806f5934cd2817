import { WordloomError } from '../errors.js'
import { cosine, row } from '../math/index.js'
import { checkNames, completed, integer, type OptionTable, UNBOUNDED } from '../options/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { commonOptionTable, commonWords } from './common-words.js'

export interface DriftOptions {
  /** Words that are named. A whole number from 1 up; default 10. */
  readonly count?: number | undefined
  /**
   * Number of the most frequent words of both models that take part. A whole number from 1 up; default all
   * words.
   */
  readonly limit?: number | undefined
}

/** Every option of measuring drift: types, defaults, ranges, flags and help. */
export const driftOptionTable = {
  count: integer(10, 1, UNBOUNDED, 'words that are named'),
  limit: { ...commonOptionTable.limit, default: Number.MAX_SAFE_INTEGER, otherwise: 'all words' },
} as const satisfies OptionTable<keyof DriftOptions>

const ACTION = 'measure the drift'

/** How far the words of a model moved in training that started from it. */
export interface Drift {
  /** Words of both models. */
  words: number
  /** Those of them whose vectors differ in any bit. */
  moved: number
  /** The mean cosine between a word's vectors before and after, over the words that moved; 1 if none did. */
  meanCosine: number
  /** The words that moved most, least cosine first; of equals the more frequent one. */
  most: { word: string; cosine: number }[]
}

/**
 * Holds vectors against those that they were trained from, as they are: the space is the same, so that no rotation
 * is needed, as compareModels makes for models that were trained apart. All words take part unless `limit` is
 * given. Throws `usage` for models of different dimensions, or an option that cannot be.
 */
export function drift(before: WordVectors, after: WordVectors, options: DriftOptions = {}): Drift {
  checkNames(driftOptionTable, options, [], ACTION)
  checkVectors(before, ACTION)
  checkVectors(after, ACTION)
  const { count, limit } = completed(driftOptionTable, options, ACTION)
  if (before.dimensions !== after.dimensions)
    throw new WordloomError('usage', {
      action: ACTION,
      found: `one model has ${before.dimensions} dimensions and the other ${after.dimensions}`,
      expected: 'a model and one that was trained from it',
    })
  const common = commonWords(after, before, limit)
  const moved: { word: string; cosine: number }[] = []
  for (const { word, fromId, ontoId } of common) {
    const [now, then] = [row(after.matrix, fromId), row(before.matrix, ontoId)]
    if (now.some((number, i) => !Object.is(number, then[i]))) moved.push({ word, cosine: cosine(now, then) })
  }
  const sum = moved.reduce((sum, entry) => sum + entry.cosine, 0)
  return {
    words: common.length,
    moved: moved.length,
    meanCosine: moved.length > 0 ? sum / moved.length : 1,
    most: moved.sort((a, b) => a.cosine - b.cosine).slice(0, count),
  }
}
