import type { Vocabulary } from '../../text/index.js'
import { SpellingSearch } from '../../vectors/inner.js'
import { breath } from './breath.js'

/** Words that are looked at between two turns of others: 1 ms of work. */
const AT_ONCE = 2_000
const MOST_KEPT = 1_000
const MOST_WAITING = 16

/** Finds words that are spelled nearly so, a little at a time, and not at all if many ask. */
export class Spellings {
  readonly #vocabulary: Vocabulary
  readonly #kept = new Map<string, readonly string[]>()
  #waiting = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  async near(word: string): Promise<readonly string[]> {
    const kept = this.#kept.get(word)
    if (kept || this.#waiting >= MOST_WAITING) return kept ?? []
    this.#waiting++
    try {
      const search = new SpellingSearch(this.#vocabulary, word)
      while (!search.look(AT_ONCE)) await breath()
      this.#keep(word, search.found)
      return search.found
    } finally {
      this.#waiting--
    }
  }

  #keep(word: string, found: readonly string[]): void {
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    this.#kept.set(word, found)
  }
}
