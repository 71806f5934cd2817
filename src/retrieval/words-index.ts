import { Growing, TopK } from '../math/index.js'
import { type Scanner, scannerFor, type TokenizerName, Vocabulary } from '../text/index.js'
import { WordTable } from '../text/inner.js'

/** A document and its score. */
export interface Scored {
  readonly id: number
  readonly score: number
}

/** Saturation of repeated words, and how much the length of a document counts (Robertson and Zaragoza 2009). */
const K1 = 1.2
const B = 0.75

/** How often a word of a document counts at most: a byte is kept of it. */
const MOST_TIMES = 255

/** Words of a document by which others are found. */
const TELLING_WORDS = 25

/** Numbers of an array that are gone through in one step. */
const A_STEP = 1 << 15

/** Counts the words of documents one by one, for a `WordsIndex`. */
export class WordsIndexBuilder {
  readonly #table = new WordTable()
  readonly #words: WordsOf
  readonly #lengths = new Growing(new Uint32Array(1 << 10))
  readonly #ends = new Growing(new Float64Array(1 << 10))
  readonly #postedWords = new Growing(new Uint32Array(1 << 12))
  readonly #postedTimes = new Growing(new Uint8Array(1 << 12))

  constructor(tokenizer: TokenizerName) {
    this.#words = new WordsOf(tokenizer, (bytes, start, end) => this.#table.add(bytes, start, end))
  }

  add(text: string): void {
    const ids = this.#words.in(text)
    this.#lengths.push(ids.length)
    for (const [word, times] of counted(ids)) {
      this.#postedWords.push(word)
      this.#postedTimes.push(Math.min(times, MOST_TIMES))
    }
    this.#ends.push(this.#postedWords.length)
  }

  *finish(tokenizer: TokenizerName): Generator<void, WordsIndex> {
    const starts = yield* this.#starts()
    const [words, ends, often] = [this.#postedWords.array, this.#ends.array, this.#postedTimes.array]
    const documents = new Uint32Array(words.length)
    const times = new Uint8Array(words.length)
    let document = 0
    for (let i = 0; i < words.length; i++) {
      if (i % A_STEP === 0) yield
      while (i >= ends[document]!) document++
      const place = starts[words[i]! + 1]!++
      documents[place] = document
      times[place] = often[i]!
    }
    const lengths = this.#lengths.array.slice()
    return new WordsIndex({ table: this.#table, tokenizer, starts, documents, times, lengths })
  }

  /** Where the postings of each word begin, one place too far, so that filling moves it back. */
  *#starts(): Generator<void, Uint32Array> {
    const words = this.#postedWords.array
    const starts = new Uint32Array(this.#table.size + 2)
    for (let i = 0; i < words.length; i++) {
      if (i % A_STEP === 0) yield
      starts[words[i]! + 2]!++
    }
    for (let word = 2; word < starts.length; word++) {
      if (word % A_STEP === 0) yield
      starts[word]! += starts[word - 1]!
    }
    return starts
  }
}

interface WordsIndexParts {
  readonly table: WordTable
  readonly tokenizer: TokenizerName
  /** Where the postings of each word begin. */
  readonly starts: Uint32Array
  readonly documents: Uint32Array
  readonly times: Uint8Array
  /** Words in each document. */
  readonly lengths: Uint32Array
}

/** Documents by their words, ranked by BM25: for each word the documents that have it, and how often. */
export class WordsIndex {
  readonly #parts: WordsIndexParts
  /** K1 · (1 − B + B · length / mean length) of each document. */
  readonly #saturation: Float32Array
  readonly #scores: Float32Array
  readonly #words: WordsOf

  constructor(parts: WordsIndexParts) {
    const { table, tokenizer, lengths } = parts
    this.#parts = parts
    const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1
    this.#saturation = Float32Array.from(lengths, length => K1 * (1 - B + (B * length) / mean))
    this.#scores = new Float32Array(lengths.length)
    this.#words = new WordsOf(tokenizer, (bytes, start, end) => table.find(bytes, start, end))
  }

  /** The words of all documents with how often they occur. */
  *vocabulary(): Generator<void, Vocabulary> {
    const { table, starts, times } = this.#parts
    const counts = new Float64Array(table.size)
    for (let word = 0, i = 0; word < table.size; word++)
      for (const end = starts[word + 1]!; i < end; i++) {
        if (i % A_STEP === 0) yield
        counts[word]! += times[i]!
      }
    return new Vocabulary(table, counts)
  }

  /** The documents with the highest scores for the words of a text, best first. */
  search(text: string, count: number, isWanted?: (document: number) => boolean): Scored[] {
    return this.#best(counted(this.#known(text)), count, isWanted)
  }

  /** Whether any document has a word of a text. */
  knows(text: string): boolean {
    return this.#known(text).length > 0
  }

  /** What a document scored in the search before. */
  lastScore(document: number): number {
    return this.#scores[document]!
  }

  /** The documents that share the most telling words of a text. */
  like(text: string, count: number, isWanted: (document: number) => boolean): Scored[] {
    const words = [...counted(this.#known(text))]
    const telling = words
      .map(([word, times]) => ({ word, times, weight: Math.sqrt(times) * this.#rarity(word) }))
      .sort((a, b) => b.weight - a.weight || a.word - b.word)
      .slice(0, TELLING_WORDS)
    return this.#best(
      telling.map(({ word, times }) => [word, times] as const),
      count,
      isWanted,
    )
  }

  #known(text: string): Uint32Array {
    return this.#words.in(text)
  }

  #best(
    words: Iterable<readonly [word: number, times: number]>,
    count: number,
    isWanted?: (document: number) => boolean,
  ): Scored[] {
    this.#scores.fill(0)
    for (const [word, times] of words) this.#addScores(word, times)
    const top = new TopK(count)
    let bar = 0
    for (let id = 0; id < this.#scores.length; id++) {
      const score = this.#scores[id]!
      if (!(score > bar) || isWanted?.(id) === false) continue
      top.offer(score, id)
      bar = Math.max(0, top.threshold)
    }
    return top.sorted()
  }

  #addScores(word: number, weight: number): void {
    const { starts, documents, times } = this.#parts
    const factor = weight * this.#rarity(word) * (K1 + 1)
    const [scores, saturation] = [this.#scores, this.#saturation]
    for (let i = starts[word]!, end = starts[word + 1]!; i < end; i++) {
      const document = documents[i]!
      const often = times[i]!
      scores[document]! += (factor * often) / (often + saturation[document]!)
    }
  }

  /** ln(1 + (N − n + ½) / (n + ½)), for a word in n of N documents. */
  #rarity(word: number): number {
    const { starts, lengths } = this.#parts
    const having = starts[word + 1]! - starts[word]!
    return Math.log1p((lengths.length - having + 0.5) / (having + 0.5))
  }
}

/** The words of a text as numbers, which are sorted; those of −1 are left out. */
class WordsOf {
  readonly #scanner: Scanner
  readonly #ids = new Growing(new Uint32Array(1 << 8))
  readonly #encoder = new TextEncoder()

  constructor(tokenizer: TokenizerName, idOf: (bytes: Uint8Array, start: number, end: number) => number) {
    this.#scanner = scannerFor(tokenizer, {
      token: (bytes, start, end) => {
        const id = idOf(bytes, start, end)
        if (id >= 0) this.#ids.push(id)
      },
      endSentence: () => {},
    })
  }

  /** Good until the next text. */
  in(text: string): Uint32Array {
    this.#ids.length = 0
    this.#scanner.write(this.#encoder.encode(text))
    this.#scanner.end()
    return this.#ids.array.sort()
  }
}

/** Each number of a sorted list with how often it is there. */
function* counted(sorted: Uint32Array): Generator<readonly [id: number, times: number]> {
  for (let i = 0, end = 0; i < sorted.length; i = end) {
    while (end < sorted.length && sorted[end] === sorted[i]) end++
    yield [sorted[i]!, end - i]
  }
}
