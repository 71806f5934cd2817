import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { logSigmoid, sigmoid, sigmoidDerivative } from '#equations/sigmoid'
import { assertClose } from './closeness.js'

const number = fc.double({ min: -800, max: 800, noNaN: true })

test('the sigmoid has its known values', () => {
  assert.equal(sigmoid(0), 0.5)
  assertClose(sigmoid(1), 0.7310585786300049, 1e-15)
  assertClose(sigmoid(-6), 0.0024726231566347743, 1e-15)
  assertClose(logSigmoid(0), -Math.LN2, 1e-15)
  assertClose(logSigmoid(-1), -1.3132616875182228, 1e-15)
  assert.equal(sigmoidDerivative(0), 0.25)
})

test('scores of ±800 neither overflow nor lose their logarithm', () => {
  assert.deepEqual([sigmoid(800), sigmoid(-800)], [1, 0])
  assert.deepEqual([Math.abs(logSigmoid(800)), logSigmoid(-800)], [0, -800])
  assert.deepEqual([sigmoidDerivative(800), sigmoidDerivative(-800)], [0, 0])
  // exp(±700) still fits in a double, so nothing may be lost.
  assert.ok(Math.abs(sigmoid(-700) / Math.exp(-700) - 1) < 1e-12)
  assert.ok(Math.abs(sigmoidDerivative(700) / Math.exp(-700) - 1) < 1e-12)
})

test('the derivative is σ(1 − σ)', () => {
  fc.assert(fc.property(number, x => assertClose(sigmoidDerivative(x), sigmoid(x) * (1 - sigmoid(x)), 1e-12)))
})

test('σ(−x) is 1 − σ(x)', () => {
  fc.assert(fc.property(number, x => assertClose(sigmoid(-x), 1 - sigmoid(x), 1e-15)))
})

test('log σ is the logarithm of σ', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), x =>
      assertClose(logSigmoid(x), Math.log(sigmoid(x)), 1e-12),
    ),
  )
})

test('both derivatives agree with central differences', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), x => {
      const ofSigmoid = checkGradient(([at]) => sigmoid(at[0]), [[x]], [[sigmoidDerivative(x)]])
      const ofLog = checkGradient(([at]) => logSigmoid(at[0]), [[x]], [[1 - sigmoid(x)]])
      assert.ok(ofSigmoid.largestError < 1e-9, `${ofSigmoid.largestError}`)
      assert.ok(ofLog.largestError < 1e-9, `${ofLog.largestError}`)
    }),
  )
})
