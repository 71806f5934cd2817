import { option, say, WordloomError } from '../errors.js'
import { keyOf, Purpose, Random } from '../math/index.js'
import type { NeighborIndex } from './neighbor-index.js'

export interface RecallOptions {
  /** Words that are asked about, 100 if not given; all where there are fewer. */
  sample?: number
  /** Nearest words of each, 10 if not given. */
  count?: number
  /** Draws the words; 1 if not given. */
  seed?: number
}

/**
 * What share of the true nearest words an index finds, by an exact scan for words drawn at random. Throws `usage`.
 */
export async function measureRecall(index: NeighborIndex, options: RecallOptions = {}): Promise<number> {
  const { sample = 100, count = 10, seed = 1 } = options
  if (!(Number.isSafeInteger(sample) && sample >= 1))
    throw new WordloomError('usage', {
      action: 'measure the recall',
      found: say`${option('sample')} is ${String(sample)}`,
      expected: 'a whole number from 1',
    })
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
