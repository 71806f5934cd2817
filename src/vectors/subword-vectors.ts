import { WordloomError } from '../errors.js'
import { addScaled, allocateMatrix, dot, type EncodedRows, type Matrix, row } from '../math/index.js'
import { MAX_TOKEN_BYTES, type SubwordSettings, subwordBuckets, subwordsOf } from '../text/index.js'
import { checkSubwordSettings, visitSubwords } from '../text/inner.js'

/** An n-gram of a word, `<` and `>` being its ends. */
export interface SubwordPart {
  ngram: string
  bucket: number
  vector: Float32Array
}

/** What vectors of sub-words are made of. */
export interface SubwordVectorsParts {
  settings: SubwordSettings
  /** A row for each bucket, or for each of `buckets`. */
  matrix: Matrix
  /** The buckets that have rows, rising; all of them, if not given. The vectors of the others are zeros. */
  buckets?: Uint32Array
  /** The same rows as a smaller file keeps them, if they were read from one or compressed. */
  encoded?: EncodedRows
  /** What some words had before buckets were left out. */
  heldBack?: HeldBackVectors
}

/** Vectors that sub-words gave some words before buckets were left out, to measure what that cost. */
export interface HeldBackVectors {
  readonly words: readonly Uint8Array[]
  /** A row for each of the words. */
  readonly matrix: Matrix
}

/**
 * A vector for each bucket of n-grams. A word's vector is the mean of a row of its own and of its n-grams' rows
 * (Bojanowski et al. 2017, with fastText's mean for the paper's sum); a word that was never seen has the n-grams
 * only. The rows that words have of their own are kept nowhere: they follow from the others.
 */
export class SubwordVectors {
  readonly settings: SubwordSettings
  readonly matrix: Matrix
  readonly buckets: Uint32Array | undefined
  readonly encoded?: EncodedRows
  readonly heldBack?: HeldBackVectors

  /** Throws `usage` if rows and buckets do not match. */
  constructor({ settings, matrix, buckets, encoded, heldBack }: SubwordVectorsParts) {
    checkSubwordSettings(settings)
    const expected = buckets?.length ?? settings.buckets
    if (matrix.rows !== expected)
      throw new WordloomError('usage', {
        found: `there are ${matrix.rows} rows of sub-words`,
        expected: `${expected}, one for each bucket`,
      })
    const wrong = buckets?.findIndex((n, i) => n >= settings.buckets || (i > 0 && n <= buckets[i - 1]!)) ?? -1
    if (wrong >= 0)
      throw new WordloomError('usage', {
        found: `number ${wrong} of the buckets that have rows is ${buckets![wrong]}`,
        expected: `numbers that rise and stay below ${settings.buckets}`,
      })
    this.settings = settings
    this.matrix = matrix
    this.buckets = buckets
    if (encoded) this.encoded = encoded
    if (heldBack) this.heldBack = heldBack
  }

  /** The row of a bucket in `matrix`, or −1 if its vector is zeros. */
  rowOf(bucket: number): number {
    if (this.buckets === undefined) return bucket
    let [from, to] = [0, this.buckets.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.buckets[middle]! < bucket) from = middle + 1
      else to = middle
    }
    return this.buckets[from] === bucket ? from : -1
  }

  /** The mean over a word's n-grams; undefined for words too short to have any, or longer than any token of a text. */
  vector(word: string | Uint8Array): Float32Array | undefined {
    if (word.length > MAX_TOKEN_BYTES) return undefined
    const bytes = typeof word === 'string' ? new TextEncoder().encode(word) : word
    if (bytes.length > MAX_TOKEN_BYTES) return undefined
    const sum = new Float64Array(this.matrix.columns)
    const ngrams = this.addTo(sum, bytes)
    return ngrams === 0 ? undefined : Float32Array.from(sum, x => x / ngrams)
  }

  /** The n-grams of a word, each with its bucket and vector, which is zeros if no word of the training had that bucket. */
  parts(word: string | Uint8Array): SubwordPart[] {
    const bytes = typeof word === 'string' ? new TextEncoder().encode(word) : word
    const ngrams = subwordsOf(bytes, this.settings)
    return subwordBuckets(bytes, this.settings).map((bucket, i) => {
      const place = this.rowOf(bucket)
      const vector = place < 0 ? new Float32Array(this.matrix.columns) : row(this.matrix, place)
      return { ngram: ngrams[i]!, bucket, vector }
    })
  }

  /** Adds `factor` times the vectors of a word's n-grams; gives how many n-grams there are. */
  addTo(sum: Float64Array, word: Uint8Array, factor = 1): number {
    let ngrams = 0
    visitSubwords(word, this.settings, bucket => {
      const place = this.rowOf(bucket)
      if (place >= 0) addScaled(sum, factor, row(this.matrix, place))
      ngrams++
    })
    return ngrams
  }

  /** What the linear map to these axes makes of them: the mean over n-grams is mapped as the vectors of words are. */
  along(axes: readonly Float64Array[]): SubwordVectors {
    const matrix = allocateMatrix(this.matrix.rows, axes.length)
    for (let i = 0; i < matrix.rows; i++) {
      const [numbers, target] = [row(this.matrix, i), row(matrix, i)]
      for (const [j, axis] of axes.entries()) target[j] = dot(numbers, axis)
    }
    const { settings, buckets } = this
    return new SubwordVectors({ settings, matrix, ...(buckets && { buckets }) })
  }

  /** Turns a known word's own row into its vector, in place. */
  compose(own: Float32Array, word: Uint8Array): void {
    const sum = Float64Array.from(own)
    const rows = 1 + this.addTo(sum, word)
    for (let i = 0; i < own.length; i++) own[i] = sum[i]! / rows
  }

  /** The own row that gave a known word this vector, but for the rounding of float32. */
  ownRow(vector: Float32Array, word: Uint8Array): Float32Array {
    const sum = new Float64Array(vector.length)
    const rows = 1 + this.addTo(sum, word, -1)
    return Float32Array.from(sum, (x, i) => x + rows * vector[i]!)
  }
}
