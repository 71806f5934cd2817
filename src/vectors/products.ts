import { WordloomError } from '../errors.js'
import { norm } from '../math/index.js'
import { ROWS_AT_ONCE, type SearchMatrix, scanBlocks } from '../scan/index.js'
import { EPSILON } from './methods.js'
import type { ResolvedTerm } from './query.js'

/**
 * 3CosMul of each row of a range, a block at a time: the product of the row's cosines to the
 * positive terms, each moved from [−1, 1] to [0, 1], over that of its cosines to the negative ones. Levy and
 * Goldberg 2014, equation 4, for any number of terms.
 */
export function scanProducts(
  search: SearchMatrix,
  terms: readonly ResolvedTerm[],
  { from, to }: { readonly from: number; readonly to: number },
  visit: (scores: Float64Array, first: number) => void,
): void {
  checkWeights(terms)
  const directions = (sign: number) =>
    terms.filter(({ weight }) => weight === sign).map(({ vector }) => unit(vector))
  const [positive, negative] = [directions(1), directions(-1)]
  for (let first = from; first < to; first += ROWS_AT_ONCE) {
    const end = Math.min(first + ROWS_AT_ONCE, to)
    const below = products(search, negative, first, end)
    visit(
      products(search, positive, first, end).map((above, i) => above / (below[i]! + EPSILON)),
      first,
    )
  }
}

function products(
  search: SearchMatrix,
  directions: readonly Float32Array[],
  first: number,
  end: number,
): Float64Array {
  const product = new Float64Array(end - first).fill(1)
  scanBlocks(search, directions, { from: first, to: end }, (scores, row) => {
    for (const cosines of scores)
      for (let i = 0; i < cosines.length; i++) product[row - first + i]! *= (1 + cosines[i]!) / 2
  })
  return product
}

function unit(vector: Float32Array): Float32Array {
  const length = norm(vector)
  return vector.map(x => (length > 0 ? x / length : 0))
}

function checkWeights(terms: readonly ResolvedTerm[]): void {
  const weighted = terms.find(({ weight }) => Math.abs(weight) !== 1)
  if (weighted)
    throw new WordloomError('usage', {
      action: 'search',
      found: `a term has the weight ${weighted.weight}, and a product of cosines has no weights`,
      cure: 'leave the weight out, or add instead of multiplying',
    })
}
