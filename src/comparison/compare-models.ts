import { option, say, WordloomError } from '../errors.js'
import { dot } from '../math/index.js'
import { checkNames, completed, integer, type OptionTable, UNBOUNDED } from '../options/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { type Alignment, align } from './alignment.js'
import { type CommonOptions, type CommonWord, commonOptionTable, commonWords } from './common-words.js'

export interface ComparisonOptions extends CommonOptions {
  /** Only these words are reported; else those that moved most. */
  readonly words?: readonly string[] | undefined
  /** Words that are reported if none are given. A whole number from 1 up; default 20. */
  readonly count?: number | undefined
  /** Neighbours of each word that are compared. A whole number from 1 up; default 10. */
  readonly neighbors?: number | undefined
}

/** Every option of comparing models: types, defaults, ranges, flags and help. */
export const comparisonOptionTable = {
  count: integer(20, 1, UNBOUNDED, 'words that are reported if none are given'),
  neighbors: integer(10, 1, UNBOUNDED, 'neighbours of each word that are compared'),
  ...commonOptionTable,
} as const satisfies OptionTable<Exclude<keyof ComparisonOptions, 'words'>>

/** What became of a word from one model to the other. */
export interface WordChange {
  word: string
  /** 1 − cosine between its vectors once the models are aligned: 0 for no change, at most 2. */
  drift: number
  /** 1 for the word that moved most of all common ones. */
  rank: number
  /** Neighbours in both models, and those in one only; common words only, nearest first. */
  kept: string[]
  lost: string[]
  gained: string[]
}

export interface ModelComparison extends Omit<Alignment, 'vectors'> {
  neighbors: number
  /** The mean drift of all common words. */
  meanDrift: number
  changes: WordChange[]
}

/**
 * Aligns the first model with the second and tells which words moved most, with the neighbours they lost and
 * gained. Throws `unknown-word` for a word that is not common, and `usage`.
 */
export function compareModels(
  from: WordVectors,
  onto: WordVectors,
  options: ComparisonOptions = {},
): ModelComparison {
  checkNames(comparisonOptionTable, options, ['words'], ACTION)
  checkVectors(from, ACTION)
  checkVectors(onto, ACTION)
  const { words } = options
  const { count, neighbors, limit } = completed(comparisonOptionTable, options, ACTION)
  const { vectors: aligned, ...facts } = align(from, onto, { limit })
  const common = commonWords(from, onto, limit)
  const drifts = sortedDrifts(aligned, onto, common)
  const chosen = words === undefined ? drifts.slice(0, count) : words.map(word => driftOf(drifts, word))
  return {
    ...facts,
    neighbors,
    meanDrift: drifts.reduce((sum, { drift }) => sum + drift, 0) / drifts.length,
    changes: withNeighbors(from, onto, chosen, common, neighbors),
  }
}

const ACTION = 'compare the models'

type Drift = Pick<WordChange, 'word' | 'drift' | 'rank'>

/** The word that moved most first; of equals the more frequent one. */
function sortedDrifts(aligned: WordVectors, onto: WordVectors, common: readonly CommonWord[]): Drift[] {
  return common
    .map(({ word, fromId, ontoId }) => {
      const cosine = dot(aligned.search.direction(fromId), onto.search.direction(ontoId))
      return { word, drift: 1 - Math.max(-1, Math.min(1, cosine)) }
    })
    .sort((a, b) => b.drift - a.drift)
    .map((entry, i) => ({ ...entry, rank: i + 1 }))
}

function driftOf(drifts: readonly Drift[], word: string): Drift {
  const found = drifts.find(drift => drift.word === word)
  if (found === undefined)
    throw new WordloomError('unknown-word', {
      found: `"${word}" is not among the words of both models that take part`,
      cure: say`check its spelling, or take more words with ${option('limit')}`,
    })
  return found
}

function withNeighbors(
  from: WordVectors,
  onto: WordVectors,
  chosen: readonly Drift[],
  common: readonly CommonWord[],
  count: number,
): WordChange[] {
  const among = common.map(({ word }) => word)
  const words = chosen.map(({ word }) => word)
  const [before, after] = [from, onto].map(vectors =>
    vectors.nearestBatch(words, { count, among }).map(found => found.map(({ word }) => word)),
  )
  return chosen.map((drift, i) => ({
    ...drift,
    kept: after![i]!.filter(word => before![i]!.includes(word)),
    lost: before![i]!.filter(word => !after![i]!.includes(word)),
    gained: after![i]!.filter(word => !before![i]!.includes(word)),
  }))
}
