import { Int8Matrix } from '../scan/index.js'
import type { NearestOptions, Neighbor, Query, WordVectors } from '../vectors/index.js'
import { answerFrom } from './candidates.js'
import type { NeighborIndex } from './neighbor-index.js'
import { type ScanOptions, ScanThreads } from './scan-threads.js'

/** Rows that the first pass over 8-bit numbers gives to the second one over float32. */
const candidatesOf = (count: number) => 4 * count + 64

/** Reads every row for every search, on several threads: `exact` all of it, `int8` a quarter of the bytes. */
export class ScanIndex implements NeighborIndex {
  readonly kind: 'exact' | 'int8'
  readonly vectors: WordVectors
  readonly recall: number | undefined
  readonly warnings = []
  readonly #scan: ScanThreads

  /** For `int8` all rows are rounded now. Throws `too-large` if there is no memory for that. */
  constructor(kind: 'exact' | 'int8', vectors: WordVectors, options: ScanOptions = {}) {
    const { search } = vectors
    const { build } = options
    this.kind = kind
    this.vectors = vectors
    this.recall = kind === 'exact' ? 1 : undefined
    const rows = kind === 'int8' ? Int8Matrix.of(search, { ...(build && { build }) }) : search
    this.#scan = new ScanThreads(rows, options)
  }

  get threads(): number {
    return this.#scan.count
  }

  async nearest(query: Query, options?: NearestOptions | number): Promise<Neighbor[]> {
    return (await this.nearestBatch([query], options))[0]!
  }

  nearestBatch(queries: readonly Query[], options?: NearestOptions | number): Promise<Neighbor[][]> {
    const widened = (count: number) => (this.kind === 'int8' ? candidatesOf(count) : count)
    return answerFrom(
      (directions, count, limit) => this.#scan.top(directions, widened(count), limit),
      this.vectors,
      queries,
      options,
    )
  }

  close(): Promise<void> {
    return this.#scan.close()
  }
}
