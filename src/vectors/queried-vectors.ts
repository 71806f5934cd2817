import type { Matrix } from '../math/index.js'
import type { SearchMatrix } from '../scan/index.js'
import type { Vocabulary } from '../text/index.js'
import type { SubwordVectors } from './subword-vectors.js'

/** What a question needs of word vectors. Row i of `matrix` and of `search` belongs to word i. */
export interface QueriedVectors {
  readonly vocabulary: Vocabulary
  readonly matrix: Matrix
  /** The same rows in the memory of the search kernel; asking for them may move `matrix` there. */
  readonly search: SearchMatrix
  readonly size: number
  readonly dimensions: number
  readonly subwords?: SubwordVectors
  /** How the vectors were made, if that is known. */
  readonly metadata?: Readonly<Record<string, string>>
}
