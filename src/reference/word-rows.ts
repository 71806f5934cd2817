import type { Bag } from './bags.js'

/**
 * The input rows of each word, if it has several: its own, whose number is the word's, then those of its
 * sub-words. `rows` has them word after word, `starts` the place of each word's first row, and at the end their number.
 */
export interface WordRows {
  readonly starts: Uint32Array
  readonly rows: Uint32Array
}

/** The rows of each document, if some have several, in the same form; `longest` of them at most. */
export interface DocumentLists extends WordRows {
  readonly longest: number
}

/** The rows of a word, or of a document; without a table each has one of its own number. */
export function rowsOfWord(table: WordRows | undefined, word: number): Bag {
  return table ? [...table.rows.subarray(table.starts[word]!, table.starts[word + 1]!)] : [word]
}
