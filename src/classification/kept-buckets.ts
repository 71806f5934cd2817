/** Of more buckets, a table with a place for each would be larger than the rows that were kept. */
const MOST_LISTED = 1 << 22

/** The places of the buckets that have rows, if not all do. */
export class KeptBuckets {
  readonly #places: ReadonlyMap<number, number>
  /** By bucket, −1 if it has no row. */
  readonly #list: Int32Array | undefined

  constructor(places: ReadonlyMap<number, number>, buckets: number) {
    this.#places = places
    if (buckets > MOST_LISTED) return
    this.#list = new Int32Array(buckets).fill(-1)
    for (const [bucket, place] of places) if (bucket < buckets) this.#list[bucket] = place
  }

  /** −1 if the bucket has no row. */
  placeOf(bucket: number): number {
    return this.#list ? this.#list[bucket]! : (this.#places.get(bucket) ?? -1)
  }
}
