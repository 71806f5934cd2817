import { type ErrorCode, WordloomError } from '../errors.js'
import { type NumberedPiece, type Piece, PieceNumbering } from './piece-numbering.js'
import { useTextModule } from './text-kernel.js'
import type { TokenizerName } from './tokenizers.js'
import { type CountedWords, Vocabulary } from './vocabulary.js'
import type { WordArena } from './word-table.js'

/** What a thread that numbers pieces is told at its start. */
export interface NumberingTask {
  /** Of the text kernel. */
  readonly module: object
  readonly tokenizer: TokenizerName
  /** Words to number, and no others, where they were given. */
  readonly vocabulary: WordArena | undefined
}

/** Asked of the thread: a piece to number, or all words that it has seen. */
export type NumberingRequest = Piece | 'words'

/** Answers come in the order of the requests. */
export type NumberingAnswer =
  | { readonly piece: NumberedPiece }
  | { readonly words: CountedWords }
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } }

/**
 * On the thread: gives each request its answer, and the buffers that go with it. What a user can mend is an answer
 * too. Worker files and all that they import use relative paths only: import maps of a page do not reach them.
 */
export function numberingService(task: NumberingTask) {
  useTextModule(task.module)
  const vocabulary = task.vocabulary && Vocabulary.of(wordsIn(task.vocabulary))
  const numbering = new PieceNumbering(task.tokenizer, vocabulary)
  return (request: NumberingRequest): { answer: NumberingAnswer; transfer: ArrayBuffer[] } => {
    try {
      if (request === 'words') return { answer: { words: numbering.words() }, transfer: [] }
      const piece = numbering.number(request)
      return { answer: { piece }, transfer: [piece.text.buffer, piece.numbers.buffer] }
    } catch (error) {
      if (!(error instanceof WordloomError)) throw error
      return { answer: { failure: { code: error.code, message: error.message } }, transfer: [] }
    }
  }
}

function* wordsIn({ bytes, offsets }: WordArena): Generator<Uint8Array> {
  for (let word = 0; word + 1 < offsets.length; word++) yield bytes.subarray(offsets[word], offsets[word + 1])
}
