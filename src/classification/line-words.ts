import type { Vocabulary } from '../text/index.js'
import { wordHash } from '../text/inner.js'
import { type Cleaning, cleaned } from './cleaning.js'

const encoder = new TextEncoder()
/** The mark for the end of a line, a word with a row of its own. */
const END_OF_LINE = encoder.encode(' </s>')
/** UTF-8 takes as many bytes at most for a unit of UTF-16. */
const MOST_BYTES = 3

/** What a line is cut by. */
export interface LineSettings {
  readonly labelPrefix: string
  readonly cleaning: Cleaning
}

/**
 * The words of a line, in scratch that the next line takes over: cut at space, tab, line breaks, \v, \f and NUL only, as
 * fastText does, with the mark for its end as the last one. Labels are no words.
 */
export class LineWords {
  /** Of the line as UTF-8. */
  bytes = new Uint8Array(1 << 10)
  count = 0
  /** Where each word begins and ends among the bytes. */
  starts = new Int32Array(1 << 6)
  ends = new Int32Array(1 << 6)
  hashes = new Int32Array(1 << 6)
  /** −1 for a word that is not in the vocabulary. */
  ids = new Int32Array(1 << 6)
  readonly #words: Vocabulary
  readonly #labels: Vocabulary
  readonly #prefix: Uint8Array
  readonly #cleaning: Cleaning

  constructor(words: Vocabulary, labels: Vocabulary, { labelPrefix, cleaning }: LineSettings) {
    this.#words = words
    this.#labels = labels
    this.#prefix = encoder.encode(labelPrefix)
    this.#cleaning = cleaning
  }

  cut(line: string): void {
    const text = cleaned(line, this.#cleaning)
    const most = MOST_BYTES * text.length + END_OF_LINE.length
    if (most > this.bytes.length) this.bytes = new Uint8Array(2 * most)
    const { bytes } = this
    const { written } = encoder.encodeInto(text, bytes)
    bytes.set(END_OF_LINE, written)
    const length = written + END_OF_LINE.length
    this.count = 0
    for (let start = 0, i = 0; i <= length; i++) {
      if (i < length && !parts(bytes[i]!)) continue
      if (i > start) this.#take(start, i)
      start = i + 1
    }
  }

  word(i: number): Uint8Array {
    return this.bytes.subarray(this.starts[i], this.ends[i])
  }

  #take(start: number, end: number): void {
    const { bytes, count } = this
    const id = this.#words.find(bytes, start, end)
    if (id < 0 && this.#isLabel(start, end)) return
    if (count === this.ids.length) this.#grow()
    this.starts[count] = start
    this.ends[count] = end
    this.hashes[count] = wordHash(bytes, start, end)
    this.ids[count] = id
    this.count++
  }

  /** If labels are not marked in texts, no token is one, whatever it spells. */
  #isLabel(start: number, end: number): boolean {
    const { bytes } = this
    const prefix = this.#prefix
    if (prefix.length === 0) return false
    let i = 0
    while (i < prefix.length && start + i < end && bytes[start + i] === prefix[i]) i++
    return i === prefix.length || this.#labels.find(bytes, start, end) >= 0
  }

  #grow(): void {
    this.starts = twice(this.starts)
    this.ends = twice(this.ends)
    this.hashes = twice(this.hashes)
    this.ids = twice(this.ids)
  }
}

/** Space, tab, line feed, \v, \f, carriage return and NUL; no other blank of Unicode. */
function parts(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0
}

function twice(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}
