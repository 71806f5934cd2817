import type { Vocabulary } from '../../text/index.js'
import { allocateShared } from '../../wasm/index.js'
import type { CountedLines } from './counted-lines.js'
import { bucketsFor, type NgramSettings, Ngrams } from './ngrams.js'

/** Lists of numbers, one after another, in memory that threads share: by list, one past its last number. */
export interface Lists {
  readonly ends: Float64Array
  readonly numbers: Uint32Array
}

/** Lines to learn from, as numbers. */
export interface LabelledCorpus {
  readonly words: Vocabulary
  /** With their prefix, the most frequent first. */
  readonly labels: Vocabulary
  /** Over which n-grams are dealt; 0 if there are none. */
  readonly buckets: number
  /** The places of the buckets that have rows, which follow those of the words; undefined if all have. */
  readonly kept: ReadonlyMap<number, number> | undefined
  /** Of the input matrix. */
  readonly inputRows: number
  /** By line, its input rows, with repeats. */
  readonly bags: Lists
  /** By line, its labels. */
  readonly marks: Lists
  /** Words of all lines, ends of lines included. */
  readonly tokens: number
  /** Lines that were read, and had no label or no row that counts. */
  readonly leftOut: number
}

/** Which words, labels and n-grams have rows. */
export interface Numbering {
  readonly words: Vocabulary
  readonly labels: Vocabulary
  /** The ids of words and labels by the order in which they came, −1 for none. */
  readonly wordIds: Int32Array
  readonly labelIds: Int32Array
  readonly ngrams: NgramSettings
  /** As many as the lines need if not given. */
  readonly buckets: number | undefined
  /** Buckets that have rows already, by place. */
  readonly kept: ReadonlyMap<number, number>
  /** All buckets have rows, each at its own place. */
  readonly haveAll: boolean
  /** Whether further n-grams get rows. */
  readonly grows: boolean
}

/** Numbers the lines that have a label and a row. */
export function numberedLines(lines: CountedLines, numbering: Numbering): LabelledCorpus {
  const ngrams = new Ngrams(lines, numbering.ngrams)
  const buckets = numbering.buckets ?? bucketsFor(lines, ngrams, numbering.ngrams)
  const rows = new RowNumbers(lines, numbering, ngrams, buckets)
  const sizes = sizesOf(lines, rows, numbering)
  const bags = listsOf(sizes.lines, sizes.rows)
  const marks = listsOf(sizes.lines, sizes.labels)
  let next = 0
  for (let line = 0; line < lines.size; line++) {
    const bagStart = next === 0 ? 0 : bags.ends[next - 1]!
    const markStart = next === 0 ? 0 : marks.ends[next - 1]!
    const bagEnd = rows.write(line, bags.numbers, bagStart)
    const markEnd = writeLabels(lines.labelsOf(line), numbering.labelIds, marks.numbers, markStart)
    if (bagEnd === bagStart || markEnd === markStart) continue
    bags.ends[next] = bagEnd
    marks.ends[next++] = markEnd
  }
  return {
    words: numbering.words,
    labels: numbering.labels,
    buckets,
    kept: rows.kept,
    inputRows: numbering.words.size + rows.count,
    bags: cut(bags, next),
    marks: cut(marks, next),
    tokens: lines.words.tokens,
    leftOut: lines.size - next,
  }
}

/** The input rows of lines. N-grams get a row where they first occur. */
class RowNumbers {
  readonly #lines: CountedLines
  readonly #numbering: Numbering
  readonly #ngrams: Ngrams
  /** By bucket, its place and 1; 0 if it has none. */
  readonly #places: Uint32Array
  #count: number

  constructor(lines: CountedLines, numbering: Numbering, ngrams: Ngrams, buckets: number) {
    this.#lines = lines
    this.#numbering = numbering
    this.#ngrams = ngrams
    this.#places = new Uint32Array(buckets)
    for (const [bucket, place] of numbering.kept) this.#places[bucket] = place + 1
    if (numbering.haveAll)
      this.#places.forEach((_, bucket) => {
        this.#places[bucket] = bucket + 1
      })
    this.#count = numbering.haveAll ? buckets : numbering.kept.size
  }

  /** Of n-grams. */
  get count(): number {
    return this.#count
  }

  get kept(): Map<number, number> | undefined {
    if (this.#numbering.haveAll) return undefined
    const kept = new Map<number, number>()
    for (let bucket = 0; bucket < this.#places.length; bucket++)
      if (this.#places[bucket]! > 0) kept.set(bucket, this.#places[bucket]! - 1)
    return kept
  }

  /** Rows that a line has at most. */
  most(line: number): number {
    let count = 0
    for (const word of this.#lines.tokensOf(line)) count += 1 + this.#ngrams.sizeOf(word)
    return count + this.#lines.tokensOf(line).length * Math.max(0, this.#numbering.ngrams.wordNgrams - 1)
  }

  /** Writes the rows of a line; where they end. */
  write(line: number, into: Uint32Array, start: number): number {
    const { wordIds, words } = this.#numbering
    const buckets = this.#places.length
    let at = start
    const add = (bucket: number) => {
      const place = this.#placeOf(bucket)
      if (place >= 0) into[at++] = words.size + place
    }
    for (const word of this.#lines.tokensOf(line)) {
      if (wordIds[word]! >= 0) into[at++] = wordIds[word]!
      this.#ngrams.visitCharacters(word, buckets, add)
    }
    this.#ngrams.visitWords(line, buckets, add)
    return at
  }

  #placeOf(bucket: number): number {
    if (this.#places[bucket] === 0 && this.#numbering.grows) this.#places[bucket] = ++this.#count
    return this.#places[bucket]! - 1
  }
}

function writeLabels(labels: Uint32Array, ids: Int32Array, into: Uint32Array, start: number): number {
  let at = start
  for (const label of labels) if (ids[label]! >= 0) into[at++] = ids[label]!
  return at
}

function sizesOf(lines: CountedLines, rows: RowNumbers, { labelIds }: Numbering) {
  const sizes = { lines: lines.size, rows: 0, labels: 0 }
  for (let line = 0; line < lines.size; line++) {
    sizes.rows += rows.most(line)
    for (const label of lines.labelsOf(line)) if (labelIds[label]! >= 0) sizes.labels++
  }
  return sizes
}

function listsOf(lists: number, numbers: number): Lists {
  return {
    ends: new Float64Array(allocateShared(8 * lists)),
    numbers: new Uint32Array(allocateShared(4 * numbers)),
  }
}

function cut({ ends, numbers }: Lists, lists: number): Lists {
  return { ends: ends.subarray(0, lists), numbers }
}
