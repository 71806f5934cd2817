import type { Call } from '../../threads/index.js'
import { useTextModule } from '../numbering/text-kernel.js'
import type { TokenizerName } from '../scanning/tokenizers.js'
import { type CountedWords, Vocabulary } from '../vocabulary/vocabulary.js'
import type { WordArena } from '../vocabulary/word-table.js'
import { type NumberedPiece, type Piece, PieceNumbering } from './piece-numbering.js'

/** The task of a thread that numbers pieces. */
export interface NumberingTask {
  /** Of the text kernel. */
  readonly module: object
  readonly tokenizer: TokenizerName
  /** Words to number, and no others, if they were given. */
  readonly vocabulary: WordArena | undefined
}

/** Asked of the thread: a piece to number, or all words that it has seen. */
export type NumberingRequest = Piece | 'words'

export type NumberingAnswer = NumberedPiece | CountedWords

/** On the thread: numbers pieces, whose buffers go back with the answer. */
export function numberingService(task: NumberingTask) {
  useTextModule(task.module)
  const vocabulary = task.vocabulary && Vocabulary.of(wordsIn(task.vocabulary))
  const numbering = new PieceNumbering(task.tokenizer, vocabulary)
  return (request: NumberingRequest, call: Call<never>): NumberingAnswer => {
    if (request === 'words') return numbering.words()
    const piece = numbering.number(request)
    call.handOver(piece.text.buffer, piece.numbers.buffer)
    return piece
  }
}

function* wordsIn({ bytes, offsets }: WordArena): Generator<Uint8Array> {
  for (let word = 0; word + 1 < offsets.length; word++) yield bytes.subarray(offsets[word], offsets[word + 1])
}
