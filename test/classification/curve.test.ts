import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { curveOf } from '#classification/judging/curve'

const answers = fc.array(
  fc.record({
    probability: fc.constantFrom(0, 1e-30, 0.25, 0.5, Math.fround(0.1), 1),
    isRight: fc.boolean(),
  }),
  { maxLength: 20 },
)

test('a point of a curve counts the answers of at least its threshold', () => {
  const property = fc.property(answers, fc.integer({ min: 0, max: 3 }), (given, missed) => {
    const own = missed + given.filter(({ isRight }) => isRight).length
    const points = curveOf(
      Float32Array.from(given, ({ probability }) => probability),
      Uint8Array.from(given, ({ isRight }) => Number(isRight)),
      own,
    )
    for (const { threshold, precision, recall } of points) {
      if (threshold === null) continue
      const above = given.filter(({ probability }) => Math.fround(probability) >= threshold)
      const right = above.filter(({ isRight }) => isRight).length
      assert.equal(precision, right / above.length)
      assert.equal(recall, right / own)
    }
    const thresholds = points.slice(0, -1).map(({ threshold }) => threshold!)
    assert.deepEqual(
      thresholds,
      [...new Set(thresholds)].sort((a, b) => b - a),
    )
    if (own > 0) assert.deepEqual(points.at(-1), { threshold: null, precision: 1, recall: 0 })
  })
  fc.assert(property)
})
