import { type Intake, ScannedIntake } from './intake.js'
import { KernelNumbering } from './kernel-numbering.js'
import { type NumberingLimits, numberWords } from './merged-words.js'
import { ParallelNumbering } from './parallel-numbering.js'
import { SENTENCE_END, type TokenIds } from './token-ids.js'
import type { Tokenizer } from './tokenizers.js'
import { type Vocabulary, VocabularyBuilder } from './vocabulary.js'

/** Takes a text in, numbers its words, and writes the numbers down, −1 after each sentence. */
export interface Numbering extends Intake {
  /** Different words that have a number, at the end. */
  readonly size: number
  /** Writes down what is left; gives the vocabulary, and the id of each number where they are not ids already. */
  finish(limits: NumberingLimits): Numbered | Promise<Numbered>
  /** Ends its threads, where it has any, and resolves when their memory is free. */
  close?(): Promise<void>
}

export interface Numbered {
  readonly vocabulary: Vocabulary
  /** A table for all numbers, or one for each mark that stands between them: see TokenIds.renumber. */
  readonly ids: readonly Int32Array[] | undefined
  /** By id, how often the text has the word, where the vocabulary counts more than this text. */
  readonly textCounts?: Float64Array | undefined
  /** How many tokens were of words that are too long. */
  readonly tooLong?: number
}

/**
 * A numbering of every word, for a vocabulary to be made; or of the words of one that is given, without those it
 * lacks. A function as tokenizer runs in TypeScript and here, the tokenizers with a name in the kernel, and where there
 * is much text on several threads.
 */
export function numberingFor(
  tokenizer: Tokenizer,
  ids: TokenIds,
  threads: number,
  vocabulary?: Vocabulary,
): Numbering {
  if (typeof tokenizer !== 'function')
    return threads > 1
      ? new ParallelNumbering(tokenizer, ids, threads, vocabulary)
      : new KernelNumbering(tokenizer, ids, vocabulary)
  return vocabulary ? new KnownNumbering(tokenizer, ids, vocabulary) : new ScannedNumbering(tokenizer, ids)
}

/** The twin of KernelNumbering: a token at a time. */
export class ScannedNumbering extends ScannedIntake implements Numbering {
  readonly #builder: VocabularyBuilder

  constructor(tokenizer: Tokenizer, ids: TokenIds) {
    const builder = new VocabularyBuilder()
    super(tokenizer, {
      token: (bytes, start, end) => ids.push(builder.add(bytes, start, end)),
      endSentence: () => ids.push(SENTENCE_END),
    })
    this.#builder = builder
  }

  get size(): number {
    return this.#builder.size
  }

  finish(limits: NumberingLimits): Numbered {
    const { ids, ...numbered } = numberWords(this.#builder.countedWords(), limits)
    return { ...numbered, ids: [ids] }
  }
}

/** The twin of a KernelNumbering with a vocabulary. */
export class KnownNumbering extends ScannedIntake implements Numbering {
  readonly #vocabulary: Vocabulary

  constructor(tokenizer: Tokenizer, ids: TokenIds, vocabulary: Vocabulary) {
    let open = false // the sentence has known words
    super(tokenizer, {
      token(bytes, start, end) {
        const id = vocabulary.find(bytes, start, end)
        if (id < 0) return
        ids.push(id)
        open = true
      },
      endSentence() {
        if (open) ids.push(SENTENCE_END)
        open = false
      },
    })
    this.#vocabulary = vocabulary
  }

  get size(): number {
    return this.#vocabulary.size
  }

  finish(): Numbered {
    return { vocabulary: this.#vocabulary, ids: undefined }
  }
}
