import { addScaled, allocateMatrix, keyOf, type Matrix, Purpose, Random, row } from '../../math/index.js'
import type { ByteReader } from '../../tensors/index.js'
import type { SubwordSettings, Vocabulary } from '../../text/index.js'
import { visitSubwords } from '../../text/inner.js'
import { type HeldBackVectors, SubwordVectors } from '../../vectors/index.js'
import { HELD_BACK, KeptBuckets } from '../../vectors/inner.js'
import { takeRow } from '../selection/chosen-rows.js'
import { WordsByBucket } from './words-by-bucket.js'

/** So few words say little of what buckets cost. */
const FEW = 100

/**
 * The rows of buckets as they pass by in a file, which need not be in memory together: each is added to the words that
 * have it, and kept if it is one of those that matter most to all words of the file. It takes memory for those kept,
 * and eight bytes a bucket.
 */
export class PassingBuckets {
  readonly #settings: SubwordSettings
  readonly #most: number
  /** By bucket, how many words of the file have it. */
  readonly #counts: Uint32Array
  /** Words that the reader leaves out, and others, as if they were unknown. */
  readonly #leftOut = new Sample(2)
  readonly #taken = new Sample(3)

  constructor(settings: SubwordSettings, most: number) {
    this.#settings = settings
    this.#most = most
    this.#counts = new Uint32Array(settings.buckets)
  }

  /** Every word of the file is to be seen before rows pass. */
  see(word: Uint8Array, isTaken: boolean): void {
    let ngrams = 0
    visitSubwords(word, this.#settings, bucket => {
      this.#counts[bucket]!++
      ngrams++
    })
    if (ngrams > 0) (isTaken ? this.#taken : this.#leftOut).offer(word)
  }

  /** Takes the rows of all buckets. The rows that words have of their own become their vectors, in place. */
  async take(reader: ByteReader, vocabulary: Vocabulary, own: Matrix): Promise<SubwordVectors> {
    const heldBack = this.#leftOut.words.length < FEW ? this.#taken.words : this.#leftOut.words
    const wordAt = (i: number) => (i < own.rows ? vocabulary.bytes(i) : heldBack[i - own.rows]!)
    const having = new WordsByBucket(this.#settings, own.rows + heldBack.length, wordAt)
    const made = allocateMatrix(heldBack.length, own.columns)
    const sumOf = (i: number) => (i < own.rows ? row(own, i) : row(made, i - own.rows))
    const kept = new KeptBuckets(this.#most, own.columns)
    const numbers = new Float32Array(own.columns)
    for (let bucket = 0; bucket < this.#settings.buckets; bucket++) {
      await takeRow(reader, numbers, `the row of bucket ${bucket}`)
      having.visit(bucket, i => addScaled(sumOf(i), 1, numbers))
      kept.offer(bucket, numbers, this.#counts[bucket]!)
    }
    for (let i = 0; i < own.rows + heldBack.length; i++) {
      const rows = having.ngramsOf(i) + (i < own.rows ? 1 : 0)
      sumOf(i).forEach((x, j, sum) => {
        sum[j] = x / rows
      })
    }
    const settings = this.#settings
    return new SubwordVectors({ settings, ...kept.finish(), heldBack: withDirection(heldBack, made) })
  }
}

/** Words drawn evenly from those that are offered, whose number is not known before (reservoir sampling). */
class Sample {
  readonly words: Uint8Array[] = []
  readonly #random: Random
  #offered = 0

  constructor(stream: number) {
    this.#random = new Random(keyOf(1, Purpose.searchSample), stream)
  }

  offer(word: Uint8Array): void {
    const place = this.#offered < HELD_BACK ? this.#offered : this.#random.below(this.#offered + 1)
    this.#offered++
    if (place < HELD_BACK) this.words[place] = word.slice()
  }
}

/** Without the words whose vectors are zeros. */
function withDirection(words: readonly Uint8Array[], matrix: Matrix): HeldBackVectors {
  const places = Array.from(words.keys()).filter(i => row(matrix, i).some(x => x !== 0))
  const rows = allocateMatrix(places.length, matrix.columns)
  for (const [i, place] of places.entries()) row(rows, i).set(row(matrix, place))
  return { words: places.map(place => words[place]!), matrix: rows }
}
