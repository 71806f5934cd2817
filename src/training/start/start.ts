import { option, say, WordloomError } from '../../errors.js'
import type { Vocabulary } from '../../text/index.js'
import { WordVectors } from '../../vectors/index.js'
import { Model } from '../model.js'
import { checkFrozen, type FrozenWords } from './frozen.js'

/** What training may start from, instead of from chance. */
export interface StartCall {
  /** Vectors that words of the text start from, if they have one; other words start as usual. */
  readonly from?: WordVectors | Model | undefined
  /**
   * A model that goes on with a new text: its words are all kept, with the new text's counts added to theirs, and
   * new words join them. Its dimensions, window, noise, sub-sampling, minCount and tokenizer hold unless others are given.
   */
  readonly continue?: WordVectors | Model | undefined
  /** Words whose input vectors stay byte for byte as they are given, or 'given': all that are given. */
  readonly frozen?: FrozenWords | undefined
}

/** The call, and the words to learn if those are given, too. */
interface StartRequest extends StartCall {
  readonly vocabulary?: Vocabulary | undefined
}

/** The call, checked. */
export interface Start {
  readonly vectors: WordVectors
  /** The words go on, too, with their counts; else only the vectors of words that the text has. */
  readonly continues: boolean
  readonly frozen: FrozenWords | undefined
  /** The model, if it was trained in this process. */
  readonly model: Model | undefined
}

/**
 * Throws `usage` if the call cannot be meant, `bad-data` for a model that cannot go on, and `unknown-word` for
 * words to be frozen without a vector.
 */
export function startOf(call: StartRequest): Start | undefined {
  const { from, continue: continued, frozen } = call
  const given = from ?? continued
  if (given === undefined) {
    refuseFrozenAlone(frozen)
    return undefined
  }
  refuseContradictions(call)
  refuseUnknownFrozen(frozen)
  const [vectors, model] = given instanceof Model ? [given.vectors, given] : [given, undefined]
  if (!(vectors instanceof WordVectors))
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option(from ? 'from' : 'continue')} is of type ${typeof vectors}`,
      expected: 'WordVectors or a Model',
      cure: 'open a file with load(path)',
    })
  if (continued) refuseWithoutCounts(vectors)
  if (Array.isArray(frozen)) checkFrozen(frozen, vectors.vocabulary)
  return { vectors, continues: continued !== undefined, frozen, model }
}

function refuseFrozenAlone(frozen: FrozenWords | undefined): void {
  if (frozen === undefined) return
  throw new WordloomError('usage', {
    action: 'train',
    found: say`${option('frozen')} words keep the vectors given for them, and no vectors are given`,
    cure: say`use ${option('from')} or ${option('continue')}`,
  })
}

/** Vectors, words and counts come from one place each. */
function refuseContradictions({ from, continue: continued, vocabulary }: StartRequest): void {
  if (from && continued)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`both ${option('from')} and ${option('continue')} are given`,
      expected: 'vectors to start from, or a model to continue',
      cure: 'leave one out',
    })
  if (continued && vocabulary)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`both ${option('continue')} and ${option('vocabulary')} are given, and a model to continue brings its own words and counts`,
      cure: say`use ${option('from')} in its place, or leave out ${option('vocabulary')}`,
    })
}

function refuseUnknownFrozen(frozen: FrozenWords | undefined): void {
  if (frozen === undefined || frozen === 'given' || Array.isArray(frozen)) return
  throw new WordloomError('usage', {
    action: 'train',
    found: say`${option('frozen')} is ${typeof frozen === 'string' ? `"${frozen}"` : String(frozen)}`,
    expected: "'given' or an array of words",
  })
}

/** Sub-sampling and the noise distribution follow the counts of old and new text together. */
function refuseWithoutCounts({ vocabulary }: WordVectors): void {
  if (vocabulary.tokens > 0) return
  throw new WordloomError('bad-data', {
    action: 'train',
    found: say`the ${vocabulary.size.toLocaleString('en')} words of the model to ${option('continue')} come without counts, which sub-sampling and noise words need`,
    cure: say`take a .safetensors file of Wordloom, or use ${option('from')}, which needs no counts`,
  })
}

/** Throws `usage` unless the vectors given have as many numbers as are to be learned. */
export function checkDimensions({ vectors }: Start, dimensions: number): void {
  if (vectors.dimensions === dimensions) return
  throw new WordloomError('usage', {
    action: 'train',
    found: say`${option('dimensions')} is ${dimensions}, and the vectors given have ${vectors.dimensions}`,
    cure: say`leave ${option('dimensions')} out, or take vectors of ${dimensions} dimensions`,
  })
}
