import { addScaled, type Matrix, row } from '../math/index.js'

/** The input rows that make one hidden row, by number; a row may be there more than once. */
export type Bag = readonly number[]

/**
 * How a bag of n rows becomes a hidden row, and what its change gives back to each row: of a mean the n-th part
 * (`mean`, the gradient of calculus), or all of it (`undivided`, as word2vec.c, gensim and fastText do); of a sum
 * all of it.
 */
export type BagForm = 'mean' | 'undivided' | 'sum'

/** By input row: 1 if it is not to be moved. */
export type Frozen = Uint8Array | undefined

/**
 * A bag's hidden row, for a step to move: the row itself if the bag has one (or a copy that is thrown away if that
 * row is frozen), else a new row, the bag's mean or sum.
 */
export function hiddenRow(inputVectors: Matrix, bag: Bag, form: BagForm, frozen?: Frozen): Float32Array {
  if (bag.length === 1) {
    const vector = row(inputVectors, bag[0]!)
    return frozen?.[bag[0]!] ? vector.slice() : vector
  }
  const sum = new Float64Array(inputVectors.columns)
  for (const i of bag) addScaled(sum, form === 'sum' ? 1 : 1 / bag.length, row(inputVectors, i))
  return Float32Array.from(sum)
}

/**
 * Hands the change of a bag's hidden row back to its rows, in place. By the chain rule ∂J/∂v = ∂J/∂h · ∂h/∂v, and
 * ∂h/∂v is 1/n for a mean of n rows, 1 for a sum. A bag of one row has moved with its hidden row.
 */
export function handBack(
  inputVectors: Matrix,
  bag: Bag,
  form: BagForm,
  change: Float64Array,
  frozen?: Frozen,
): void {
  if (bag.length > 1) giveBack(inputVectors, bag, form, change, frozen)
}

/** Does so also for a bag of one row, which has not moved. Frozen rows are left as they are. */
export function giveBack(
  inputVectors: Matrix,
  bag: Bag,
  form: BagForm,
  change: Float64Array,
  frozen?: Frozen,
): void {
  for (const i of bag)
    if (!frozen?.[i]) addScaled(row(inputVectors, i), form === 'mean' ? 1 / bag.length : 1, change)
}
