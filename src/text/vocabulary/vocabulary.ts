import { WordloomError } from '../../errors.js'
import { kindOf } from '../../options/index.js'
import { isWellFormed, wellFormed } from '../well-formed.js'
import { type LeftOutWords, leftOutWords } from './left-out-words.js'
import { type CountedWords, compareWords, type WordArena, WordTable } from './word-table.js'

export type { CountedWords } from './word-table.js'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Which words of a corpus are kept. */
export interface VocabularyLimits {
  /** Words seen fewer times are dropped. */
  minCount?: number | undefined
  /** At most this many words are kept, the most frequent ones. */
  maxWords?: number | undefined
  /** Words of more bytes are dropped. */
  maxTokenBytes?: number | undefined
  /** Words that minCount and maxWords do not drop if they are seen at all. */
  keep?: Vocabulary | undefined
}

/**
 * Words with their counts; a word's id is its position, 0 … size − 1. Words are kept as bytes: any bytes are
 * a word, `__proto__` and invalid UTF-8 among them.
 */
export class Vocabulary {
  readonly size: number
  /** How often each word was seen, by id. All zero where a file does not tell. */
  readonly counts: Float64Array
  /** The sum of the counts: tokens of the corpus that are in the vocabulary. */
  readonly tokens: number
  readonly #table: WordTable

  /** Takes words in the order given; use VocabularyBuilder to count and order them. */
  constructor(table: WordTable, counts?: Float64Array) {
    this.#table = table
    this.size = table.size
    this.counts = counts ?? new Float64Array(table.size)
    this.tokens = this.counts.reduce((sum, count) => sum + count, 0)
  }

  /** A vocabulary in the order given. Throws `bad-data` if a word is there twice, or has a lone surrogate. */
  static of(words: Iterable<string | Uint8Array>, counts?: Float64Array): Vocabulary {
    const table = new WordTable()
    for (const word of words) {
      const before = table.size
      const id = table.add(bytesOf(word))
      if (id < before)
        throw new WordloomError('bad-data', {
          found: `the word "${textOf(bytesOf(word))}" is there twice`,
          expected: 'words that differ',
        })
    }
    return new Vocabulary(table, counts)
  }

  /** Word `id` as text; bytes that are not UTF-8 show as U+FFFD. */
  word(id: number): string {
    return textOf(this.#table.bytes(id))
  }

  /** Word `id` as bytes: a view, not to be written to. */
  bytes(id: number): Uint8Array {
    return this.#table.bytes(id)
  }

  /** A string with a lone surrogate is no word: UTF-8 has none of its own for it. */
  idOf(word: string | Uint8Array): number | undefined {
    if (typeof word !== 'string' && !(ArrayBuffer.isView(word) && !(word instanceof DataView)))
      throw new WordloomError('usage', {
        action: 'look a word up',
        found: `the word is ${kindOf(word)}`,
        expected: 'a string, or its bytes',
      })
    if (typeof word === 'string' && !isWellFormed(word)) return undefined
    const id = this.#table.find(bytesOf(word))
    return id < 0 ? undefined : id
  }

  /** The id of the word bytes[start…end), or −1. */
  find(bytes: Uint8Array, start = 0, end = bytes.length): number {
    return this.#table.find(bytes, start, end)
  }

  *words(): Generator<string> {
    for (let id = 0; id < this.size; id++) yield this.word(id)
  }

  /** What a file stores. */
  get arena(): WordArena {
    return this.#table.arena
  }
}

/** Counts words as they come, each numbered by first appearance, and orders them at the end. */
export class VocabularyBuilder {
  /** Tokens seen, kept or not. */
  tokens = 0
  readonly #table = new WordTable()
  #counts = new Float64Array(1 << 12)

  get size(): number {
    return this.#table.size
  }

  /** Counts bytes[start…end) once, or `times` times; gives its provisional number. */
  add(bytes: Uint8Array, start = 0, end = bytes.length, times = 1): number {
    const id = this.#table.add(bytes, start, end)
    if (id >= this.#counts.length) {
      const larger = new Float64Array(this.#counts.length * 2)
      larger.set(this.#counts)
      this.#counts = larger
    }
    this.#counts[id]! += times
    this.tokens += times
    return id
  }

  /**
   * The vocabulary, most frequent word first, equal counts by bytes (so the order is the same on every
   * machine), and the id of each provisional number.
   */
  finish(limits: VocabularyLimits = {}): OrderedWords {
    return orderWords(this.countedWords(), limits)
  }

  /** All words by their provisional numbers, as views that are good until the next word. */
  countedWords(): CountedWords {
    return { ...this.#table.arena, counts: this.#counts.subarray(0, this.size) }
  }
}

export interface OrderedWords {
  vocabulary: Vocabulary
  /** The id that each word has now, −1 if it was dropped. */
  ids: Int32Array
  /** How often words came that have too many bytes. */
  tooLong: number
  /** Words that the limits left out. */
  leftOut: LeftOutWords
}

export function orderWords(
  words: CountedWords,
  { minCount = 1, maxWords, maxTokenBytes = Number.POSITIVE_INFINITY, keep }: VocabularyLimits,
): OrderedWords {
  const { bytes, offsets, counts } = words
  const frequent: number[] = []
  let tooLong = 0
  for (let word = 0; word < counts.length; word++)
    if (offsets[word + 1]! - offsets[word]! > maxTokenBytes) tooLong += counts[word]!
    else if (counts[word]! >= minCount || isKept(words, word, keep)) frequent.push(word)
  const beginnings = beginningsOf(words, frequent)
  frequent.sort(
    (a, b) => counts[b]! - counts[a]! || beginnings[a]! - beginnings[b]! || compareWords(words, a, b),
  )
  if (maxWords !== undefined && frequent.length > maxWords) dropBeyond(maxWords, words, frequent, keep)

  const table = new WordTable(frequent.length)
  const ids = new Int32Array(counts.length).fill(-1)
  for (const word of frequent) ids[word] = table.add(bytes, offsets[word]!, offsets[word + 1]!)
  const vocabulary = new Vocabulary(
    table,
    Float64Array.from(frequent, word => counts[word]!),
  )
  return { vocabulary, ids, tooLong, leftOut: leftOutWords(words, ids, maxTokenBytes) }
}

function isKept(
  { bytes, offsets, counts }: CountedWords,
  word: number,
  keep: Vocabulary | undefined,
): boolean {
  return keep !== undefined && counts[word]! > 0 && keep.find(bytes, offsets[word], offsets[word + 1]) >= 0
}

/** Words that are kept have their room first; the most frequent of the others have the rest. */
function dropBeyond(
  maxWords: number,
  words: CountedWords,
  frequent: number[],
  keep: Vocabulary | undefined,
): void {
  if (keep === undefined) {
    frequent.length = maxWords
    return
  }
  const kept = new Set(frequent.filter(word => isKept(words, word, keep)))
  let room = maxWords - kept.size
  const chosen = frequent.filter(word => kept.has(word) || room-- > 0)
  frequent.splice(0, frequent.length, ...chosen)
}

/** The first six bytes of each word as a number, zeros behind a shorter one: most words differ in them already. */
function beginningsOf({ bytes, offsets, counts }: CountedWords, among: readonly number[]): Float64Array {
  const beginnings = new Float64Array(counts.length)
  for (const word of among) {
    const end = offsets[word + 1]!
    let beginning = 0
    for (let i = offsets[word]!, n = 0; n < 6; i++, n++)
      beginning = beginning * 256 + (i < end ? bytes[i]! : 0)
    beginnings[word] = beginning
  }
  return beginnings
}

function bytesOf(word: string | Uint8Array): Uint8Array {
  return typeof word === 'string' ? encoder.encode(wellFormed(word)) : word
}

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
