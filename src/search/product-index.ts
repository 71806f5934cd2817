import { CENTERS, encodeProducts, type ProductRows, TopK } from '../math/index.js'
import type { NearestOptions, Neighbor, Query, WordVectors } from '../vectors/index.js'
import { answerFrom } from './candidates.js'
import type { NeighborIndex } from './neighbor-index.js'

export interface ProductOptions {
  /** Bytes of a row, one for two dimensions if not given; vectors from a file of `pq` keep what they have. */
  bytes?: number
  /** Draws the sample that centers are learned from; 1 if not given. */
  seed?: number
}

/** Rows that the first pass over codes gives to the second one over float32. */
const candidatesOf = (count: number) => 20 * count + 200

/**
 * Scores all rows by their codes alone: the product of the query with each center is computed once, and a row is a
 * sum of looked-up products (asymmetric distance, Jégou, Douze and Schmid 2011). On this thread.
 */
export class ProductIndex implements NeighborIndex {
  readonly kind = 'product'
  readonly threads = 1
  readonly vectors: WordVectors
  readonly recall = undefined
  readonly warnings = []
  readonly #rows: ProductRows
  readonly #factors: Float32Array // 1 / length of the codes' direction

  /** Codes are made now where the vectors have none, which takes a while. */
  constructor(vectors: WordVectors, { bytes, seed = 1 }: ProductOptions = {}) {
    const { encoded, matrix, search, size, dimensions } = vectors
    const rows =
      encoded?.precision === 'pq' && bytes === undefined
        ? encoded
        : encodeProducts(matrix, bytes ?? Math.ceil(dimensions / 2), seed)
    this.vectors = vectors
    this.#rows = rows
    this.#factors = Float32Array.from({ length: size }, (_, i) => {
      const norm = search.norm(i)
      return norm > 0 ? rows.lengths[i]! / norm : 0
    })
  }

  async nearest(query: Query, options?: NearestOptions | number): Promise<Neighbor[]> {
    return (await this.nearestBatch([query], options))[0]!
  }

  nearestBatch(queries: readonly Query[], options?: NearestOptions | number): Promise<Neighbor[][]> {
    return answerFrom(
      async (directions, count, limit) =>
        directions.map(direction => ({ ids: this.#near(direction, candidatesOf(count), limit) })),
      this.vectors,
      queries,
      options,
    )
  }

  async close(): Promise<void> {}

  #near(direction: Float32Array, count: number, limit: number): Int32Array {
    const { codes, quantizer } = this.#rows
    const { segments } = quantizer
    const products = quantizer.products(direction)
    const top = new TopK(count)
    for (let i = 0, at = 0; i < limit; i++) {
      let sum = 0
      for (let s = 0; s < segments; s++, at++) sum += products[s * CENTERS + codes[at]!]!
      sum *= this.#factors[i]!
      if (sum > top.threshold) top.offer(sum, i)
    }
    return Int32Array.from(top.sorted(), ({ id }) => id)
  }
}
