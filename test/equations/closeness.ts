import assert from 'node:assert/strict'
import { relativeError } from '#equations/gradient-check'

/** Fails unless two numbers differ by at most `tolerance`, relative to the larger where that is over 1. */
export function assertClose(actual: number, expected: number, tolerance: number): void {
  assert.ok(
    relativeError(actual, expected) <= tolerance,
    `${actual} is not within ${tolerance} of ${expected}`,
  )
}

/** The same for every number of two matrices of one shape. */
export function assertRowsClose(
  actual: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length)
  expected.forEach((row, w) => {
    assert.equal(actual[w].length, row.length)
    for (let i = 0; i < row.length; i++) assertClose(actual[w][i], row[i], tolerance)
  })
}
