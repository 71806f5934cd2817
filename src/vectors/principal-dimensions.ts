import { addScaled, dot, row, singularValues } from '../math/index.js'
import { mustBe } from '../options/index.js'
import { checkVectors } from './given-vectors.js'
import { WordVectors } from './word-vectors.js'

/** Rows that tell where the vectors lie; taken evenly from all. */
const SAMPLE = 100_000

/** Vectors in fewer dimensions, and the axes they are measured along, orthogonal and of length 1. */
export interface Reduced {
  readonly vectors: WordVectors
  readonly axes: readonly Float64Array[]
}

/**
 * The vectors along the axes in which their directions reach farthest (principal components, mean left in, so that
 * cosines stay what they are as nearly as so few dimensions can). A copy with its sub-words, without output vectors.
 * Throws `usage`.
 */
export function principalDimensions(vectors: WordVectors, dimensions: number): Reduced {
  checkVectors(vectors, 'take fewer dimensions')
  if (!(Number.isSafeInteger(dimensions) && dimensions >= 1 && dimensions < vectors.dimensions))
    throw mustBe(
      'dimensions',
      dimensions,
      `a whole number from 1 to ${vectors.dimensions - 1}, fewer than the vectors have`,
      'reduce the vectors',
    )
  const axes = singularValues(secondMoments(vectors)).right.slice(0, dimensions)
  const metadata = { ...vectors.metadata, dimensionsBefore: String(vectors.dimensions) }
  const subwords = vectors.subwords?.along(axes)
  const reduced = WordVectors.allocate(vectors.vocabulary, dimensions, { metadata, subwords })
  for (let id = 0; id < vectors.size; id++) {
    const numbers = row(vectors.matrix, id)
    const target = row(reduced.matrix, id)
    for (const [i, axis] of axes.entries()) target[i] = dot(numbers, axis)
  }
  return { vectors: reduced, axes }
}

/** Σ x xᵀ over the directions of a sample. */
function secondMoments(vectors: WordVectors): Float64Array[] {
  const { size, dimensions, search } = vectors
  const sums = Array.from({ length: dimensions }, () => new Float64Array(dimensions))
  const count = Math.min(size, SAMPLE)
  for (let i = 0; i < count; i++) {
    const direction = search.direction(Math.floor((i * size) / count))
    for (const [j, row] of sums.entries()) addScaled(row, direction[j]!, direction)
  }
  return sums
}
