import type { Vocabulary } from '../text/index.js'
import { WordTable } from '../text/inner.js'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })

/** Numbers of words, to which phrases are added; a phrase that is spelled like a word has its number. */
export interface PhraseWords {
  /** The number of a word, or −1. */
  find(word: string): number
  add(phrase: string): number
  readonly size: number
}

/** The words of a text, and behind them phrases. */
export class JoinedWords implements PhraseWords {
  readonly #words: Vocabulary
  readonly #phrases = new WordTable()

  constructor(words: Vocabulary) {
    this.#words = words
  }

  get size(): number {
    return this.#words.size + this.#phrases.size
  }

  find(word: string): number {
    const bytes = encoder.encode(word)
    const id = this.#words.find(bytes)
    if (id >= 0) return id
    const phrase = this.#phrases.find(bytes)
    return phrase < 0 ? -1 : this.#words.size + phrase
  }

  add(phrase: string): number {
    const bytes = encoder.encode(phrase)
    const id = this.#words.find(bytes)
    return id >= 0 ? id : this.#words.size + this.#phrases.add(bytes)
  }

  bytes(id: number): Uint8Array {
    const { size } = this.#words
    return id < size ? this.#words.bytes(id) : this.#phrases.bytes(id - size)
  }

  /** The word as text, or undefined if its bytes are not UTF-8. */
  text(id: number): string | undefined {
    try {
      return decoder.decode(this.bytes(id))
    } catch {
      return undefined
    }
  }
}

/** Words of phrases alone: whatever is asked for gets a number while they are collected. */
export class CollectedWords implements PhraseWords {
  readonly #ids = new Map<string, number>()
  #isOpen = true

  get size(): number {
    return this.#ids.size
  }

  find(word: string): number {
    return this.#isOpen ? this.add(word) : (this.#ids.get(word) ?? -1)
  }

  add(phrase: string): number {
    const id = this.#ids.get(phrase) ?? this.#ids.size
    this.#ids.set(phrase, id)
    return id
  }

  /** From now on, words that were not asked for have none. */
  close(): void {
    this.#isOpen = false
  }
}
