import { norm } from '../math/index.js'
import { usesSubwords, type WordVectors } from '../vectors/index.js'
import type { UncoveredPolicy } from './settings.js'

/** Words of questions are numbered by their spelling, and fall into classes of words that count as one. */
export interface FoundWords {
  /** For each number of a word its row; −1 if there is none. */
  ids: Int32Array
  /** For each number of a word its class. */
  classes: Int32Array
  /** For each row the class of its word; −1 if no question has one of that class. */
  rowClasses: Int32Array
  /** By number, vectors of words without a row, made from their sub-words. */
  made: ReadonlyMap<number, Float32Array>
}

/**
 * The words of a question file against those of a vocabulary. With case folding, words that differ only in
 * case are one: a word has the row of its own spelling, or else that of the most frequent other one.
 */
export class WantedWords {
  readonly #numbers = new Map<string, number>()
  readonly #classes = new Map<string, number>()
  readonly #classOf: number[] = []
  readonly #fold: (word: string) => string

  constructor(caseFolding: boolean) {
    // capitals would join what differs in more than case: ı and i are I, ß and ss are SS
    this.#fold = caseFolding ? word => word.toLowerCase() : word => word
  }

  /** The number of a word, given now if it was not known. */
  add(word: string): number {
    const known = this.#numbers.get(word)
    if (known !== undefined) return known
    const folded = this.#fold(word)
    const number = this.#numbers.size
    if (!this.#classes.has(folded)) this.#classes.set(folded, this.#classes.size)
    this.#numbers.set(word, number)
    this.#classOf.push(this.#classes.get(folded)!)
    return number
  }

  /**
   * Looks for the words among the `limit` most frequent ones. Words outside the vocabulary are made if that is the
   * policy. Throws `usage` if these vectors have no sub-words to make them from.
   */
  find(vectors: WordVectors, limit: number, unknown: UncoveredPolicy): FoundWords {
    const { vocabulary } = vectors
    const ids = new Int32Array(this.#numbers.size).fill(-1)
    const firstOfClass = new Int32Array(this.#classes.size).fill(-1)
    const rowClasses = new Int32Array(limit).fill(-1)
    for (let id = 0; id < limit; id++) {
      const word = vocabulary.word(id)
      const ofRow = this.#classes.get(this.#fold(word))
      if (ofRow === undefined) continue
      rowClasses[id] = ofRow
      if (firstOfClass[ofRow] === -1) firstOfClass[ofRow] = id
      const number = this.#numbers.get(word)
      if (number !== undefined && ids[number] === -1) ids[number] = id
    }
    const classes = Int32Array.from(this.#classOf)
    const found = ids.map((id, number) => (id < 0 ? firstOfClass[classes[number]!]! : id))
    const made = unknown === 'subwords' ? this.#made(vectors, found) : new Map()
    return { ids: found, classes, rowClasses, made }
  }

  #made(vectors: WordVectors, ids: Int32Array): Map<number, Float32Array> {
    usesSubwords(vectors, 'subwords')
    const made = new Map<number, Float32Array>()
    for (const [word, number] of this.#numbers) {
      const vector = ids[number]! < 0 && !vectors.has(word) ? vectors.vector(word) : undefined
      if (vector && norm(vector) > 0) made.set(number, vector)
    }
    return made
  }
}
