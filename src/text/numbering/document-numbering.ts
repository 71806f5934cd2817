import { SENTENCE_END, type TokenIds } from '../../ids/index.js'
import { NEWLINE, type Scanner } from '../scanning/scanner.js'
import { scannerFor, type Tokenizer } from '../scanning/tokenizers.js'
import { type NumberingLimits, numberWords } from '../vocabulary/merged-words.js'
import { type Vocabulary, VocabularyBuilder } from '../vocabulary/vocabulary.js'
import { keptNames, type SentenceNames } from './kept-sentences.js'
import type { Numbered, Numbering } from './numbering.js'
import { TagCollector } from './sentence-tags.js'

/**
 * A numbering that remembers which line of the text each sentence was, and its tags, since a document must be found again by its
 * line: blank lines, and lines whose words are all rare, leave no sentence. Token by token on one thread.
 */
export class DocumentNumbering implements Numbering {
  tokens = 0
  sentences = 0
  readonly #ids: TokenIds
  readonly #scanner: Scanner
  readonly #builder = new VocabularyBuilder()
  readonly #given: Vocabulary | undefined
  readonly #lines: number[] = [] // of each sentence
  #tags: TagCollector | undefined // if documents have tags
  #kept: SentenceNames | undefined // at the end
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

  /** The lines and the tags of the sentences that are left. */
  get names(): SentenceNames {
    return this.#kept ?? { lines: Float64Array.from(this.#lines), tags: this.#tags?.finish() }
  }

  tag(tags: readonly string[]): void {
    this.#tags ??= new TagCollector()
    this.#tags.set(tags)
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
      this.#tags?.endSentence()
      this.sentences++
    }
    this.#wordsInLine = 0
    this.#line++
  }

  finish(limits: NumberingLimits): Numbered {
    if (this.#given) return { vocabulary: this.#given, ids: undefined }
    const { ids, ...numbered } = numberWords(this.#builder.countedWords(), limits)
    this.#kept = keptNames(this.names, this.#ids, ids)
    return { ...numbered, ids: [ids] }
  }
}
