import { type Matrix, row } from '../math/matrix.js'
import { addScaled } from '../math/vector.js'

/** The input rows that make one hidden row, by number; a row may be there more than once. */
export type Bag = readonly number[]

/**
 * How a bag of n rows becomes a hidden row, and what its change gives back to each row: of a mean the n-th part
 * (`mean`, the gradient of calculus), or all of it (`undivided`, as word2vec.c, gensim and fastText do); of a sum
 * all of it.
 */
export type BagForm = 'mean' | 'undivided' | 'sum'

/** A bag's hidden row: the row itself where it is one, else a new row, the bag's mean or sum. */
export function hiddenRow(inputVectors: Matrix, bag: Bag, form: BagForm): Float32Array {
  if (bag.length === 1) return row(inputVectors, bag[0]!)
  const sum = new Float64Array(inputVectors.columns)
  for (const i of bag) addScaled(sum, form === 'sum' ? 1 : 1 / bag.length, row(inputVectors, i))
  return Float32Array.from(sum)
}

/**
 * Hands the change of a bag's hidden row back to its rows, in place. By the chain rule ∂J/∂v = ∂J/∂h · ∂h/∂v, and
 * ∂h/∂v is 1/n for a mean of n rows, 1 for a sum. A bag of one row has moved with its hidden row.
 */
export function handBack(inputVectors: Matrix, bag: Bag, form: BagForm, change: Float64Array): void {
  if (bag.length === 1) return
  for (const i of bag) addScaled(row(inputVectors, i), form === 'mean' ? 1 / bag.length : 1, change)
}
