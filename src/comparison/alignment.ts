import { WordloomError } from '../errors.js'
import { addScaled, dot, row, singularValues } from '../math/index.js'
import { checkNames, completed } from '../options/index.js'
import { WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { type CommonOptions, type CommonWord, commonOptionTable, commonWords } from './common-words.js'

/** One model turned so that it lies on another as well as a rotation can make it. */
export interface Alignment {
  /** All words of the model that was turned, with their new vectors. */
  vectors: WordVectors
  /** Words of both models that the rotation was fitted to. */
  common: number
  /** The mean cosine between the two vectors of a common word, without and with the rotation. */
  cosineBefore: number
  cosineAfter: number
}

const ACTION = 'align the models'

/**
 * Turns the vectors of a model so that common words lie near those of another: the rotation (or
 * reflection) W = U Vᵀ that makes Σ ‖a W − b‖² least over pairs of common words at length 1, where Σ aᵀ b =
 * U S Vᵀ (Schönemann 1966; Hamilton, Leskovec and Jurafsky 2016). Cosines within the model stay as they are, and sub-words
 * turn with the words; output vectors are left out.
 * Throws `usage` for models of different dimensions, without enough words in common, or an option that cannot be.
 */
export function align(from: WordVectors, onto: WordVectors, options: CommonOptions = {}): Alignment {
  checkNames(commonOptionTable, options, [], ACTION)
  checkVectors(from, ACTION)
  checkVectors(onto, ACTION)
  const { limit } = completed(commonOptionTable, options, ACTION)
  if (from.dimensions !== onto.dimensions)
    throw new WordloomError('usage', {
      action: ACTION,
      found: `one model has ${from.dimensions} dimensions and the other ${onto.dimensions}`,
      expected: 'models of equal dimensions',
    })
  const common = commonWords(from, onto, limit)
  if (common.length < 2)
    throw new WordloomError('usage', {
      action: ACTION,
      found: `the models have ${common.length} words in common`,
      expected: 'at least 2',
      cure: 'check that they are of one language and case',
    })
  const rotation = fit(from, onto, common)
  const vectors = turned(from, rotation)
  return {
    vectors,
    common: common.length,
    cosineBefore: meanCosine(from, onto, common),
    cosineAfter: meanCosine(vectors, onto, common),
  }
}

/** The rotation, column by column. */
function fit(from: WordVectors, onto: WordVectors, common: readonly CommonWord[]): Float64Array[] {
  const size = from.dimensions
  const products = Array.from({ length: size }, () => new Float64Array(size))
  for (const { fromId, ontoId } of common) {
    const [a, b] = [from.search.direction(fromId), onto.search.direction(ontoId)]
    for (let i = 0; i < size; i++) addScaled(products[i]!, a[i]!, b)
  }
  const { left, right } = singularValues(products)
  return Array.from({ length: size }, (_, column) => {
    const sum = new Float64Array(size)
    for (let i = 0; i < size; i++) addScaled(sum, right[i]![column]!, left[i]!)
    return sum
  })
}

function turned(vectors: WordVectors, rotation: readonly Float64Array[]): WordVectors {
  const { vocabulary, dimensions, metadata } = vectors
  const subwords = vectors.subwords?.along(rotation)
  const result = WordVectors.allocate(vocabulary, dimensions, { metadata, subwords })
  for (let id = 0; id < vectors.size; id++) {
    const vector = row(vectors.matrix, id)
    row(result.matrix, id).set(rotation.map(column => dot(vector, column)))
  }
  return result
}

function meanCosine(from: WordVectors, onto: WordVectors, common: readonly CommonWord[]): number {
  const cosines = common.map(({ fromId, ontoId }) =>
    dot(from.search.direction(fromId), onto.search.direction(ontoId)),
  )
  return cosines.reduce((sum, cosine) => sum + cosine, 0) / common.length
}
