import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { crossEntropy } from '#equations/cross-entropy'
import { naiveSoftmax } from '#equations/naive-softmax'
import { randomWindow } from '../reference/windows.js'
import { assertClose } from './closeness.js'

test('cross-entropy has its known values', () => {
  assertClose(crossEntropy([0, 1, 0], [0.25, 0.5, 0.25]), Math.LN2, 1e-15)
  assertClose(crossEntropy([0.5, 0.5], [0.25, 0.75]), -0.5 * Math.log(0.25) - 0.5 * Math.log(0.75), 1e-15)
})

test('a word that was not observed drops out, even with probability zero', () => {
  assert.equal(crossEntropy([1, 0], [1, 0]), 0)
  assert.equal(crossEntropy([0, 1], [1, 0]), Number.POSITIVE_INFINITY)
})

test('with y one-hot it is −log ŷ_o, the loss of naive softmax', () => {
  fc.assert(
    fc.property(randomWindow, ({ center, outside: [outside], inputVectors, outputVectors, words }) => {
      const { loss, probabilities } = naiveSoftmax({
        centerVector: inputVectors[center],
        outside,
        outputVectors,
      })
      const observed = Array.from({ length: words }, (_, w) => (w === outside ? 1 : 0))
      const entropy = crossEntropy(observed, probabilities, { oneHot: true })
      assertClose(entropy, -Math.log(probabilities[outside]), 1e-15)
      assertClose(entropy, loss, 1e-12)
    }),
    { numRuns: 1000 },
  )
})

test('what is not a pair of distributions is refused', () => {
  const refused = { name: 'WordloomError', code: 'bad-data' }
  assert.throws(() => crossEntropy([1, 0], [1]), refused)
  assert.throws(() => crossEntropy([], []), refused)
  assert.throws(() => crossEntropy([1, 0], [1.5, -0.5]), refused)
  assert.throws(() => crossEntropy([Number.NaN, 0], [0.5, 0.5]), refused)
  assert.throws(() => crossEntropy([0.5, 0.5], [0.5, 0.5], { oneHot: true }), refused)
  assert.throws(() => crossEntropy([1, 1], [0.5, 0.5], { oneHot: true }), refused)
})
