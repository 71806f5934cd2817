import { WordloomError } from '../errors.js'
import type { IdSink } from './id-sink.js'
import { joinedInto, joinTable } from './join-tables.js'
import { CollectedWords } from './joined-words.js'
import type { PhrasePass, PhrasesParts } from './phrase.js'
import type { JoinTable } from './phrase-joiner.js'
import { readPhrasesFile, writePhrasesFile } from './phrases-file.js'
import type { PhraseScoring } from './score.js'

/** Phrases that were learned from a text, to be joined in any. */
export class Phrases implements PhrasesParts {
  readonly scoring: PhraseScoring
  readonly minCount: number
  readonly separator: string
  readonly connectors: readonly string[]
  readonly passes: readonly PhrasePass[]
  #joining: StringJoiner | undefined

  constructor({ scoring, minCount, separator, connectors, passes }: PhrasesParts) {
    this.scoring = scoring
    this.minCount = minCount
    this.separator = separator
    this.connectors = connectors
    this.passes = passes
  }

  /** How many phrases there are, over all passes. */
  get size(): number {
    return this.passes.reduce((sum, pass) => sum + pass.phrases.length, 0)
  }

  /** Every phrase as it is written (new_york), pass by pass, the best first. */
  *words(): Generator<string> {
    for (const pass of this.passes) for (const { words } of pass.phrases) yield words.join(this.separator)
  }

  /** The tokens of a sentence with its phrases joined. Throws `usage` for what is no array of strings. */
  apply(tokens: readonly string[]): string[] {
    if (!Array.isArray(tokens) || tokens.some(token => typeof token !== 'string'))
      throw new WordloomError('usage', {
        action: 'join phrases',
        found: Array.isArray(tokens)
          ? 'the sentence has a token that is no string'
          : `the sentence is of type ${typeof tokens}`,
        expected: 'an array of strings',
      })
    this.#joining ??= new StringJoiner(this)
    return this.#joining.join(tokens)
  }

  /** `apply` for sentence after sentence, as they come: a corpus that `train` takes. */
  async *applyAll(
    sentences: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  ): AsyncGenerator<string[]> {
    for await (const tokens of sentences) yield this.apply(tokens)
  }

  /** Saves them as JSON, compressed for .gz and .zst. Throws `not-written`. */
  async save(path: string): Promise<void> {
    await writePhrasesFile(this, path)
  }
}

/**
 * Phrases that were saved. Throws `no-input` if the file cannot be opened, `bad-data` if it holds something
 * else, naming the place.
 */
export async function readPhrases(path: string): Promise<Phrases> {
  return new Phrases(await readPhrasesFile(path))
}

/** Phrases over strings: words that are in none pass as they are. */
class StringJoiner implements IdSink {
  readonly #words = new CollectedWords()
  readonly #separator: string
  readonly #first: IdSink
  #tokens: readonly string[] = []
  #at = 0
  #joined: string[] = []

  constructor({ passes, connectors, separator }: PhrasesParts) {
    const tables: JoinTable[] = passes.map(pass => joinTable(pass, this.#words, connectors, separator))
    this.#words.close()
    this.#separator = separator
    this.#first = joinedInto(tables, this)
  }

  join(tokens: readonly string[]): string[] {
    this.#tokens = tokens
    this.#at = 0
    this.#joined = []
    for (const token of tokens) this.#first.word(this.#words.find(token), 1)
    this.#first.endSentence()
    return this.#joined
  }

  word(_id: number, length: number): void {
    const end = this.#at + length
    this.#joined.push(
      length === 1 ? this.#tokens[this.#at]! : this.#tokens.slice(this.#at, end).join(this.#separator),
    )
    this.#at = end
  }

  endSentence(): void {}
}
