import { allocateMatrix, dot, type Matrix, row, TopK } from '../math/index.js'

/** Buckets with their rows, rising. */
export interface BucketRows {
  readonly buckets: Uint32Array
  readonly matrix: Matrix
}

/**
 * The buckets that matter most of those that are offered one by one, at most `most` of them. A bucket matters by the
 * words that have it, times the square of its row's length: if a word is drawn at random, this is what its sum of
 * sub-words loses on average, squared, without the bucket. One that no word has is never kept: its row says nothing.
 */
export class KeptBuckets {
  readonly #matrix: Matrix
  readonly #top: TopK
  /** By bucket that is kept, where its row lies. */
  readonly #places = new Map<number, number>()

  constructor(most: number, columns: number) {
    this.#matrix = allocateMatrix(most, columns)
    this.#top = new TopK(most)
  }

  /** Buckets come in rising order. `words` is how many have it. */
  offer(bucket: number, numbers: Float32Array, words: number): void {
    const weight = words * dot(numbers, numbers)
    if (!(weight > Math.max(0, this.#top.threshold))) return
    const place = this.#placeFor(bucket)
    row(this.#matrix, place).set(numbers)
    this.#top.offer(weight, bucket)
  }

  finish(): BucketRows {
    const buckets = Uint32Array.from(this.#places.keys()).sort()
    const matrix = allocateMatrix(buckets.length, this.#matrix.columns)
    for (const [i, bucket] of buckets.entries())
      row(matrix, i).set(row(this.#matrix, this.#places.get(bucket)!))
    return { buckets, matrix }
  }

  /** A free place, or that of the bucket which matters least. */
  #placeFor(bucket: number): number {
    const { least } = this.#top
    const place = least === undefined ? this.#places.size : this.#places.get(least)!
    if (least !== undefined) this.#places.delete(least)
    this.#places.set(bucket, place)
    return place
  }
}
