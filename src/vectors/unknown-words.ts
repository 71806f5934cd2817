import { option, say, WordloomError } from '../errors.js'
import { norm, row } from '../math/index.js'
import { checkGiven, choice, type OptionTable } from '../options/index.js'
import type { QueriedVectors } from './queried-vectors.js'
import { unknownWord } from './suggestions.js'

/**
 * What is done about words that the vocabulary lacks: `throw` an `unknown-word` error, `skip` them and answer
 * for the others, or make their vectors from their `subwords`.
 */
export const unknownWordPolicies = ['throw', 'skip', 'subwords'] as const
export type UnknownWordPolicy = (typeof unknownWordPolicies)[number]

/** An option of every question that is asked of several words. */
export interface UnknownWordOption {
  /**
   * Unknown words: throw: an error; skip: left out; subwords: vectors made of their parts. One of throw,
   * skip, subwords; default subwords if the file has them, else throw.
   */
  unknown?: UnknownWordPolicy | undefined
}

/** The option of all questions with words: its type, default, flag and help. */
export const unknownOptionTable = {
  unknown: choice(
    undefined,
    unknownWordPolicies,
    'unknown words: throw: an error; skip: left out; subwords: vectors made of their parts',
    { otherwise: 'subwords if the file has them, else throw' },
  ),
} as const satisfies OptionTable<keyof UnknownWordOption>

/** A word that has a vector: its row, or the sum of its sub-words. */
export interface FoundWord {
  readonly word: string
  /** Undefined if the vocabulary lacks the word. */
  readonly id: number | undefined
  readonly vector: Float32Array
  /** The vector with length 1, or zeros if it has no direction. */
  readonly direction: Float32Array
}

/** Whether words that the vocabulary lacks get vectors from their sub-words. Throws `usage` if that cannot be. */
export function usesSubwords(vectors: QueriedVectors, unknown?: UnknownWordPolicy): boolean {
  if (unknown !== undefined) checkGiven(unknownOptionTable, { unknown }, 'look up words')
  if (unknown === 'subwords' && !vectors.subwords)
    throw new WordloomError('usage', {
      action: 'look up words',
      found: say`${option('unknown')} is subwords, and these vectors have no sub-words`,
      cure: say`give ${option('unknown', 'throw')} or ${option('unknown', 'skip')}, or vectors that were trained with sub-words`,
    })
  return vectors.subwords !== undefined && (unknown ?? 'subwords') === 'subwords'
}

/** A word that must have a vector. Throws `unknown-word`, with words that are spelled nearly so. */
export function wordOf(vectors: QueriedVectors, word: string): FoundWord {
  return foundWord(vectors, word, vectors.subwords ? 'subwords' : 'throw')!
}

/** A word with its vector; undefined if it is unknown and skipped. Throws `unknown-word` and `usage`. */
export function foundWord(
  vectors: QueriedVectors,
  word: string,
  unknown?: UnknownWordPolicy,
): FoundWord | undefined {
  if (typeof word !== 'string')
    throw new WordloomError('usage', {
      action: 'look up a word',
      found: `a word is ${describe(word)}`,
      expected: 'a string',
    })
  const composes = usesSubwords(vectors, unknown)
  const id = vectors.vocabulary.idOf(word)
  if (id !== undefined) return new KnownWord(vectors, word, id)
  const vector = composes ? madeOfSubwords(vectors, word) : undefined
  if (vector) return { word, id, vector, direction: unit(vector) }
  if (unknown !== 'skip') throw unknownWord(vectors, word)
  return undefined
}

/** The vector of a word's sub-words; undefined if there are none, or if none of them was ever seen, which gives zeros. */
export function madeOfSubwords({ subwords }: QueriedVectors, word: string): Float32Array | undefined {
  const made = subwords?.vector(word)
  return made && norm(made) > 0 ? made : undefined
}

/** Words in their order, with repetitions, without those that are skipped. */
export function foundWords(
  vectors: QueriedVectors,
  words: readonly string[],
  { unknown }: UnknownWordOption = {},
): FoundWord[] {
  if (!Array.isArray(words))
    throw new WordloomError('usage', {
      action: 'look up words',
      found: `the words are ${describe(words)}`,
      expected: 'an array of strings',
    })
  return words.flatMap(word => foundWord(vectors, word, unknown) ?? [])
}

/** What a value is, for an error that refuses it. */
export function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

/** Asks for its direction, which may move the matrix, only if it is needed. */
class KnownWord implements FoundWord {
  readonly #vectors: QueriedVectors
  readonly word: string
  readonly id: number

  constructor(vectors: QueriedVectors, word: string, id: number) {
    this.#vectors = vectors
    this.word = word
    this.id = id
  }

  get vector(): Float32Array {
    return row(this.#vectors.matrix, this.id)
  }

  get direction(): Float32Array {
    return this.#vectors.search.direction(this.id)
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = norm(vector)
  return vector.map(x => (length > 0 ? x / length : 0))
}
