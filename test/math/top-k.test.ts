import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TopK } from '#math/top-k'

test('the heap keeps what sorting everything would keep', () => {
  const scores = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN)), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 20 }), fc.boolean(), (scores, k, backwards) => {
      const entries = scores.map((score, id) => ({ id, score }))
      const top = new TopK(k)
      for (const { id, score } of backwards ? entries.toReversed() : entries) top.offer(score, id)
      const expected = entries.filter(entry => !Number.isNaN(entry.score))
      expected.sort((a, b) => b.score - a.score || a.id - b.id)
      assert.deepEqual(top.sorted(), expected.slice(0, k))
    }),
  )
})
