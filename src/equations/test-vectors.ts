/** Somebody's numbers against these equations. */

import { WordloomError } from '../errors.js'
import { dot } from '../math/vector.js'
import { relativeError } from './gradient-check.js'
import type { SparseRows } from './rows.js'
import { logSigmoid, sigmoid, sigmoidDerivative } from './sigmoid.js'
import { type SkipGram, skipGram } from './skip-gram.js'
import { softmax } from './softmax.js'
import {
  type ExpectedObjective,
  type ExpectedSigmoid,
  readTestVectors,
  type TestCase,
} from './test-vector-file.js'

/** The quantities of a file, by their names there. */
export type QuantityName = 'loss' | 'gradV' | 'gradU' | 'yHat' | 'sigma' | 'derivative' | 'logSigma'

/** How far the file is from the equations in one quantity: at the number where they differ most. */
export interface QuantityDifference {
  /** Which part of the file it belongs to. */
  objective: 'sigmoid' | 'naiveSoftmax' | 'negativeSampling'
  quantity: QuantityName
  /** |expected − computed| / max(1, |expected|, |computed|); Infinity where a value is not a number. */
  difference: number
  /** What the file says there. */
  expected: number
  /** What the equations say there. */
  computed: number
  /** Where that is: nothing for a loss, [i] for a list, [row, column] for a gradient. */
  at: readonly number[]
}

/** One case of the file. */
export interface CaseReport {
  name: string
  /** How many outside words the window has. */
  outsideWords: number
  /** |V|, the number of words. */
  vocabularySize: number
  /** d, the length of a vector. */
  dimensions: number
  /** Those the case has, in the order loss, gradV, gradU, yHat, naive softmax first. */
  quantities: QuantityDifference[]
  /** The greatest of their differences. */
  largestDifference: number
}

/** What a file of test vectors came to. */
export interface TestVectorReport {
  /** The table of sigmoids, if the file has one: for each column, over so many values of x. */
  sigmoid: { values: number; quantities: QuantityDifference[]; largestDifference: number } | undefined
  cases: CaseReport[]
  /** The greatest difference of all. The file agrees if this is at most the tolerance. */
  largestDifference: number
}

/** A number of the file beside the same number from the equations. */
type Comparison = Pick<QuantityDifference, 'expected' | 'computed' | 'at'>

/**
 * Computes every quantity in a file of test vectors and reports the largest difference in each. `parsedJson` is the
 * file after JSON.parse, in the format of docs/equations.md. Throws `bad-data`, naming the case and the field, where
 * the file is malformed.
 */
export function checkTestVectors(parsedJson: unknown): TestVectorReport {
  const file = readTestVectors(parsedJson)
  const sigmoidReport = file.sigmoid && checkSigmoid(file.sigmoid)
  const cases = file.cases.map(checkCase)
  const reports = sigmoidReport ? [sigmoidReport, ...cases] : cases
  const largestDifference = largestOf(reports.map(report => report.largestDifference))
  return { sigmoid: sigmoidReport, cases, largestDifference }
}

function checkSigmoid({ x, sigma, derivative, logSigma }: ExpectedSigmoid) {
  const quantities = [
    largest('sigmoid', 'sigma', compareLists(sigma, x.map(sigmoid))),
    largest('sigmoid', 'derivative', compareLists(derivative, x.map(sigmoidDerivative))),
    largest('sigmoid', 'logSigma', compareLists(logSigma, x.map(logSigmoid))),
  ]
  return {
    values: x.length,
    quantities,
    largestDifference: largestOf(quantities.map(quantity => quantity.difference)),
  }
}

function checkCase(testCase: TestCase): CaseReport {
  const quantities = quantitiesOf(testCase)
  return {
    name: testCase.name,
    outsideWords: testCase.outside.length,
    vocabularySize: testCase.U.length,
    dimensions: testCase.U[0].length,
    quantities,
    largestDifference: largestOf(quantities.map(quantity => quantity.difference)),
  }
}

/** The quantities of both objectives. Numbers too large to multiply only show now; the case is named then as well. */
function quantitiesOf(testCase: TestCase): QuantityDifference[] {
  try {
    return [...checkNaiveSoftmax(testCase), ...checkNegativeSampling(testCase)]
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError('bad-data', `case "${testCase.name}": ${error.message}`, { cause: error })
  }
}

function checkNaiveSoftmax({
  naiveSoftmax: expected,
  center,
  outside,
  V,
  U,
}: TestCase): QuantityDifference[] {
  if (!expected) return []
  const computed = skipGram({ center, outside, inputVectors: V, outputVectors: U })
  const quantities = compareObjective('naiveSoftmax', expected, computed, V[0].length)
  if (!expected.yHat) return quantities
  const probabilities = softmax(U.map(outputVector => dot(outputVector, V[center])))
  return [...quantities, largest('naiveSoftmax', 'yHat', compareLists(expected.yHat, probabilities))]
}

function checkNegativeSampling(testCase: TestCase): QuantityDifference[] {
  const { negativeSampling: expected, negatives, center, outside, V, U } = testCase
  if (!expected || !negatives) return []
  const computed = skipGram({ center, outside, inputVectors: V, outputVectors: U, negatives })
  return compareObjective('negativeSampling', expected, computed, V[0].length)
}

function compareObjective(
  objective: 'naiveSoftmax' | 'negativeSampling',
  expected: ExpectedObjective,
  computed: SkipGram,
  dimensions: number,
): QuantityDifference[] {
  return [
    largest(objective, 'loss', [{ expected: expected.loss, computed: computed.loss, at: [] }]),
    largest(objective, 'gradV', compareRows(expected.gradV, computed.inputGradient, dimensions)),
    largest(objective, 'gradU', compareRows(expected.gradU, computed.outputGradient, dimensions)),
  ]
}

function* compareLists(expected: readonly number[], computed: ArrayLike<number>): Generator<Comparison> {
  for (let i = 0; i < expected.length; i++) yield { expected: expected[i], computed: computed[i], at: [i] }
}

/** Every row that either side has; one that the other side lacks is zero there. */
function* compareRows(expected: SparseRows, computed: SparseRows, dimensions: number): Generator<Comparison> {
  const zeros = new Float64Array(dimensions)
  for (const row of new Set([...expected.keys(), ...computed.keys()]))
    for (let column = 0; column < dimensions; column++)
      yield {
        expected: (expected.get(row) ?? zeros)[column],
        computed: (computed.get(row) ?? zeros)[column],
        at: [row, column],
      }
}

function largest(
  objective: QuantityDifference['objective'],
  quantity: QuantityName,
  comparisons: Iterable<Comparison>,
): QuantityDifference {
  let worst: QuantityDifference = { objective, quantity, difference: -1, expected: 0, computed: 0, at: [] }
  for (const comparison of comparisons) {
    const difference = relativeError(comparison.expected, comparison.computed)
    if (difference > worst.difference) worst = { objective, quantity, difference, ...comparison }
  }
  return { ...worst, difference: Math.max(0, worst.difference) }
}

function largestOf(differences: readonly number[]): number {
  return differences.reduce((greatest, difference) => Math.max(greatest, difference), 0)
}
