import { option, say, WordloomError } from '../errors.js'
import type { WordVectors } from '../vectors/index.js'
import { ApproximateIndex, type ApproximateOptions } from './approximate-index.js'
import { type NeighborIndex, type SearchKind, searchKinds } from './neighbor-index.js'
import { ProductIndex, type ProductOptions } from './product-index.js'
import { ScanIndex } from './scan-index.js'
import type { ScanOptions } from './scan-threads.js'

/** Those of the kind that is wanted count. */
export type IndexOptions = ScanOptions & ProductOptions & ApproximateOptions

/**
 * The index of that kind over these vectors; all kinds answer alike. Throws `usage`, `too-large` if int8 rows do
 * not fit in memory, `no-input` if an approximate index lacks usearch.
 */
export async function openIndex(
  vectors: WordVectors,
  kind: SearchKind = 'exact',
  options: IndexOptions = {},
): Promise<NeighborIndex> {
  const { threads } = options
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1))
    throw new WordloomError('usage', {
      action: 'search',
      found: say`${option('threads')} is ${String(threads)}`,
      expected: 'a whole number from 1',
    })
  if (kind === 'exact' || kind === 'int8') return new ScanIndex(kind, vectors, options)
  if (kind === 'product') return new ProductIndex(vectors, options)
  if (kind === 'approximate') return ApproximateIndex.build(vectors, options)
  throw new WordloomError('usage', {
    action: 'search',
    found: `the kind of search is ${String(kind)}`,
    expected: `one of ${searchKinds.join(', ')}`,
  })
}
