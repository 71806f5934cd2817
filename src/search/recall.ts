import { keyOf, Purpose, Random } from '../math/index.js'
import { checkNames, completed, integer, type OptionTable } from '../options/index.js'
import { checkVectors } from '../vectors/inner.js'
import type { NeighborIndex } from './neighbor-index.js'

export interface RecallOptions {
  /** Words that are asked about. A whole number from 1 up; default 100. */
  sample?: number
  /** Nearest words of each. A whole number from 1 up; default 10. */
  count?: number
  /** Start of the draws of words. A whole number from 0 up; default 1. */
  seed?: number
}

/** Every option of measuring the recall: types, defaults, ranges, flags and help. */
export const recallOptionTable = {
  sample: integer(100, 1, Number.MAX_SAFE_INTEGER, 'words that are asked about'),
  count: integer(10, 1, Number.MAX_SAFE_INTEGER, 'nearest words of each'),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of the draws of words'),
} as const satisfies OptionTable<keyof RecallOptions>

/**
 * What share of the true nearest words an index finds, by an exact scan for words drawn at random. Throws `usage`.
 */
export async function measureRecall(index: NeighborIndex, options: RecallOptions = {}): Promise<number> {
  checkNames(recallOptionTable, options, [], 'measure the recall')
  const { sample, count, seed } = completed(recallOptionTable, options, 'measure the recall')
  checkVectors(index?.vectors, 'measure the recall')
  const { vectors } = index
  const words = sampleIds(vectors.size, sample, seed).map(id => vectors.vocabulary.word(id))
  const truth = vectors.nearestBatch(words, count)
  const found = await index.nearestBatch(words, count)
  const wanted = truth.flat().length
  return wanted === 0 ? 1 : truth.reduce((sum, one, i) => sum + common(one, found[i]!), 0) / wanted
}

/** Different ids, drawn without turning any back. */
function sampleIds(size: number, sample: number, seed: number): number[] {
  if (sample >= size) return Array.from({ length: size }, (_, id) => id)
  const random = new Random(keyOf(seed, Purpose.searchSample), 0)
  const ids = new Set<number>()
  while (ids.size < sample) ids.add(random.below(size))
  return [...ids]
}

function common(a: readonly { word: string }[], b: readonly { word: string }[]): number {
  const words = new Set(b.map(({ word }) => word))
  return a.filter(({ word }) => words.has(word)).length
}
