import { KernelNumbering } from '../numbering/kernel-numbering.js'
import { NEWLINE } from '../scanning/scanner.js'
import type { TokenizerName } from '../scanning/tokenizers.js'
import type { CountedWords, Vocabulary } from '../vocabulary/vocabulary.js'

/** A stretch of a text, and room for its numbers. Both buffers travel from thread to thread; none is made twice. */
export interface Piece {
  readonly text: Uint8Array<ArrayBuffer>
  /** Bytes of `text` that are taken. */
  readonly length: number
  /** It ends within a token, and the next piece goes on there; otherwise it ends behind white space. */
  readonly open: boolean
  readonly numbers: Int32Array<ArrayBuffer>
}

/** What a piece came to. Sentences that a cut parted are still in two: see Seam. */
export interface NumberedPiece extends Piece {
  /** How many numbers there are, −1 after each sentence or part of one, the last one too unless the piece is open. */
  readonly count: number
  readonly tokens: number
  readonly sentences: number
  readonly skipped: number
  /** What stands before the first line end; undefined if there is none. */
  readonly head: SentencePart | undefined
  /** What stands behind the last one. */
  readonly tail: SentencePart
}

export interface SentencePart {
  readonly hasTokens: boolean
  /** Tokens that have numbers: all of them, unless a vocabulary was given. */
  readonly hasNumbers: boolean
}

const NOTHING = new Int32Array(0)

/** Numbers pieces of a text, each for itself but for the words that all of them share. */
export class PieceNumbering {
  readonly kernel: KernelNumbering
  #numbers = NOTHING
  #count = 0
  #counted = 0 // numbers of the pieces before
  #tokensBefore = 0 // the sentence at hand,
  #numbersBefore = 0 // of all pieces

  constructor(tokenizer: TokenizerName, vocabulary?: Vocabulary) {
    this.kernel = new KernelNumbering(tokenizer, { append: numbers => this.#append(numbers) }, vocabulary)
  }

  number(piece: Piece): NumberedPiece {
    const { tokens, sentences, skipped } = this.kernel
    this.#numbers = piece.numbers
    this.#counted += this.#count
    this.#count = 0
    const { head, tail } = this.#parts(piece.text.subarray(0, piece.length), piece.open)
    const numbers = this.#numbers
    this.#numbers = NOTHING // it goes away with the piece
    return {
      ...piece,
      numbers,
      count: this.#count,
      tokens: this.kernel.tokens - tokens,
      sentences: this.kernel.sentences - sentences,
      skipped: this.kernel.skipped - skipped,
      head,
      tail,
    }
  }

  /** All words so far, in memory of their own. */
  words(): CountedWords {
    const { bytes, offsets, counts } = this.kernel.countedWords()
    return { bytes: bytes.slice(0, offsets.at(-1)), offsets, counts }
  }

  #parts(text: Uint8Array, open: boolean): { head: SentencePart | undefined; tail: SentencePart } {
    const first = text.indexOf(NEWLINE)
    if (first < 0) return { head: undefined, tail: this.#part(text, open) }
    const head = this.#part(text.subarray(0, first), false)
    const last = text.lastIndexOf(NEWLINE)
    this.#part(text.subarray(first, last), false)
    return { head, tail: this.#part(text.subarray(last), open) }
  }

  /** Ends the sentence, unless it is open. */
  #part(text: Uint8Array, open: boolean): SentencePart {
    this.kernel.write(text)
    if (!open) this.kernel.end()
    this.kernel.flush()
    const part = {
      hasTokens: this.kernel.tokens > this.#tokensBefore,
      hasNumbers: this.#counted + this.#count > this.#numbersBefore,
    }
    if (open) return part
    this.#tokensBefore = this.kernel.tokens
    this.#numbersBefore = this.#counted + this.#count
    return part
  }

  #append(numbers: Int32Array): void {
    if (numbers.length === 0) return
    const count = this.#count + numbers.length
    if (count > this.#numbers.length) {
      const larger = new Int32Array(Math.max(count, 2 * this.#numbers.length))
      larger.set(this.#numbers.subarray(0, this.#count))
      this.#numbers = larger
    }
    this.#numbers.set(numbers, this.#count)
    this.#count = count
  }
}
