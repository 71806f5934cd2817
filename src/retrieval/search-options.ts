import { choice, integer, number, type OptionTable, UNBOUNDED } from '../options/index.js'
import type { Filter } from './filter.js'

/** By what documents are found. */
export const searchModes = ['hybrid', 'vector', 'text'] as const
export type SearchMode = (typeof searchModes)[number]

/** How two lists of documents become one. */
export const fusions = ['scores', 'ranks'] as const
export type Fusion = (typeof fusions)[number]

/** What `related` is asked, besides the document. */
export interface Related {
  /** Documents found. A whole number from 1 up; default 10. */
  readonly count?: number
  /**
   * How documents are found: vector: by the nearest vectors; text: by words in common (BM25); hybrid: by
   * both. One of hybrid, vector, text; default 'hybrid'.
   */
  readonly mode?: SearchMode
  /**
   * How hybrid joins both: scores: BM25, as a part of the best, and the cosine; ranks: sum of 1 / (60 +
   * rank). One of scores, ranks; default 'scores'.
   */
  readonly fusion?: Fusion
  /** Weight of the cosine in a fusion of scores. A number from 0 to 1; default 0.1. */
  readonly share?: number
  /** Only documents with these values: `{ lang: 'en', year: { in: [2019, 2020] } }`. */
  readonly filter?: Filter | undefined
}

/** A question in words. */
export interface Search extends Related {
  readonly query: string
}

/** Options of a search: types, defaults, ranges, flags and help. */
export const retrievalOptionTable = {
  count: integer(10, 1, UNBOUNDED, 'documents found'),
  mode: choice(
    'hybrid',
    searchModes,
    'how documents are found: vector: by the nearest vectors; text: by words in common (BM25); hybrid: by both',
  ),
  fusion: choice(
    'scores',
    fusions,
    'how hybrid joins both: scores: BM25, as a part of the best, and the cosine; ranks: sum of 1 / (60 + rank)',
  ),
  share: number(0.1, 0, 1, 'weight of the cosine in a fusion of scores'),
} as const satisfies OptionTable<Exclude<keyof Related, 'filter'>>
