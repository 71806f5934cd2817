import type { Bag } from '../bags.js'
import { centersReaching, type KeptToken, reachOf } from '../kept-tokens.js'
import { rowsOfWord, type WordRows } from '../word-rows.js'

/** Where a word is to be predicted: the kept token at t, which is in a document. */
export interface Spot {
  readonly kept: readonly KeptToken[]
  readonly t: number
  readonly window: number
  readonly wordRows: WordRows | undefined
  /** The input rows of the document: one, unless it has several tags. */
  readonly documents: Bag
}

/** What predicts a word: all that training, help and documentation know of an architecture. */
export interface Architecture {
  /** The value of the option `architecture`. */
  readonly name: string
  /** A few words for the help, after the name. */
  readonly help: string
  /** The bags of input rows that predict a word; none if there is nothing to predict it from. */
  readonly bags: (spot: Spot) => Bag[]
  /** Bags that can predict one word, if a document has `rowsOfDocument`, by default 1. */
  readonly mostBags: (window: number, rowsOfDocument?: number) => number
  /** Rows that one bag can have, if a word has `rowsOfWord` and a document `rowsOfDocument`. */
  readonly longestBag: (window: number, rowsOfWord: number, rowsOfDocument?: number) => number
  /** The learning rate if none is given. */
  readonly learningRate: number
  /** A word is predicted once, and not once by each center word. */
  readonly predictsOnce?: true
  /** A bag has rows of several words, of which it makes a mean or a sum. */
  readonly mixesWords?: true
  /** No word predicts another: windows mean nothing, and input rows of words stay as they began. */
  readonly leavesWords?: true
  /** Each bag is a center word, so that training goes pair by pair; it can go in blocks, or by center words. */
  readonly inPairs?: true
  /**
   * Every sentence is a document with an input row of its own, or those of its tags (Le & Mikolov 2014). A document of
   * one row has the last row of the first bag.
   */
  readonly hasDocuments?: true
}

/** Learning rates of word2vec.c: one step for all words of a window, or many steps as in skip-gram. */
export const RATE_OF_ONE_STEP = 0.05
export const RATE_OF_MANY_STEPS = 0.025

/** A bag for each center word whose window reaches the word. */
export function bagsOfCenters({ kept, t, window, wordRows }: Spot): Bag[] {
  return centersReaching(kept, t, window).map(center => rowsOfWord(wordRows, center))
}

/** The input rows of all words that the word's own window reaches. */
export function rowsReached({ kept, t, wordRows }: Spot): number[] {
  return reachOf(kept, t).flatMap(word => rowsOfWord(wordRows, word))
}
