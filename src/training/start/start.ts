import { WordloomError } from '../../errors.js'
import type { Vocabulary } from '../../text/index.js'
import { WordVectors } from '../../vectors/index.js'
import { Model } from '../model.js'
import { checkFrozen, type FrozenWords } from './frozen.js'

/** What training may start from, instead of from chance. */
export interface StartCall {
  /** Vectors that words of the text start from, where they have one; other words start as usual. */
  readonly from?: WordVectors | Model | undefined
  /**
   * A model that goes on with a new text: its words are all kept, with the new text's counts added to theirs, and
   * new words join them. Its dimensions, window, noise, sub-sampling, minCount and tokenizer hold where not given.
   */
  readonly continue?: WordVectors | Model | undefined
  /** Words whose input vectors stay byte for byte as they are given, or 'given': all that are given. */
  readonly frozen?: FrozenWords | undefined
}

/** The same, looked through. */
export interface Start {
  readonly vectors: WordVectors
  /** The words go on, too, with their counts; else only the vectors of words that the text has. */
  readonly continues: boolean
  readonly frozen: FrozenWords | undefined
  /** How it was trained, where it was trained in this process. */
  readonly model: Model | undefined
}

/**
 * Throws `usage` where the call cannot be meant, `bad-data` for a model that cannot go on, and `unknown-word` for
 * words to be frozen without a vector.
 */
export function startOf(
  call: StartCall & { readonly vocabulary?: Vocabulary | undefined },
): Start | undefined {
  const { from, continue: continued, frozen, vocabulary } = call
  const given = from ?? continued
  if (given === undefined) {
    if (frozen === undefined) return undefined
    throw new WordloomError(
      'usage',
      'frozen words keep the vectors that they are given, and none are given; use from or continue',
    )
  }
  if (from && continued)
    throw new WordloomError(
      'usage',
      'there are vectors to start from and a model to continue, and training can do one only; use from or continue',
    )
  if (continued && vocabulary)
    throw new WordloomError(
      'usage',
      'a model to continue brings its own words and counts; use from in its place, or leave out vocabulary',
    )
  if (frozen !== undefined && frozen !== 'given' && !Array.isArray(frozen))
    throw new WordloomError(
      'usage',
      "frozen is neither 'given' nor an array of words, and must be one of them",
    )
  const [vectors, model] = given instanceof Model ? [given.vectors, given] : [given, undefined]
  if (!(vectors instanceof WordVectors))
    throw new WordloomError(
      'usage',
      'what training is to start from must be WordVectors or a Model; open a file with load(path)',
    )
  if (continued) refuseWithoutCounts(vectors)
  if (Array.isArray(frozen)) checkFrozen(frozen, vectors.vocabulary)
  return { vectors, continues: continued !== undefined, frozen, model }
}

/** Sub-sampling and the noise distribution follow the counts of old and new text together. */
function refuseWithoutCounts({ vocabulary }: WordVectors): void {
  if (vocabulary.tokens > 0) return
  throw new WordloomError(
    'bad-data',
    `the ${vocabulary.size.toLocaleString('en')} words to continue come without counts, which sub-sampling and noise words need; take a .safetensors file of Wordloom, or use from, which needs no counts`,
  )
}

/** Throws `usage` where the vectors given are not of as many numbers as are to be learned. */
export function checkDimensions({ vectors }: Start, dimensions: number): void {
  if (vectors.dimensions === dimensions) return
  throw new WordloomError(
    'usage',
    `dimensions is ${dimensions}, and the vectors given have ${vectors.dimensions}; leave it out, or take vectors of ${dimensions} dimensions`,
  )
}
