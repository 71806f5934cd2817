import { SENTENCE_END } from '../../ids/index.js'
import type { NumberedPiece } from './piece-numbering.js'

/** Puts pieces of a text together again, in their order: a sentence that was cut is one. */
export class Seam {
  tokens = 0
  sentences = 0
  skipped = 0
  #hasTokens = false // the sentence that the last piece left unfinished
  #hasNumbers = false

  /** Gives `append` the numbers of the next piece, without the ends of sentences that go on. */
  join(piece: NumberedPiece, append: (numbers: Int32Array) => void): void {
    const { head, tail, open } = piece
    if (head) {
      if (this.#hasTokens && !head.hasTokens) this.sentences++
      if (this.#hasNumbers && !head.hasNumbers) append(Int32Array.of(SENTENCE_END))
      this.#hasTokens = false
      this.#hasNumbers = false
    }
    this.tokens += piece.tokens
    this.skipped += piece.skipped
    this.sentences += piece.sentences - (tail.hasTokens && !open ? 1 : 0)
    append(piece.numbers.subarray(0, piece.count - (tail.hasNumbers && !open ? 1 : 0)))
    this.#hasTokens ||= tail.hasTokens
    this.#hasNumbers ||= tail.hasNumbers
  }
}
