import type { NearestOptions, Neighbor, Query, WordVectors } from '../vectors/index.js'
import type { NeighborIndex, SearchKind } from './neighbor-index.js'
import { measureRecall } from './recall.js'

/** Products that measuring may take, of which there are some 10⁹ a second: all words asked together. */
const PRODUCTS = 4e9
const FEWEST_ASKED = 10
const MOST_ASKED = 100
/** An index that misses more than every tenth of the nearest words is warned of. */
const FAIR_RECALL = 0.9

/** An index that knows what share of the true nearest words it finds. */
export class MeasuredIndex implements NeighborIndex {
  readonly kind: SearchKind
  readonly vectors: WordVectors
  readonly threads: number
  readonly recall: number
  readonly warnings: readonly string[]
  /** Words that were drawn to measure the recall. */
  readonly asked: number
  readonly #index: NeighborIndex

  private constructor(index: NeighborIndex, recall: number, asked: number) {
    this.kind = index.kind
    this.vectors = index.vectors
    this.threads = index.threads
    this.recall = recall
    this.asked = asked
    this.warnings = recall < FAIR_RECALL ? [warningOf(index.kind, recall, asked)] : []
    this.#index = index
  }

  /** Asks the index, and an exact scan, for the nearest words of some words, drawn at random. */
  static async of(index: NeighborIndex): Promise<MeasuredIndex> {
    const { size, dimensions } = index.vectors
    const affordable = Math.floor(PRODUCTS / (size * dimensions))
    const asked = Math.max(FEWEST_ASKED, Math.min(MOST_ASKED, affordable))
    return new MeasuredIndex(index, await measureRecall(index, { sample: asked }), Math.min(asked, size))
  }

  nearest(query: Query, options?: NearestOptions | number): Promise<Neighbor[]> {
    return this.#index.nearest(query, options)
  }

  nearestBatch(queries: readonly Query[], options?: NearestOptions | number): Promise<Neighbor[][]> {
    return this.#index.nearestBatch(queries, options)
  }

  close(): Promise<void> {
    return this.#index.close()
  }
}

function warningOf(kind: SearchKind, recall: number, asked: number): string {
  const share = `${(100 * recall).toFixed(1)} % of the 10 nearest words`
  return `${kind} search finds only ${share} (${asked} words drawn): these vectors are too much alike for it; search exactly, or center them first`
}
