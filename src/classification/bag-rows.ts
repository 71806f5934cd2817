import type { SubwordSettings, Vocabulary } from '../text/index.js'
import { visitSubwords } from '../text/inner.js'
import type { Cleaning } from './cleaning.js'
import { KeptBuckets } from './kept-buckets.js'
import { LineWords } from './line-words.js'
import { visitWordNgrams } from './word-ngrams.js'

/** Which rows a line has. */
export interface BagSettings {
  /** Words in the longest n-grams of words; 1 if there are none. */
  readonly wordNgrams: number
  /** Which n-grams of characters words have, if any. */
  readonly subwords: SubwordSettings | undefined
  /** N-grams of words and of characters share the rows of as many buckets. */
  readonly buckets: number
  /** What tokens begin with that are labels and no words. */
  readonly labelPrefix: string
  /** What is done to a line before it is cut into words. */
  readonly cleaning: Cleaning
}

/** What a row of a line stands for: a word, an n-gram of its characters, or an n-gram of words. */
export interface RowOrigin {
  /** −1 for a row of zeros. */
  readonly row: number
  readonly kind: 'word' | 'characters' | 'words'
  /** The word, or the first one of the n-gram, by its place in the line, and the last one. */
  readonly first: number
  readonly last: number
  /** The word or the n-gram itself. */
  readonly text: string
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** In the place of a row: a bucket that has none. */
const NONE = -1

/**
 * The rows of a line's words and n-grams, as fastText has them: a known word has its own row, then those of its n-grams; an
 * unknown one has n-grams only; then come the n-grams of words.
 */
export class BagRows {
  readonly #words: Vocabulary
  readonly #settings: BagSettings
  readonly #line: LineWords
  /** The places of buckets behind the words, if only those have rows. */
  readonly #kept: KeptBuckets | undefined
  readonly #countsOthers: boolean
  #rows = new Int32Array(1 << 8)
  #count = 0
  readonly #takeBucket = (bucket: number) => this.#addBucket(bucket)

  /** `countsOthers` tells whether buckets without a row count, as rows of zeros, or are passed over. */
  constructor(
    words: Vocabulary,
    labels: Vocabulary,
    settings: BagSettings,
    kept: ReadonlyMap<number, number> | undefined,
    countsOthers = false,
  ) {
    this.#countsOthers = countsOthers
    this.#words = words
    this.#settings = settings
    this.#line = new LineWords(words, labels, settings)
    this.#kept = kept && new KeptBuckets(kept, settings.buckets)
  }

  /** With repeats, −1 for a row of zeros; empty if nothing in the line has a row. Good until the next line. */
  rowsOf(text: string): Int32Array {
    const line = this.#line
    line.cut(text)
    this.#count = 0
    for (let i = 0; i < line.count; i++) this.#addWord(i)
    this.#addWordNgrams()
    return this.#rows.subarray(0, this.#count)
  }

  /** The same in two parts: known words that have rows besides their own, by their ids, and all other rows. */
  partsOf(text: string): { words: Int32Array; rows: Int32Array } {
    const line = this.#line
    line.cut(text)
    this.#count = 0
    let known = 0
    for (let i = 0; i < line.count; i++) {
      const id = line.ids[i]!
      if (id >= 0 && this.#settings.subwords) line.ids[known++] = id
      else this.#addWord(i)
    }
    this.#addWordNgrams()
    return { words: line.ids.subarray(0, known), rows: this.#rows.subarray(0, this.#count) }
  }

  /** The rows of a known word: its own, then those of its n-grams. Good until the next line. */
  rowsOfWord(id: number): Int32Array {
    this.#count = 0
    this.#addKnown(id)
    return this.#rows.subarray(0, this.#count)
  }

  /** The same rows in the same order, each with what it stands for; and all words of the line. */
  originsOf(text: string): { origins: RowOrigin[]; words: string[] } {
    const line = this.#line
    line.cut(text)
    const origins: RowOrigin[] = []
    const add = (row: number, kind: RowOrigin['kind'], first: number, last: number, what: string) => {
      if (row >= 0 || this.#countsOthers) origins.push({ row, kind, first, last, text: what })
    }
    const words = Array.from({ length: line.count }, (_, i) => decoder.decode(line.word(i)))
    const { wordNgrams, buckets, subwords } = this.#settings
    for (const [i, word] of words.entries()) {
      const id = line.ids[i]!
      if (id >= 0) add(id, 'word', i, i, word)
      if (subwords)
        visitSubwords(line.word(i), subwords, (bucket, bytes, start, end) =>
          add(this.#rowOf(bucket), 'characters', i, i, decoder.decode(bytes.subarray(start, end))),
        )
    }
    if (buckets > 0)
      visitWordNgrams(line.hashes.subarray(0, line.count), wordNgrams, buckets, (bucket, first, last) =>
        add(this.#rowOf(bucket), 'words', first, last, words.slice(first, last + 1).join(' ')),
      )
    return { origins, words }
  }

  #addWord(i: number): void {
    const id = this.#line.ids[i]!
    const { subwords } = this.#settings
    if (id >= 0) this.#addKnown(id)
    else if (subwords) visitSubwords(this.#line.word(i), subwords, this.#takeBucket)
  }

  #addKnown(id: number): void {
    const { subwords } = this.#settings
    this.#add(id)
    if (subwords) visitSubwords(this.#words.bytes(id), subwords, this.#takeBucket)
  }

  #addWordNgrams(): void {
    const { wordNgrams, buckets } = this.#settings
    if (buckets > 0 && wordNgrams > 1)
      visitWordNgrams(this.#line.hashes.subarray(0, this.#line.count), wordNgrams, buckets, this.#takeBucket)
  }

  #addBucket(bucket: number): void {
    const row = this.#rowOf(bucket)
    if (row >= 0 || this.#countsOthers) this.#add(row)
  }

  #rowOf(bucket: number): number {
    const place = this.#kept ? this.#kept.placeOf(bucket) : bucket
    return place < 0 ? NONE : this.#words.size + place
  }

  #add(row: number): void {
    if (this.#count === this.#rows.length) this.#grow()
    this.#rows[this.#count++] = row
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#rows.length)
    larger.set(this.#rows)
    this.#rows = larger
  }
}
