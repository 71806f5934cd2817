import type { Vocabulary } from '../text/index.js'

/** For each number of a word its first row, and for each row its number; −1 where there is none. */
export interface FoundWords {
  ids: Int32Array
  numbers: Int32Array
}

/**
 * The words of a question file against those of a vocabulary. With case folding, words that differ only in
 * case are one, and the most frequent of them stands for it.
 */
export class WantedWords {
  /** How many different words were asked for. */
  size = 0
  readonly #numbers = new Map<string, number>()
  readonly #fold: (word: string) => string

  constructor(caseFolding: boolean) {
    this.#fold = caseFolding ? word => word.toUpperCase() : word => word
  }

  /** The number of a word, given now where it was not known. */
  add(word: string): number {
    const folded = this.#fold(word)
    const known = this.#numbers.get(folded)
    if (known !== undefined) return known
    this.#numbers.set(folded, this.size)
    return this.size++
  }

  /** Looks for the words among the `limit` most frequent ones. */
  find(vocabulary: Vocabulary, limit: number): FoundWords {
    const ids = new Int32Array(this.size).fill(-1)
    const numbers = new Int32Array(limit).fill(-1)
    for (let id = 0; id < limit; id++) {
      const number = this.#numbers.get(this.#fold(vocabulary.word(id)))
      if (number === undefined) continue
      numbers[id] = number
      if (ids[number] === -1) ids[number] = id
    }
    return { ids, numbers }
  }
}
