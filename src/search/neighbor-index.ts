import type { NearestOptions, Neighbor, Query, WordVectors } from '../vectors/index.js'

/**
 * How neighbours are found: `exact` reads every row, `int8` reads every row in 8 bits a number and scores the best
 * ones again, `product` does so from the codes of product quantisation, `approximate` reads a small part of the
 * rows along a graph.
 */
export const searchKinds = ['exact', 'int8', 'product', 'approximate'] as const

export type SearchKind = (typeof searchKinds)[number]

/**
 * Finds neighbours away from the main thread if there are others, so that a server goes on answering. Every
 * kind gives true cosines; they differ in which words they may miss, and `exact` misses none. Close it after use.
 */
export interface NeighborIndex {
  readonly kind: SearchKind
  /** What is searched; its rows must not change. */
  readonly vectors: WordVectors
  /** How many threads search. */
  readonly threads: number
  /** The share of the true 10 nearest words that it finds, 1 if exact; undefined if it was not measured. */
  readonly recall: number | undefined
  /** What to know before its answers are trusted, in sentences: that it finds few of the true nearest words. */
  readonly warnings: readonly string[]
  /** As `WordVectors.nearest`. Throws `unknown-word` and `usage`. */
  nearest(query: Query, options?: NearestOptions | number): Promise<Neighbor[]>
  /** `nearest` for many queries, which is far faster than one by one. Throws `unknown-word` and `usage`. */
  nearestBatch(queries: readonly Query[], options?: NearestOptions | number): Promise<Neighbor[][]>
  /** Ends its threads. */
  close(): Promise<void>
}
