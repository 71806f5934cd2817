import { numberingScript } from '#platform/text/numbering-threads/numbering-script'
import { Thread } from '../../threads/index.js'
import type { CountedWords } from '../vocabulary/vocabulary.js'
import type { NumberingAnswer, NumberingRequest, NumberingTask } from './numbering-service.js'
import type { NumberedPiece, Piece } from './piece-numbering.js'

/** A thread that numbers pieces of a text, seen from the one that hands them out. */
export class NumberingThread {
  readonly #thread: Thread<NumberingTask, NumberingRequest, NumberingAnswer>

  constructor(task: NumberingTask) {
    this.#thread = new Thread(numberingScript, task, { name: 'a thread that reads the text' })
  }

  /** Requests that wait for their answer. */
  get busy(): number {
    return this.#thread.busy
  }

  /** Throws what KernelNumbering throws, `internal` where the thread fails; its words are then good for nothing. */
  async number(piece: Piece): Promise<NumberedPiece> {
    try {
      const transfer = [piece.text.buffer, piece.numbers.buffer]
      return (await this.#thread.ask(piece, { transfer })) as NumberedPiece
    } catch (error) {
      await this.#thread.end(error)
      throw error
    }
  }

  async words(): Promise<CountedWords> {
    return (await this.#thread.ask('words')) as CountedWords
  }

  close(): Promise<void> {
    return this.#thread.end()
  }
}
