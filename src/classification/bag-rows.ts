import type { SubwordSettings, Vocabulary } from '../text/index.js'
import { visitSubwords, wordHash } from '../text/inner.js'
import { type Cleaning, cleaned } from './cleaning.js'
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

/** The mark for the end of a line, a word with a row of its own. */
const END_OF_LINE = new TextEncoder().encode('</s>')
const encoder = new TextEncoder()

/**
 * The rows of a line's words and n-grams, as fastText has them: words are cut at space, tab, line breaks, \v, \f and NUL
 * only; a known word has its own row, then those of its n-grams; an unknown one has n-grams only; a mark ends each line.
 */
export class BagRows {
  readonly #words: Vocabulary
  readonly #labels: Vocabulary
  readonly #settings: BagSettings
  readonly #prefix: Uint8Array
  /** The places of buckets behind the words, if only those have rows. */
  readonly #kept: ReadonlyMap<number, number> | undefined
  /** Rows of known words, by their ids, as far as they were met. */
  readonly #known: (Int32Array | undefined)[] = []

  constructor(
    words: Vocabulary,
    labels: Vocabulary,
    settings: BagSettings,
    kept: ReadonlyMap<number, number> | undefined,
  ) {
    this.#words = words
    this.#labels = labels
    this.#settings = settings
    this.#prefix = encoder.encode(settings.labelPrefix)
    this.#kept = kept
  }

  /** With repeats; empty if nothing in the line has a row. */
  rowsOf(line: string): number[] {
    const bytes = encoder.encode(cleaned(line, this.#settings.cleaning))
    const rows: number[] = []
    const hashes: number[] = []
    visitTokens(bytes, (start, end) => this.#take(bytes, start, end, rows, hashes))
    this.#take(END_OF_LINE, 0, END_OF_LINE.length, rows, hashes)
    const { wordNgrams, buckets } = this.#settings
    if (buckets > 0) visitWordNgrams(hashes, wordNgrams, buckets, bucket => this.#addBucket(bucket, rows))
    return rows
  }

  #take(bytes: Uint8Array, start: number, end: number, rows: number[], hashes: number[]): void {
    const id = this.#words.find(bytes, start, end)
    if (id < 0 && this.#isLabel(bytes, start, end)) return
    hashes.push(wordHash(bytes, start, end))
    const all = id < 0 ? this.#rowsOfWord(bytes.subarray(start, end), id) : this.#rowsOfKnown(id)
    for (const row of all) rows.push(row)
  }

  #isLabel(bytes: Uint8Array, start: number, end: number): boolean {
    const isMarked = this.#prefix.every((byte, i) => start + i < end && bytes[start + i] === byte)
    return isMarked || this.#labels.find(bytes, start, end) >= 0
  }

  /** Kept once they are made: a text has few different words. */
  #rowsOfKnown(id: number): ArrayLike<number> & Iterable<number> {
    let rows = this.#known[id]
    if (!rows) {
      rows = Int32Array.from(this.#rowsOfWord(this.#words.bytes(id), id))
      this.#known[id] = rows
    }
    return rows
  }

  #rowsOfWord(word: Uint8Array, id: number): number[] {
    const rows = id < 0 ? [] : [id]
    const { subwords } = this.#settings
    if (subwords) visitSubwords(word, subwords, bucket => this.#addBucket(bucket, rows))
    return rows
  }

  #addBucket(bucket: number, rows: number[]): void {
    const place = this.#kept ? this.#kept.get(bucket) : bucket
    if (place !== undefined) rows.push(this.#words.size + place)
  }
}

/** Where each token of a line begins and ends. */
function visitTokens(bytes: Uint8Array, visit: (start: number, end: number) => void): void {
  let start = 0
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && !parts(bytes[i]!)) continue
    if (i > start) visit(start, i)
    start = i + 1
  }
}

/** Space, tab, line feed, \v, \f, carriage return and NUL; no other blank of Unicode. */
function parts(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0
}
