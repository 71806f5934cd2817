import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { naiveSoftmax } from '#equations/naive-softmax'
import { negativeSampling } from '#equations/negative-sampling'
import { denseRows } from '#equations/rows'
import { type SkipGramWindow, skipGram } from '#equations/skip-gram'
import { randomWindow } from '../reference/windows.js'
import { a, b, c, d, e, inputVectors, outputVectors } from './assignment.js'
import { assertClose, assertRowsClose } from './closeness.js'

/** Every random window twice: with its negatives, and without. */
const eitherObjective = fc
  .tuple(randomWindow, fc.boolean())
  .map(([{ negatives, ...window }, sampled]) => (sampled ? { ...window, negatives } : window))

function assertGradientsRight(window: SkipGramWindow, words: number, dimensions: number): void {
  const { inputGradient, outputGradient } = skipGram(window)
  const byInput = checkGradient(
    inputVectors => skipGram({ ...window, inputVectors }).loss,
    window.inputVectors,
    denseRows(inputGradient, words, dimensions),
  )
  const byOutput = checkGradient(
    outputVectors => skipGram({ ...window, outputVectors }).loss,
    window.outputVectors,
    denseRows(outputGradient, words, dimensions),
  )
  assert.ok(byInput.largestError <= 1e-7, JSON.stringify(byInput))
  assert.ok(byOutput.largestError <= 1e-7, JSON.stringify(byOutput))
}

test('both gradients of a window agree with central differences, under either objective', () => {
  fc.assert(
    fc.property(eitherObjective, window => assertGradientsRight(window, window.words, window.dimensions)),
  )
})

test('they do so for windows of one word', () => {
  const window = { center: c, outside: [c], inputVectors, outputVectors }
  assertGradientsRight(window, 5, 3)
  assertGradientsRight({ ...window, negatives: [[a, c, a]] }, 5, 3)
})

test('only the center word has a gradient among the input vectors', () => {
  fc.assert(
    fc.property(eitherObjective, window => {
      assert.deepEqual([...skipGram(window).inputGradient.keys()], [window.center])
    }),
  )
})

test('a window is the sum of its pairs', () => {
  fc.assert(
    fc.property(randomWindow, ({ words, dimensions, ...window }) => {
      const centerVector = window.inputVectors[window.center]
      const { negatives, ...unsampled } = window
      const pairs = window.outside.map((outside, j) => {
        const pair = { centerVector, outside, outputVectors: window.outputVectors }
        return { naive: naiveSoftmax(pair), sampled: negativeSampling({ ...pair, negatives: negatives[j] }) }
      })
      const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0)
      const naive = skipGram(unsampled)
      const sampled = skipGram(window)
      assertClose(naive.loss, sum(pairs.map(pair => pair.naive.loss)), 1e-12)
      assertClose(sampled.loss, sum(pairs.map(pair => pair.sampled.loss)), 1e-12)
      const naiveSum = denseRows(new Map(), words, dimensions).map((row, w) =>
        row.map((_, i) => sum(pairs.map(pair => pair.naive.outputGradient[w][i]))),
      )
      const sampledSum = denseRows(new Map(), words, dimensions).map((row, w) =>
        row.map((_, i) => sum(pairs.map(pair => pair.sampled.outputGradient.get(w)?.[i] ?? 0))),
      )
      assertRowsClose(denseRows(naive.outputGradient, words, dimensions), naiveSum, 1e-12)
      assertRowsClose(denseRows(sampled.outputGradient, words, dimensions), sampledSum, 1e-12)
    }),
  )
})

test('naive softmax gives the numbers printed with the assignment', () => {
  const { loss, inputGradient, outputGradient } = skipGram({
    center: c,
    outside: [a, b, e, d, b, c],
    inputVectors,
    outputVectors,
  })
  assertClose(loss, 11.16610900153398, 1e-13)
  assertRowsClose([inputGradient.get(c)!], [[-1.26947339, -1.36873189, 2.45158957]], 5.1e-9)
  assertRowsClose(
    denseRows(outputGradient, 5, 3),
    [
      [-0.41045956, 0.18834851, 1.43272264],
      [0.38202831, -0.17530219, -1.33348241],
      [0.07009355, -0.03216399, -0.24466386],
      [0.09472154, -0.04346509, -0.33062865],
      [-0.13638384, 0.06258276, 0.47605228],
    ],
    5.1e-9,
  )
})

test('negative sampling gives the numbers printed with the assignment', () => {
  const { loss, inputGradient, outputGradient } = skipGram({
    center: c,
    outside: [a, b],
    negatives: [
      [3, 2, 2, 4, 1, 3, 1, 3, 1, 1],
      [2, 4, 0, 0, 0, 0, 4, 4, 2, 4],
    ],
    inputVectors,
    outputVectors,
  })
  assertClose(loss, 16.15119285363322, 1e-13)
  assertRowsClose([inputGradient.get(c)!], [[-4.54650789, -1.85942252, 0.76397441]], 5.1e-9)
  assertRowsClose(
    denseRows(outputGradient, 5, 3),
    [
      [-0.69148188, 0.31730185, 2.41364029],
      [-0.22716495, 0.10423969, 0.79292674],
      [-0.45528438, 0.20891737, 1.58918512],
      [-0.31602611, 0.14501561, 1.10309954],
      [-0.80620296, 0.36994417, 2.81407799],
    ],
    5.1e-9,
  )
})

test('and those of its second call, and of the one whose random numbers come from Python 2', () => {
  const second = skipGram({
    center: c,
    outside: [a, b, c, a],
    negatives: [
      [2, 2, 2, 4, 3, 1, 4, 4, 1, 1],
      [4, 3, 2, 0, 0, 4, 2, 0, 2, 0],
      [3, 1, 1, 3, 1, 3, 3, 0, 1, 3],
      [1, 3, 1, 4, 2, 1, 3, 1, 2, 4],
    ],
    inputVectors,
    outputVectors,
  })
  assertClose(second.loss, 28.653567707668795, 1e-13)
  assertRowsClose([second.inputGradient.get(c)!], [[-6.42994865, -2.16396482, -1.89240934]], 5.1e-9)
  const older = skipGram({
    center: c,
    outside: [a, b],
    negatives: [
      [2, 3, 3, 4, 4, 1, 1, 2, 2, 1],
      [3, 4, 3, 2, 0, 3, 3, 0, 3, 4],
    ],
    inputVectors,
    outputVectors,
  })
  assertClose(older.loss, 14.301866932653127, 1e-13)
  assertRowsClose([older.inputGradient.get(c)!], [[-3.86035429, -2.8660339, -0.9739887]], 5.1e-9)
})

test('the arguments are left as they were', () => {
  const before = JSON.stringify([inputVectors, outputVectors])
  skipGram({ center: c, outside: [a, a], negatives: [[b], [b]], inputVectors, outputVectors })
  skipGram({ center: c, outside: [a, a], inputVectors, outputVectors })
  assert.equal(JSON.stringify([inputVectors, outputVectors]), before)
})

test('a window without outside words has no loss and no gradient', () => {
  const { loss, inputGradient, outputGradient } = skipGram({
    center: c,
    outside: [],
    inputVectors,
    outputVectors,
  })
  assert.equal(loss, 0)
  assertRowsClose(denseRows(inputGradient, 5, 3), denseRows(new Map(), 5, 3), 0)
  assert.equal(outputGradient.size, 0)
})

test('misfit windows are refused', () => {
  const window = { center: c, outside: [a, b], inputVectors, outputVectors }
  assert.throws(() => skipGram({ ...window, center: 5 }), { code: 'usage', message: /the center word is 5/ })
  assert.throws(() => skipGram({ ...window, outside: [a, 7] }), {
    code: 'usage',
    message: /the outside word is 7/,
  })
  assert.throws(() => skipGram({ ...window, negatives: [[a]] }), {
    code: 'usage',
    message: /1 words, but 2 outside/,
  })
  assert.throws(() => skipGram({ ...window, outputVectors: outputVectors.map(row => row.slice(1)) }), {
    code: 'bad-data',
  })
})
