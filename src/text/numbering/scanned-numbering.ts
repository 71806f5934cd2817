import { SENTENCE_END, type TokenIds } from '../../ids/index.js'
import { ScannedIntake } from '../reading/intake.js'
import type { Tokenizer } from '../scanning/tokenizers.js'
import { type NumberingLimits, numberWords } from '../vocabulary/merged-words.js'
import { type Vocabulary, VocabularyBuilder } from '../vocabulary/vocabulary.js'
import type { Numbered, Numbering } from './numbering.js'

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
