import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { costLine, logLogSlope } from '#cost/slope'
import { assertClose } from '../equations/closeness.js'

const sizes = [1000, 2000, 5000, 10_000, 70_000]

test('the slope of a power law is its power', () => {
  const power = fc.double({ min: -2, max: 3, noNaN: true })
  const factor = fc.double({ min: 1e-9, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(power, factor, (p, c) => {
      assertClose(logLogSlope(sizes.map(size => [size, c * Math.exp(p * Math.log(size))])), p, 1e-9)
    }),
  )
})

test('the slope is that of least squares where times are off', () => {
  // log₂ times 0, 2, 1 over log₂ sizes 0, 1, 2: a line of slope 1/2 leaves the least.
  assertClose(
    logLogSlope([
      [1, 1],
      [2, 4],
      [4, 2],
    ]),
    0.5,
    1e-12,
  )
})

test('a fixed cost beside one for each row is found as a line, and keeps the slope below 1', () => {
  const times = [1, 2, 5, 10, 20, 50].map(k => [k + 1, 3e-6 + 2e-6 * (k + 1)] as const)
  const { fixedSeconds, secondsEach } = costLine(times)
  assertClose(fixedSeconds * 1e6, 3, 1e-9)
  assertClose(secondsEach * 1e6, 2, 1e-9)
  const slope = logLogSlope(times)
  assert.ok(slope > 0.7 && slope < 1, String(slope))
})

test('one size alone has no slope', () => {
  for (const fit of [logLogSlope, costLine]) {
    assert.throws(() => fit([]), { code: 'usage' })
    assert.throws(
      () =>
        fit([
          [10, 1],
          [10, 2],
        ]),
      { code: 'usage', message: /only one size; expected times of at least two sizes/ },
    )
  }
})
