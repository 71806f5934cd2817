import {
  type Convention,
  logSigmoid,
  relativeError,
  type SkipGram,
  type SparseRows,
  sigmoid,
  sigmoidDerivative,
  skipGram,
  softmax,
} from '../equations/index.js'
import { dot } from '../math/index.js'
/** Somebody's numbers against these equations. */

import { WordloomError } from '../errors.js'
import {
  type ExpectedObjective,
  type ExpectedSigmoid,
  type ObjectiveName,
  objectiveNames,
  readTestVectors,
  sigmoidColumns,
  type TestCase,
  type UncheckedCase,
} from './test-vector-file.js'

/** The quantities of a file, by their names there. */
export type QuantityName = 'loss' | 'gradV' | 'gradU' | 'yHat' | 'sigma' | 'derivative' | 'logSigma'

/** How far the file is from the equations in one quantity: at the number where they differ most. */
export interface QuantityDifference {
  /** Which part of the file it belongs to. */
  objective: 'sigmoid' | ObjectiveName
  quantity: QuantityName
  /** |expected − computed| / max(1, |expected|, |computed|); Infinity if a value is not a number. */
  difference: number
  /** What the file says there. */
  expected: number
  /** What the equations say there. */
  computed: number
  /** Where that is: nothing for a loss, [i] for a list, [row, column] of the file's matrix for a gradient. */
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
  /** The table of sigmoids, if the file has one: for each column, over this many values of x. */
  sigmoid: { values: number; quantities: QuantityDifference[]; largestDifference: number } | undefined
  cases: CaseReport[]
  /** Cases with an objective that is not known here, or with none: nothing is said of those numbers. */
  unchecked: UncheckedCase[]
  /** The greatest difference of all. The file agrees if this is at most the tolerance and nothing is unchecked. */
  largestDifference: number
}

/** A number of the file beside the same number from the equations. */
type Comparison = Pick<QuantityDifference, 'expected' | 'computed' | 'at'>

/** How a file of test vectors is to be read. */
export interface TestVectorOptions {
  /** How its matrices hold words. Left out, the file's own `convention` counts, and else rows. */
  convention?: Convention
}

/**
 * Computes every quantity in a file of test vectors and reports the largest difference in each. `parsedJson` is the
 * file after JSON.parse, in the format of docs/equations.md. Throws `bad-data`, naming the case and the field, if
 * the file is malformed.
 */
export function checkTestVectors(
  parsedJson: unknown,
  { convention }: TestVectorOptions = {},
): TestVectorReport {
  const file = readTestVectors(parsedJson, convention)
  const sigmoidReport = file.sigmoid && checkSigmoid(file.sigmoid)
  const cases = file.cases.map(testCase => checkCase(testCase, file.convention))
  const reports = sigmoidReport ? [sigmoidReport, ...cases] : cases
  const largestDifference = largestOf(reports.map(report => report.largestDifference))
  return { sigmoid: sigmoidReport, cases, unchecked: file.unchecked, largestDifference }
}

const sigmoidFunctions = { sigma: sigmoid, derivative: sigmoidDerivative, logSigma: logSigmoid }

function checkSigmoid({ x, columns }: ExpectedSigmoid) {
  const quantities = sigmoidColumns.flatMap(name => {
    const expected = columns[name]
    return expected ? [largest('sigmoid', name, compareLists(expected, x.map(sigmoidFunctions[name])))] : []
  })
  return {
    values: x.length,
    quantities,
    largestDifference: largestOf(quantities.map(quantity => quantity.difference)),
  }
}

function checkCase(testCase: TestCase, convention: Convention): CaseReport {
  const quantities = quantitiesOf(testCase, convention)
  return {
    name: testCase.name,
    outsideWords: testCase.outside.length,
    vocabularySize: testCase.U.length,
    dimensions: testCase.U[0].length,
    quantities,
    largestDifference: largestOf(quantities.map(quantity => quantity.difference)),
  }
}

/** The quantities of all objectives. Numbers too large to multiply only show now; the case is named then as well. */
function quantitiesOf(testCase: TestCase, convention: Convention): QuantityDifference[] {
  try {
    return objectiveNames.flatMap(name => {
      const expected = testCase.objectives[name]
      return expected ? checkObjective(name, expected, testCase, convention) : []
    })
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError(
      'bad-data',
      { ...error.fault, place: { part: testCase.place, ...error.fault.place } },
      { cause: error },
    )
  }
}

function checkObjective(
  objective: ObjectiveName,
  expected: ExpectedObjective,
  { center, outside, negatives, V, U }: TestCase,
  convention: Convention,
): QuantityDifference[] {
  const window = { center, outside, inputVectors: V, outputVectors: U }
  const sampled = objective === 'negativeSampling' && negatives
  const computed = skipGram(sampled ? { ...window, negatives } : window)
  const quantities = compareObjective(objective, expected, computed, U[0].length, convention)
  if (!expected.yHat) return quantities
  const probabilities = softmax(U.map(outputVector => dot(outputVector, V[center])))
  return [...quantities, largest(objective, 'yHat', compareLists(expected.yHat, probabilities))]
}

/** The loss and both gradients, those of them that the file has. */
function compareObjective(
  objective: ObjectiveName,
  { loss, gradV, gradU }: ExpectedObjective,
  computed: SkipGram,
  dimensions: number,
  convention: Convention,
): QuantityDifference[] {
  const quantities: QuantityDifference[] = []
  const rows = (expected: SparseRows, actual: SparseRows) =>
    compareRows(expected, actual, dimensions, convention)
  if (loss !== undefined)
    quantities.push(largest(objective, 'loss', [{ expected: loss, computed: computed.loss, at: [] }]))
  if (gradV) quantities.push(largest(objective, 'gradV', rows(gradV, computed.inputGradient)))
  if (gradU) quantities.push(largest(objective, 'gradU', rows(gradU, computed.outputGradient)))
  return quantities
}

function* compareLists(expected: readonly number[], computed: ArrayLike<number>): Generator<Comparison> {
  for (let i = 0; i < expected.length; i++) yield { expected: expected[i], computed: computed[i], at: [i] }
}

/** Every word that either side has; one that the other side lacks is zero there. */
function* compareRows(
  expected: SparseRows,
  computed: SparseRows,
  dimensions: number,
  convention: Convention,
): Generator<Comparison> {
  const zeros = new Float64Array(dimensions)
  for (const word of new Set([...expected.keys(), ...computed.keys()]))
    for (let i = 0; i < dimensions; i++)
      yield {
        expected: (expected.get(word) ?? zeros)[i],
        computed: (computed.get(word) ?? zeros)[i],
        at: convention === 'rows' ? [word, i] : [i, word],
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
