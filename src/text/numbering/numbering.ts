import type { Intake } from '../reading/intake.js'
import type { LeftOutWords } from '../vocabulary/left-out-words.js'
import type { NumberingLimits } from '../vocabulary/merged-words.js'
import type { Vocabulary } from '../vocabulary/vocabulary.js'

/** Takes a text in, numbers its words, and writes the numbers down, −1 after each sentence. */
export interface Numbering extends Intake {
  /** Different words that have a number, at the end. */
  readonly size: number
  /** Writes down what is left; gives the vocabulary, and the id of each number if they are not ids already. */
  finish(limits: NumberingLimits): Numbered | Promise<Numbered>
  /** Ends its threads, if it has any, and resolves when their memory is free. */
  close?(): Promise<void>
}

export interface Numbered {
  readonly vocabulary: Vocabulary
  /** A table for all numbers, or one for each mark that stands between them: see TokenIds.renumber. */
  readonly ids: readonly Int32Array[] | undefined
  /** By id, how often the text has the word, if the vocabulary counts more than this text. */
  readonly textCounts?: Float64Array | undefined
  /** How many tokens were of words that are too long. */
  readonly tooLong?: number
  /** Words that the limits left out; missing where a vocabulary was given. */
  readonly leftOut?: LeftOutWords | undefined
}
