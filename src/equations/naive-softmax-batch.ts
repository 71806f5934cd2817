import { WordloomError } from '../errors.js'
import { addScaledRows, multiplyRows } from './products.js'
import { checkVocabulary, checkWord, type Rows, type Vector, zeroRows } from './rows.js'
import { logSumExp } from './softmax.js'

/** Some pairs of a center and an outside word that share the output vectors. */
export interface WordPairs {
  /** v_c of each pair, B×d. */
  centerVectors: Rows
  /** o of each pair, rows of U. */
  outside: ArrayLike<number>
  /** U, |V|×d: one output vector a row. */
  outputVectors: Rows
}

/** The sum over pairs of what naive softmax says about each. */
export interface NaiveSoftmaxBatch {
  /** J, in nats: the sum over the pairs, not the mean. */
  loss: number
  /** ∂J/∂v_c of each pair, B×d. */
  centerGradients: Float64Array[]
  /** ∂J/∂U, |V|×d, every row of it: the sum over the pairs. */
  outputGradient: Float64Array[]
}

/** Pairs whose scores are in memory at one time: |V| numbers each. */
const PAIRS_TOGETHER = 16
/** Rows of U that stay in a processor's near cache while every pair uses them. */
const BLOCK = 32

/**
 * What `naiveSoftmax` says about each of B pairs, as products of matrices: with C the center vectors and Y the outside
 * words, S = CUᵀ (1), E = softmax(S) − Y (2), ∂J/∂C = EU (6), ∂J/∂U = EᵀC (7). Still O(|V|·d) for a pair, but a
 * row of U is read, and one of its gradient written, once for many pairs. Throws `usage` if an outside word is no row or there
 * is not one for each center vector, `bad-data` if shapes do not fit or there is only one word.
 */
export function naiveSoftmaxBatch(pairs: WordPairs): NaiveSoftmaxBatch {
  checkPairs(pairs)
  const { outside, outputVectors } = pairs
  const dimensions = outputVectors[0]?.length ?? 0
  const sum: NaiveSoftmaxBatch = {
    loss: 0,
    centerGradients: zeroRows(outside.length, dimensions),
    outputGradient: zeroRows(outputVectors.length, dimensions),
  }
  for (let first = 0; first < outside.length; first += PAIRS_TOGETHER) addGroup(sum, pairs, first)
  return sum
}

/** Adds the pairs from `first` on, as many as are taken together. */
function addGroup(
  sum: NaiveSoftmaxBatch,
  { centerVectors, outside, outputVectors }: WordPairs,
  first: number,
): void {
  const past = Math.min(first + PAIRS_TOGETHER, outside.length)
  const centers = Array.from({ length: past - first }, (_, b) => centerVectors[first + b])
  const errors = scoresOf(centers, outputVectors)
  for (let b = 0; b < errors.length; b++) sum.loss += scoresToErrors(errors[b], outside[first + b])
  addCenterGradients(sum.centerGradients.slice(first, past), errors, outputVectors)
  addOutputGradient(sum.outputGradient, errors, centers)
}

/** S = CUᵀ, B×|V| (1). */
function scoresOf(centers: readonly Vector[], outputVectors: Rows): Float64Array[] {
  const scores = centers.map(() => new Float64Array(outputVectors.length))
  inBlocks(outputVectors.length, (start, end) => {
    for (let b = 0; b < centers.length; b++) multiplyRows(scores[b], outputVectors, centers[b], start, end)
  })
  return scores
}

/** Makes the scores of a pair into ŷ − y where they are, and gives its loss (2), (5). */
function scoresToErrors(scores: Float64Array, outside: number): number {
  const logTotal = logSumExp(scores)
  const loss = logTotal - scores[outside]
  for (let w = 0; w < scores.length; w++) scores[w] = Math.exp(scores[w] - logTotal)
  scores[outside] -= 1
  return loss
}

/** gradients += EU, B×d (6). */
function addCenterGradients(
  gradients: readonly Float64Array[],
  errors: readonly Float64Array[],
  outputVectors: Rows,
): void {
  inBlocks(outputVectors.length, (start, end) => {
    for (let b = 0; b < errors.length; b++) addScaledRows(gradients[b], errors[b], outputVectors, start, end)
  })
}

/** gradient += EᵀC, |V|×d (7). */
function addOutputGradient(
  gradient: readonly Float64Array[],
  errors: readonly Float64Array[],
  centers: readonly Vector[],
): void {
  const ofWord = new Float64Array(errors.length)
  for (let w = 0; w < gradient.length; w++) {
    for (let b = 0; b < errors.length; b++) ofWord[b] = errors[b][w]
    addScaledRows(gradient[w], ofWord, centers, 0, centers.length)
  }
}

function inBlocks(rows: number, use: (start: number, end: number) => void): void {
  for (let start = 0; start < rows; start += BLOCK) use(start, Math.min(start + BLOCK, rows))
}

function checkPairs({ centerVectors, outside, outputVectors }: WordPairs): void {
  if (centerVectors.length !== outside.length)
    throw new WordloomError('usage', {
      found: `there are ${centerVectors.length} center vectors, but ${outside.length} outside words`,
      expected: 'one for each',
    })
  checkVocabulary(outputVectors.length)
  for (let b = 0; b < outside.length; b++)
    checkWord(`the outside word of pair ${b}`, outside[b], outputVectors.length)
  const dimensions = outputVectors[0]?.length
  checkLengths('output vector', outputVectors, dimensions)
  checkLengths('center vector', centerVectors, dimensions)
}

function checkLengths(role: string, rows: Rows, dimensions: number): void {
  for (let i = 0; i < rows.length; i++)
    if (rows[i].length !== dimensions)
      throw new WordloomError('bad-data', {
        found: `${role} ${i} has ${rows[i].length} numbers`,
        expected: `${dimensions}, as output vector 0 has`,
      })
}
