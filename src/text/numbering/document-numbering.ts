import { SENTENCE_END, type TokenIds } from '../../ids/index.js'
import { NEWLINE, type Scanner } from '../scanning/scanner.js'
import { scannerFor, type Tokenizer } from '../scanning/tokenizers.js'
import { type NumberingLimits, numberWords } from '../vocabulary/merged-words.js'
import { type Vocabulary, VocabularyBuilder } from '../vocabulary/vocabulary.js'
import type { Numbered, Numbering } from './numbering.js'

/** Numbers looked at together. */
const PART = 1 << 16

/**
 * A numbering that remembers which line of the text each sentence was, since a document must be found again by its
 * line: blank lines, and lines whose words are all rare, leave no sentence. Token by token on one thread.
 */
export class DocumentNumbering implements Numbering {
  tokens = 0
  sentences = 0
  readonly #ids: TokenIds
  readonly #scanner: Scanner
  readonly #builder = new VocabularyBuilder()
  readonly #given: Vocabulary | undefined
  #lines: number[] = [] // of each sentence
  #line = 0
  #wordsInLine = 0
  #lineIsOpen = false // bytes came since the last line break

  constructor(tokenizer: Tokenizer, ids: TokenIds, vocabulary?: Vocabulary) {
    this.#ids = ids
    this.#given = vocabulary
    this.#scanner = scannerFor(tokenizer, this)
  }

  get skipped(): number {
    return this.#scanner.skipped
  }

  get size(): number {
    return this.#given?.size ?? this.#builder.size
  }

  /** The line of the text, from 0, of each sentence that is left. */
  get lines(): Float64Array {
    return Float64Array.from(this.#lines)
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#lineIsOpen = bytes.at(-1) !== NEWLINE
    this.#scanner.write(bytes)
  }

  /** What follows the last line break of a file is a line only if there is something. */
  end(): void {
    const line = this.#line
    this.#scanner.end()
    if (!this.#lineIsOpen) this.#line = line
    this.#lineIsOpen = false
  }

  token(bytes: Uint8Array, start: number, end: number): void {
    this.tokens++
    const id = this.#given ? this.#given.find(bytes, start, end) : this.#builder.add(bytes, start, end)
    if (id < 0) return
    this.#ids.push(id)
    this.#wordsInLine++
  }

  endSentence(): void {
    if (this.#wordsInLine > 0) {
      this.#ids.push(SENTENCE_END)
      this.#lines.push(this.#line)
      this.sentences++
    }
    this.#wordsInLine = 0
    this.#line++
  }

  finish(limits: NumberingLimits): Numbered {
    if (this.#given) return { vocabulary: this.#given, ids: undefined }
    const { ids, ...numbered } = numberWords(this.#builder.countedWords(), limits)
    this.#lines = this.#linesThatKeep(ids)
    return { ...numbered, ids: [ids] }
  }

  /** Lines of the sentences in which some word has an id. */
  #linesThatKeep(ids: Int32Array): number[] {
    const kept: number[] = []
    let sentence = 0
    let keeps = false
    for (const number of numbers(this.#ids)) {
      if (number !== SENTENCE_END) keeps ||= ids[number]! >= 0
      else {
        if (keeps) kept.push(this.#lines[sentence]!)
        sentence++
        keeps = false
      }
    }
    return kept
  }
}

function* numbers(ids: TokenIds): Generator<number> {
  const part = new Int32Array(PART)
  for (let from = 0; from < ids.length; from += PART) {
    const count = Math.min(PART, ids.length - from)
    ids.read(from, from + count, part)
    yield* part.subarray(0, count)
  }
}
