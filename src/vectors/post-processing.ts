import { addScaled, dot, row, singularValues } from '../math/index.js'
import { fits, flag, integer, mustBe, type OptionTable } from '../options/index.js'
import { checkVectors } from './given-vectors.js'
import { WordVectors } from './word-vectors.js'

/** Every option of post-processing, by `centered` or `allButTheTop`: types, defaults, ranges, flags and help. */
export const postProcessingOptionTable = {
  center: flag('vectors less their mean'),
  allButTheTop: integer(
    undefined,
    1,
    Number.MAX_SAFE_INTEGER,
    'directions of greatest variance to take from all vectors, along with the mean',
    { otherwise: 'none' },
  ),
} as const satisfies OptionTable

const WITHOUT_SUBWORDS =
  'the vectors of sub-words are left out, since they were not moved with the words, so that words outside the vocabulary have no vectors'

/** The vectors less their mean; a copy, without output vectors and sub-words, of which `warnings` tells. */
export function centered(vectors: WordVectors): WordVectors {
  checkVectors(vectors, 'center')
  return withoutCommon(vectors, 0)
}

/**
 * The vectors less their mean and less their parts along the `directions` in which they vary most, which
 * mostly tell how frequent a word is (Mu and Viswanath 2018). A copy as that of `centered`. Throws `usage`.
 */
export function allButTheTop(vectors: WordVectors, directions: number): WordVectors {
  checkVectors(vectors, 'take directions out')
  const most = vectors.dimensions - 1
  if (!fits(postProcessingOptionTable.allButTheTop, directions) || directions > most)
    throw mustBe(
      'allButTheTop',
      directions,
      `a whole number from 1 to ${most}, one less than the dimensions`,
      'remove the common directions',
    )
  return withoutCommon(vectors, directions)
}

function withoutCommon(vectors: WordVectors, directions: number): WordVectors {
  const { vocabulary, size, dimensions } = vectors
  const mean = meanOf(vectors)
  const common = directions > 0 ? topDirections(vectors, mean).slice(0, directions) : []
  const metadata = {
    ...vectors.metadata,
    postProcessing: directions > 0 ? `all-but-the-top ${directions}` : 'center',
  }
  const warnings = vectors.subwords ? [WITHOUT_SUBWORDS] : []
  const processed = WordVectors.allocate(vocabulary, dimensions, { metadata, warnings })
  for (let id = 0; id < size; id++) {
    const vector = deviation(vectors, id, mean)
    const shares = common.map(direction => dot(vector, direction))
    for (const [i, direction] of common.entries()) addScaled(vector, -shares[i]!, direction)
    row(processed.matrix, id).set(vector)
  }
  return processed
}

function meanOf(vectors: WordVectors): Float64Array {
  const mean = new Float64Array(vectors.dimensions)
  for (let id = 0; id < vectors.size; id++) addScaled(mean, 1 / vectors.size, row(vectors.matrix, id))
  return mean
}

/** Unit vectors, that of the greatest variance first. */
function topDirections(vectors: WordVectors, mean: Float64Array): Float64Array[] {
  const covariance = mean.map(() => 0)
  const rows = Array.from(covariance, () => new Float64Array(mean.length))
  for (let id = 0; id < vectors.size; id++) {
    const vector = deviation(vectors, id, mean)
    for (const [i, sums] of rows.entries()) addScaled(sums, vector[i]!, vector)
  }
  return singularValues(rows).right
}

function deviation(vectors: WordVectors, id: number, mean: Float64Array): Float64Array {
  return Float64Array.from(row(vectors.matrix, id), (x, i) => x - mean[i]!)
}
