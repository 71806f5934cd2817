import { checkGiven, choice, type FlagOption, integer, type OptionTable } from '../options/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { ApproximateIndex, type ApproximateOptions } from './approximate-index.js'
import { MeasuredIndex } from './measured-index.js'
import { type NeighborIndex, type SearchKind, searchKinds } from './neighbor-index.js'
import { ProductIndex, type ProductOptions } from './product-index.js'
import { ScanIndex } from './scan-index.js'
import type { ScanOptions } from './scan-threads.js'

/** Those of the kind that is wanted count. */
export type IndexOptions = ScanOptions &
  ProductOptions &
  ApproximateOptions & {
    /** Whether the recall is measured if the index may miss words, which takes a second or less; true if not given. */
    measure?: boolean
  }

/** The kind of an index and the threads of all kinds: types, defaults, ranges, flags and help. */
export const searchOptionTable = {
  search: choice(
    'exact',
    searchKinds,
    'exact, int8 (rounded rows first), product (codes first) or approximate (a graph; needs usearch)',
  ),
  threads: integer(undefined, 1, 256, 'threads that search', { otherwise: 'all processors' }),
} as const satisfies OptionTable<'search' | Extract<keyof ScanOptions, 'threads'>>

const measure: FlagOption = { kind: 'flag', default: true, help: 'the recall, measured' }

/**
 * The index of that kind over these vectors, with its `recall`, and a warning if that is poor; all kinds answer alike. Throws `usage`, `too-large` if int8 rows do
 * not fit in memory, `no-input` if an approximate index lacks usearch.
 */
export async function openIndex(
  vectors: WordVectors,
  kind: SearchKind = searchOptionTable.search.default,
  options: IndexOptions = {},
): Promise<NeighborIndex> {
  checkVectors(vectors, 'open an index')
  checkGiven(searchOptionTable, { search: kind, threads: options.threads }, 'search')
  checkGiven({ measure }, { measure: options.measure }, 'search')
  const index = await unmeasuredIndex(vectors, kind, options)
  if (kind === 'exact' || options.measure === false) return index
  return MeasuredIndex.of(index)
}

async function unmeasuredIndex(
  vectors: WordVectors,
  kind: SearchKind,
  options: IndexOptions,
): Promise<NeighborIndex> {
  if (kind === 'exact' || kind === 'int8') return new ScanIndex(kind, vectors, options)
  if (kind === 'product') return new ProductIndex(vectors, options)
  return ApproximateIndex.build(vectors, options)
}
