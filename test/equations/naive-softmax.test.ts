import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { naiveSoftmax, naiveSoftmaxLoss } from '#equations/naive-softmax'
import { randomWindow } from '../reference/windows.js'
import { assertClose, assertRowsClose } from './closeness.js'

const randomPair = randomWindow.map(({ center, outside, inputVectors, outputVectors }) => ({
  centerVector: inputVectors[center],
  outside: outside[0],
  outputVectors,
}))

test('both gradients of naive softmax agree with central differences', () => {
  fc.assert(
    fc.property(randomPair, pair => {
      const { centerGradient, outputGradient } = naiveSoftmax(pair)
      const byCenter = checkGradient(
        ([centerVector]) => naiveSoftmaxLoss({ ...pair, centerVector }),
        [pair.centerVector],
        [centerGradient],
      )
      const byOutput = checkGradient(
        outputVectors => naiveSoftmaxLoss({ ...pair, outputVectors }),
        pair.outputVectors,
        outputGradient,
      )
      assert.ok(byCenter.largestError <= 1e-7, JSON.stringify(byCenter))
      assert.ok(byOutput.largestError <= 1e-7, JSON.stringify(byOutput))
    }),
  )
})

test('the loss is −log ŷ_o', () => {
  fc.assert(
    fc.property(randomPair, pair => {
      const { loss, probabilities } = naiveSoftmax(pair)
      assertClose(loss, -Math.log(probabilities[pair.outside]), 1e-12)
      assert.equal(loss, naiveSoftmaxLoss(pair))
    }),
  )
})

test('the rows of ∂J/∂U sum to zero', () => {
  fc.assert(
    fc.property(randomPair, pair => {
      const sum = pair.centerVector.map((_, i) =>
        naiveSoftmax(pair).outputGradient.reduce((s, row) => s + row[i], 0),
      )
      for (const value of sum) assertClose(value, 0, 1e-12)
    }),
  )
})

test('with output vectors of zero the loss is ln |V|', () => {
  const outputVectors = Array.from({ length: 50 }, () => [0, 0, 0])
  const { loss, centerGradient, outputGradient } = naiveSoftmax({
    centerVector: [1, -2, 3],
    outside: 7,
    outputVectors,
  })
  assertClose(loss, Math.log(50), 1e-15)
  assert.deepEqual([...centerGradient], [0, 0, 0])
  assertRowsClose(
    [outputGradient[7], outputGradient[8]],
    [
      [1 / 50 - 1, 2 - 2 / 50, 3 / 50 - 3],
      [1 / 50, -2 / 50, 3 / 50],
    ],
    1e-15,
  )
})

test('∂J/∂v_c can vanish while the loss does not: the outside word is what is expected on average', () => {
  const outputVectors = [
    [1, 2],
    [3, -4],
    [2, -1],
  ] // the last is the mean of all three
  const { loss, centerGradient } = naiveSoftmax({ centerVector: [0, 0], outside: 2, outputVectors })
  assertRowsClose([centerGradient], [[0, 0]], 1e-15)
  assertClose(loss, Math.log(3), 1e-15)
})

test('scores of ±800 give the right loss and gradients', () => {
  const outputVectors = [[800], [-800]]
  const right = naiveSoftmax({ centerVector: [1], outside: 0, outputVectors })
  const wrong = naiveSoftmax({ centerVector: [1], outside: 1, outputVectors })
  assert.deepEqual([right.loss, [...right.centerGradient]], [0, [0]])
  assert.deepEqual(
    [wrong.loss, [...wrong.centerGradient], wrong.outputGradient.map(row => row[0])],
    [1600, [1600], [1, -1]],
  )
})

test('misfit shapes and words that are no row are refused', () => {
  const outputVectors = [
    [1, 2],
    [3, 4],
  ]
  assert.throws(() => naiveSoftmax({ centerVector: [1, 2], outside: 2, outputVectors }), {
    code: 'usage',
    message: /is 2; expected .* 0 to 1/,
  })
  assert.throws(() => naiveSoftmax({ centerVector: [1, 2], outside: 0.5, outputVectors }), { code: 'usage' })
  assert.throws(() => naiveSoftmax({ centerVector: [1], outside: 0, outputVectors }), {
    code: 'bad-data',
    message: /has 2 numbers/,
  })
  assert.throws(() => naiveSoftmax({ centerVector: [1, Number.NaN], outside: 0, outputVectors }), {
    code: 'bad-data',
  })
})
