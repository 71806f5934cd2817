import { option, say, WordloomError } from '../errors.js'
import { addScaled, dot, type Matrix, norm, row, TopK } from '../math/index.js'
import {
  type Complete,
  checkArray,
  checkGiven,
  checkNames,
  choice,
  completed,
  integer,
  number,
  type OptionTable,
} from '../options/index.js'
import { SearchMatrix, scanBlocks } from '../scan/index.js'
import type { Vocabulary } from '../text/index.js'
import { nearestOptionTable } from './best-answers.js'
import { commonDirections } from './common-directions.js'
import { checkVectors } from './given-vectors.js'
import { isFloat32 } from './query.js'
import { type UnknownWordPolicy, unknownOptionTable } from './unknown-words.js'
import { WeighedWords } from './weighed-words.js'
import type { WordVectors } from './word-vectors.js'

/** How the vectors of words become that of a sentence. */
export const sentencePoolings = ['mean', 'directions', 'sif', 'model'] as const
export type SentencePooling = (typeof sentencePoolings)[number]

export interface SentenceVectorOptions {
  /**
   * Pooling of the words of a sentence: mean: all weigh the same; directions: the same at length 1, as
   * fastText’s print-sentence-vectors has them; sif: rare words weigh more, and directions that all sentences
   * share are taken out; model: as the makers of a static sentence model have it. One of mean, directions,
   * sif, model; default model for static sentence models, else sif.
   *
   * sif is smooth inverse frequency (Arora, Liang and Ma 2017).
   */
  readonly pooling?: SentencePooling
  /**
   * The a of a / (a + share of the text), by which sif weighs words. A number from 1e-12 to 1; default 0.001.
   *
   * A word whose share of the text is as large weighs half.
   */
  readonly smoothing?: number
  /** Shared directions that sif takes out. A whole number from 0 up; default 1. */
  readonly common?: number
  /**
   * Unknown words: throw: an error; skip: left out; subwords: vectors made of their parts. One of throw,
   * skip, subwords; default subwords if the file has them, else skip.
   */
  readonly unknown?: UnknownWordPolicy
  /** Words with counts, for sif; default those of the vectors, which not every file has. */
  readonly counts?: Vocabulary
}

/** Every option of sentence vectors, but for `counts`: types, defaults, ranges, flags and help. */
export const sentenceOptionTable = {
  pooling: choice(
    undefined,
    sentencePoolings,
    'pooling of the words of a sentence: mean: all weigh the same; directions: the same at length 1, as fastText’s print-sentence-vectors has them; sif: rare words weigh more, and directions that all sentences share are taken out; model: as the makers of a static sentence model have it',
    { otherwise: 'model for static sentence models, else sif' },
  ),
  smoothing: number(1e-3, 1e-12, 1, 'the a of a / (a + share of the text), by which sif weighs words'),
  common: integer(1, 0, Number.MAX_SAFE_INTEGER, 'shared directions that sif takes out'),
  unknown: { ...unknownOptionTable.unknown, otherwise: 'subwords if the file has them, else skip' },
} as const satisfies OptionTable<Exclude<keyof SentenceVectorOptions, 'counts'>>

type SentenceSettings = Complete<typeof sentenceOptionTable> & { readonly pooling: SentencePooling }

/** A sentence found by its vector. */
export interface SentenceNeighbor {
  /** Which one, from 0. */
  readonly sentence: number
  /** The cosine, −1 … 1. */
  readonly similarity: number
}

/**
 * A vector for each sentence, an array of tokens: zeros if none of them has a vector, of which `warnings` tells. Words
 * that the vocabulary lacks have one if the vectors have sub-words. A sentence may be a text if the vectors are those of
 * a static sentence model, which has rules to cut it. Throws `usage` for options out of range, and for sif without counts;
 * `unknown-word` if that is wanted.
 */
export function sentenceVectors(
  vectors: WordVectors,
  sentences: readonly (string | readonly string[])[],
  options: SentenceVectorOptions = {},
): SentenceVectors {
  checkArray(sentences, 'sentences', 'an array of texts or of arrays of words', ACTION)
  const steps = poolSentences(vectors, { size: sentences.length, at: s => sentences[s]! }, options)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/** Sentences that are made when they are asked for, once each and in order. */
export interface PooledSource {
  readonly size: number
  at(sentence: number): string | readonly string[]
}

/** `sentenceVectors` of sentences that need not be in memory together, step by step. */
export function* poolSentences(
  vectors: WordVectors,
  sentences: PooledSource,
  options: SentenceVectorOptions,
): Generator<void, SentenceVectors> {
  checkNames(sentenceOptionTable, options, ['counts'], ACTION)
  checkVectors(vectors, ACTION)
  const settings = settingsOf(vectors, options)
  const words = new WeighedWords(vectors, settings, options.counts)
  const search = SearchMatrix.allocate(sentences.size, vectors.dimensions)
  const known = new Uint32Array(sentences.size)
  for (let s = 0; s < sentences.size; s++) {
    const pooled = words.pool(sentences.at(s))
    row(search.matrix, s).set(pooled.vector)
    known[s] = pooled.known
    yield
  }
  const directions = yield* commonDirections(search.matrix, directionsWanted(known, settings))
  for (let s = 0; s < sentences.size; s++) {
    takeOut(row(search.matrix, s), directions)
    if (s % ROWS_AT_ONCE > 0) continue
    search.measure(s)
    yield
  }
  return new SentenceVectors({ pooling: settings.pooling, words, search, known, directions })
}

function settingsOf({ textRules }: WordVectors, options: SentenceVectorOptions): SentenceSettings {
  const { pooling = textRules ? 'model' : 'sif', ...others } = completed(sentenceOptionTable, options, ACTION)
  return { pooling, ...others }
}

interface SentenceVectorsParts {
  readonly pooling: SentencePooling
  readonly words: WeighedWords
  readonly search: SearchMatrix
  readonly known: Uint32Array
  readonly directions: readonly Float64Array[]
}

/** Rows between two stops: a millisecond of work. */
const ROWS_AT_ONCE = 1_000

const ACTION = 'make sentence vectors'

/** Vectors of sentences, and how another sentence gets one that can be compared with them. */
export class SentenceVectors {
  /** How their words were pooled. */
  readonly pooling: SentencePooling
  /** For each sentence, how many of its tokens have a vector, sub-words counted. */
  readonly known: Uint32Array
  /** What the sentences had in common and was taken out: unit vectors, none for the mean. */
  readonly directions: readonly Float64Array[]
  /** How many sentences have no vector, and why. */
  readonly warnings: readonly string[]
  readonly #words: WeighedWords
  readonly #search: SearchMatrix

  constructor({ pooling, words, search, known, directions }: SentenceVectorsParts) {
    this.pooling = pooling
    this.known = known
    this.directions = directions
    this.warnings = warningsOf(known, search.matrix)
    this.#words = words
    this.#search = search
  }

  /** sentences × dimensions. */
  get matrix(): Matrix {
    return this.#search.matrix
  }

  get size(): number {
    return this.known.length
  }

  /** The vector of a sentence, a view of its row. */
  vector(sentence: number): Float32Array {
    return row(this.matrix, sentence)
  }

  /** The vector of any tokens, or of a text, with the weights and common directions of these sentences. */
  vectorOf(sentence: string | readonly string[]): Float32Array {
    const pooled = Float32Array.from(this.#words.pool(sentence).vector)
    takeOut(pooled, this.directions)
    return pooled
  }

  /**
   * The sentences nearest to a vector, to tokens or to a text, best first; none if there is no direction to look in.
   * `isWanted` may leave sentences out.
   */
  nearest(
    query: Float32Array | string | readonly string[],
    count = nearestOptionTable.count.default,
    isWanted?: (sentence: number) => boolean,
  ): SentenceNeighbor[] {
    checkGiven(nearestOptionTable, { count }, 'search')
    const vector = isFloat32(query) ? query : this.vectorOf(query)
    if (vector.length !== this.matrix.columns)
      throw new WordloomError('usage', {
        action: 'search',
        found: `the query has ${vector.length} numbers`,
        expected: `${this.matrix.columns}, as the vectors have`,
      })
    const length = norm(vector)
    if (!(length > 0) || this.size === 0) return []
    const top = new TopK(count)
    const direction = vector.map(x => x / length)
    scanBlocks(this.#search, [direction], { from: 0, to: this.size }, ([scores], first) => {
      const next = (start: number) => this.#search.firstAbove(scores!, start, top.threshold)
      for (let i = next(0); i < scores!.length; i = next(i + 1))
        if (this.known[first + i]! > 0 && isWanted?.(first + i) !== false) top.offer(scores![i]!, first + i)
    })
    return top
      .sorted()
      .map(({ id, score }) => ({ sentence: id, similarity: Math.max(-1, Math.min(1, score)) }))
  }
}

/** How many directions to take out; of too few sentences that would take everything. */
function directionsWanted(known: Uint32Array, { pooling, common }: SentenceSettings): number {
  if (pooling !== 'sif' || common === 0) return 0
  const sentences = known.reduce((sum, words) => sum + Number(words > 0), 0)
  if (sentences > common || sentences === 0) return common
  throw new WordloomError('usage', {
    action: 'take out what is common',
    found:
      sentences === 1
        ? 'there is 1 sentence with known words'
        : `there are ${sentences} sentences with known words`,
    expected: `more than ${common}`,
    cure: say`give more, or ${option('common', 0)}`,
  })
}

/** Static models may have a vector for what is unknown. */
function warningsOf(known: Uint32Array, matrix: Matrix): string[] {
  let [zeros, others] = [0, 0]
  for (const [s, words] of known.entries())
    if (words > 0) continue
    else if (norm(row(matrix, s)) > 0) others++
    else zeros++
  const count = (n: number) => `${n.toLocaleString('en')} of ${known.length.toLocaleString('en')} sentences`
  return [
    ...(zeros > 0
      ? [`${count(zeros)} ${zeros === 1 ? 'has' : 'have'} no word with a vector, and zeros for a vector`]
      : []),
    ...(others > 0
      ? [
          `${count(others)} ${others === 1 ? 'has' : 'have'} no known word, and the vector that the model has for unknown ones`,
        ]
      : []),
  ]
}

function takeOut(vector: Float32Array, directions: readonly Float64Array[]): void {
  for (const direction of directions) addScaled(vector, -dot(vector, direction), direction)
}
