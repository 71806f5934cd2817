import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportFailure } from '#cli/verb/failure'

test('memory that the machine does not give is no mistake of ours', () => {
  let refused: unknown
  try {
    new ArrayBuffer(Number.MAX_SAFE_INTEGER)
  } catch (error) {
    refused = error
  }
  assert.equal(reportFailure(refused), 71)
  assert.equal(reportFailure(new RangeError('Invalid array length')), 70)
})
