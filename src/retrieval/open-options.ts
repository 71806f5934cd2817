import { choice, integer, number, type OptionTable } from '../options/index.js'
import { type TokenizerName, tokenizers } from '../text/index.js'
import { type SentenceVectorOptions, sentenceOptionTable } from '../vectors/index.js'

/** How documents become vectors and words. */
export interface RetrievalOptions extends Omit<SentenceVectorOptions, 'smoothing' | 'common'> {
  /**
   * The a of a / (a + share of the text), by which sif weighs words. A number from 1e-12 to 1; default
   * 0.00003.
   */
  readonly smoothing?: number
  /**
   * Shared directions that sif takes out. A whole number from 0 up; default 2, or 0 for fewer than 50
   * documents.
   */
  readonly common?: number
  /**
   * How texts become words. One of words, whitespace; default 'words'.
   *
   * A static sentence model cuts the texts of its vectors itself.
   */
  readonly tokenizer?: TokenizerName
}

/** Below this, the directions that documents share are much of each, and are not taken out unless it is asked for. */
export const FEW_DOCUMENTS = 50

/** Directions that many documents share. */
export const COMMON = 2

/** Options of opening documents: types, defaults, ranges, flags and help. */
export const openOptionTable = {
  pooling: sentenceOptionTable.pooling,
  unknown: sentenceOptionTable.unknown,
  smoothing: number(3e-5, 1e-12, 1, 'the a of a / (a + share of the text), by which sif weighs words'),
  common: integer(undefined, 0, Number.MAX_SAFE_INTEGER, 'shared directions that sif takes out', {
    otherwise: `${COMMON}, or 0 for fewer than ${FEW_DOCUMENTS} documents`,
  }),
  tokenizer: choice('words', Object.keys(tokenizers) as TokenizerName[], 'how texts become words'),
} as const satisfies OptionTable<Exclude<keyof RetrievalOptions, 'counts'>>
