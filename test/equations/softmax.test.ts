import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { logSumExp, softmax } from '#equations/softmax'
import { assertClose, assertRowsClose } from './closeness.js'

const scores = fc.array(fc.double({ min: -800, max: 800, noNaN: true }), { minLength: 1, maxLength: 20 })

test('softmax has its known values', () => {
  assertRowsClose([softmax([0, Math.log(3)])], [[0.25, 0.75]], 1e-15)
  assertClose(logSumExp([0, Math.log(3)]), Math.log(4), 1e-15)
})

test('softmax gives probabilities that sum to one, in the order of the scores', () => {
  fc.assert(
    fc.property(scores, scores => {
      const probabilities = softmax(scores)
      assertClose(
        probabilities.reduce((sum, p) => sum + p, 0),
        1,
        1e-12,
      )
      assert.equal(probabilities[scores.indexOf(Math.max(...scores))], Math.max(...probabilities))
    }),
  )
})

test('adding a number to every score changes nothing', () => {
  fc.assert(
    fc.property(scores, fc.double({ min: -800, max: 800, noNaN: true }), (scores, shift) => {
      const shifted = scores.map(score => score + shift)
      assertRowsClose([softmax(shifted)], [softmax(scores)], 1e-11)
    }),
  )
})

test('scores of ±800 stay finite', () => {
  assert.deepEqual([...softmax([800, -800])], [1, 0])
  assertRowsClose([softmax([800, 800])], [[0.5, 0.5]], 1e-12)
  assertClose(logSumExp([-800, -800]), -800 + Math.LN2, 1e-15)
})

test('no scores, or scores that are not finite, are refused', () => {
  assert.throws(() => softmax([]), { name: 'WordloomError', code: 'bad-data' })
  assert.throws(() => softmax([0, Number.NaN]), { code: 'bad-data', message: /score 1 is NaN/ })
  assert.throws(() => logSumExp([Number.POSITIVE_INFINITY]), { code: 'bad-data' })
})
