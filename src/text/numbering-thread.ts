import { type NumberingWire, openWire } from '#platform/text/numbering-wire'
import { WordloomError } from '../errors.js'
import type { NumberingAnswer, NumberingRequest, NumberingTask } from './numbering-service.js'
import type { NumberedPiece, Piece } from './piece-numbering.js'
import type { CountedWords } from './vocabulary.js'

interface Question {
  readonly resolve: (answer: NumberingAnswer) => void
  readonly reject: (error: unknown) => void
}

/** A thread that numbers pieces of a text, seen from the one that hands them out. */
export class NumberingThread {
  readonly #wire: NumberingWire
  readonly #open: Question[] = []
  #failure: unknown // what it died of

  constructor(task: NumberingTask) {
    this.#wire = openWire(task, {
      answer: answer => this.#open.shift()?.resolve(answer),
      fail: error => this.#fail(error),
    })
  }

  /** Requests that wait for their answer. */
  get busy(): number {
    return this.#open.length
  }

  /** Throws what KernelNumbering throws, `internal` where the thread dies. */
  async number(piece: Piece): Promise<NumberedPiece> {
    const answer = await this.#ask(piece, [piece.text.buffer, piece.numbers.buffer])
    return (answer as { piece: NumberedPiece }).piece
  }

  async words(): Promise<CountedWords> {
    return ((await this.#ask('words', [])) as { words: CountedWords }).words
  }

  async close(): Promise<void> {
    this.#fail(new Error('the thread was ended'))
    await this.#wire.close()
  }

  async #ask(request: NumberingRequest, transfer: ArrayBuffer[]): Promise<NumberingAnswer> {
    if (this.#failure) throw this.#failure
    const answer = await new Promise<NumberingAnswer>((resolve, reject) => {
      this.#open.push({ resolve, reject })
      this.#wire.post(request, transfer)
    })
    if ('failure' in answer) throw new WordloomError(answer.failure.code, answer.failure.message)
    return answer
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    for (const { reject } of this.#open.splice(0)) reject(this.#failure)
  }
}
