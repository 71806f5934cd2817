import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignmentChecks, type PrintedWindow } from '#assignment/checks'
import { fiveWordBatch } from '#assignment/five-word-batch'
import { fiveWordVectors } from '#assignment/five-words'
import { descend, HALVED_EVERY, stepAt } from '#assignment/gradient-descent'
import { publishedLosses } from '#assignment/published'
import { PythonRandom } from '#assignment/python-random'
import { inputVectors, outputVectors } from '../equations/assignment.js'
import { assertClose, assertRowsClose } from '../equations/closeness.js'

/** Published with eight decimals. */
const EIGHT_DECIMALS = 5.1e-9

const checks = assignmentChecks()

function centerRow({ inputGradient }: PrintedWindow): readonly number[] {
  return inputGradient[2]
}

test('the ten vectors are those of the course', () => {
  assertRowsClose(fiveWordVectors(), [...inputVectors, ...outputVectors], 1e-15)
})

test('both gradients of a batch agree with central differences', () => {
  assert.deepEqual(
    checks.gradients.map(({ objective, passed, compared }) => ({ objective, passed, compared })),
    [
      { objective: 'naive softmax', passed: true, compared: 30 },
      { objective: 'negative sampling', passed: true, compared: 30 },
    ],
  )
  for (const { largestError } of checks.gradients) assert.ok(largestError < 1e-8)
})

test('the printed losses are the published ones, from negatives drawn in the order of the stream', () => {
  assert.deepEqual(
    checks.printed.map(window => window.passed),
    [true, true, true],
  )
  for (const [i, { loss }] of checks.printed.entries()) assertClose(loss, publishedLosses[3][i]!, 1e-13)
  assert.deepEqual(
    checks.printed.map(window => window.negatives),
    [undefined, ['dccebdbdbb', 'ceaaaaeece'], ['cccedbeebb', 'edcaaecaca', 'dbbdbddabd', 'bdbecbdbce']],
  )
})

test('the printed gradients are the published ones', () => {
  const [naive, first, second] = checks.printed
  const centers = [
    [-1.26947339, -1.36873189, 2.45158957],
    [-4.54650789, -1.85942252, 0.76397441],
    [-6.42994865, -2.16396482, -1.89240934],
  ]
  assertRowsClose(checks.printed.map(centerRow), centers, EIGHT_DECIMALS)
  for (const { inputGradient } of checks.printed)
    for (const row of [0, 1, 3, 4]) assert.deepEqual(inputGradient[row], [0, 0, 0])
  assertRowsClose(
    naive.outputGradient,
    [
      [-0.41045956, 0.18834851, 1.43272264],
      [0.38202831, -0.17530219, -1.33348241],
      [0.07009355, -0.03216399, -0.24466386],
      [0.09472154, -0.04346509, -0.33062865],
      [-0.13638384, 0.06258276, 0.47605228],
    ],
    EIGHT_DECIMALS,
  )
  assertRowsClose(
    first.outputGradient,
    [
      [-0.69148188, 0.31730185, 2.41364029],
      [-0.22716495, 0.10423969, 0.79292674],
      [-0.45528438, 0.20891737, 1.58918512],
      [-0.31602611, 0.14501561, 1.10309954],
      [-0.80620296, 0.36994417, 2.81407799],
    ],
    EIGHT_DECIMALS,
  )
  assert.equal(second.outputGradient.length, 5)
})

test('with the draws of Python 2 the loss is the older 14.30', () => {
  const { gradients, printed } = assignmentChecks({ python: 2 })
  assert.ok(gradients.every(check => check.passed))
  assertClose(printed[1].loss, 14.301866932653127, 1e-13)
  assertRowsClose([centerRow(printed[1])], [[-3.86035429, -2.8660339, -0.9739887]], EIGHT_DECIMALS)
  assert.deepEqual(printed[1].negatives, ['cddeebbccb', 'dedcaddade'])
})

test('losing repeats fails the gradient check, and does not show in what is printed of the center word', () => {
  const { gradients, printed } = assignmentChecks({ loseRepeats: true })
  assert.deepEqual(
    gradients.map(check => check.passed),
    [true, false],
  )
  assert.deepEqual(
    printed.map(({ loss }) => loss),
    checks.printed.map(({ loss }) => loss),
  )
  assert.deepEqual(printed.map(centerRow), checks.printed.map(centerRow))
})

test('it fails at the first number of the output vectors with the published values', () => {
  const random = new PythonRandom(31415)
  const vectors = fiveWordVectors()
  fiveWordBatch(vectors, { objective: 'naive softmax', random })
  const state = random.save()
  const right = fiveWordBatch(vectors, { objective: 'negative sampling', random })
  random.restore(state)
  const losing = fiveWordBatch(vectors, { objective: 'negative sampling', random, loseRepeats: true })
  assertClose(right.gradient[5][0], -3.39896, 1e-6)
  assertClose(losing.gradient[5][0], -1.258186, 1e-6)
  assert.equal(losing.loss, right.loss)
  assert.deepEqual(losing.gradient.slice(0, 5), right.gradient.slice(0, 5))
})

test('the descent ends where the course says', () => {
  assert.deepEqual(
    checks.descents.map(({ start, result }) => [start, result]),
    [
      [0.5, 8.414836786079764e-10],
      [0, 0],
      [-1.5, -2.524451035823933e-9],
    ],
  )
  assert.ok(checks.descents.every(check => check.passed))
})

test('the step is halved after every 20,000 iterations', () => {
  assert.deepEqual(
    [1, HALVED_EVERY, HALVED_EVERY + 1, 2 * HALVED_EVERY, 2 * HALVED_EVERY + 1].map(i => stepAt(0.3, i)),
    [0.3, 0.3, 0.15, 0.15, 0.075],
  )
  assert.equal(
    descend(() => 1, 0, 1, HALVED_EVERY + 2),
    -HALVED_EVERY - 1,
  )
})
