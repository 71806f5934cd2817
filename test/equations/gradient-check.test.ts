import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkGradient, relativeError } from '#equations/gradient-check'

const sumOfSquares = (rows: ArrayLike<number>[]) =>
  rows.reduce((sum, row) => sum + Array.from(row).reduce((s, x) => s + x * x, 0), 0)

test('a right gradient passes', () => {
  const check = checkGradient(
    sumOfSquares,
    [
      [1, 2],
      [3, 4],
    ],
    [
      [2, 4],
      [6, 8],
    ],
  )
  assert.ok(check.largestError < 1e-9)
  assert.equal(check.compared, 4)
})

test('a wrong gradient does not, and the place is told', () => {
  const check = checkGradient(
    sumOfSquares,
    [
      [1, 2],
      [3, 4],
    ],
    [
      [2, 4],
      [5, 8],
    ],
  )
  assert.ok(Math.abs(check.largestError - 1 / 6) < 1e-6)
  assert.deepEqual([check.row, check.column, check.analytic], [1, 0, 5])
  assert.ok(Math.abs(check.numeric - 6) < 1e-6)
})

test('a gradient of zeros fails, and so does one that is not a number', () => {
  assert.ok(checkGradient(sumOfSquares, [[1]], [[0]]).largestError > 0.9)
  assert.equal(checkGradient(sumOfSquares, [[1]], [[Number.NaN]]).largestError, Number.POSITIVE_INFINITY)
  assert.equal(checkGradient(() => Number.NaN, [[1]], [[1]]).largestError, Number.POSITIVE_INFINITY)
})

test('the floor of the denominator is an option', () => {
  assert.ok(Math.abs(relativeError(1e-6, 3e-6) - 2e-6) < 1e-12)
  assert.ok(Math.abs(relativeError(1e-6, 3e-6, 0) - 2 / 3) < 1e-12)
  assert.equal(relativeError(0, 0, 0), 0)
  const wrongByTwo = () => checkGradient(([[x]]) => 1e-6 * x, [[1]], [[2e-6]], { floor: 0 }).largestError
  assert.ok(Math.abs(wrongByTwo() - 0.5) < 1e-3)
})

test('what is handed in is not moved', () => {
  const at = [[1, 2]]
  checkGradient(
    rows => (rows[0] === (at[0] as unknown) ? assert.fail('not a copy') : sumOfSquares(rows)),
    at,
    [[2, 4]],
  )
  assert.deepEqual(at, [[1, 2]])
})

test('misfit shapes and steps are refused', () => {
  assert.throws(() => checkGradient(sumOfSquares, [[1]], []), { code: 'bad-data' })
  assert.throws(() => checkGradient(sumOfSquares, [[1]], [[1, 2]]), { code: 'bad-data' })
  assert.throws(() => checkGradient(sumOfSquares, [], []), { code: 'usage' })
  assert.throws(() => checkGradient(sumOfSquares, [[1]], [[2]], { step: 0 }), { code: 'usage' })
  assert.throws(() => checkGradient(sumOfSquares, [[1]], [[2]], { floor: -1 }), { code: 'usage' })
})
