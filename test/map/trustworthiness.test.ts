import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { finished, nearestPlaces, spreadSample, trustworthiness } from 'wordloom/map'

interface Space {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly similarities: readonly Float64Array[]
}

/** The definition, word for word: ranks by sorting. */
function byDefinition({ x, y, similarities }: Space, k: number): number {
  const n = x.length
  let sum = 0
  for (let i = 0; i < n; i++) {
    const others = Array.from({ length: n }, (_, j) => j).filter(j => j !== i)
    const truly = others.toSorted((a, b) => similarities[i]![b]! - similarities[i]![a]! || a - b)
    const away = (j: number) => (x[j]! - x[i]!) ** 2 + (y[j]! - y[i]!) ** 2
    const drawn = others.toSorted((a, b) => away(a) - away(b) || a - b).slice(0, k)
    for (const j of drawn) sum += Math.max(0, truly.indexOf(j) + 1 - k)
  }
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * sum
}

const coordinate = fc.integer({ min: -30, max: 30 })
const space = fc.integer({ min: 5, max: 24 }).chain(n =>
  fc.record({
    x: fc.array(coordinate, { minLength: n, maxLength: n }).map(values => Float32Array.from(values)),
    y: fc.array(coordinate, { minLength: n, maxLength: n }).map(values => Float32Array.from(values)),
    similarities: fc.array(
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n })
        .map(values => Float64Array.from(values, value => value / 9)),
      { minLength: n, maxLength: n },
    ),
  }),
)

function measured({ x, y, similarities }: Space, k: number) {
  const ids = similarities.map((_, i) => i)
  return finished(trustworthiness({ x, y }, i => similarities[i]!, { k, ids }))
}

test('trustworthiness is that of its definition, ties and all', () => {
  fc.assert(
    fc.property(space, fc.integer({ min: 1, max: 2 }), (given, k) => {
      const trust = measured(given, k)!
      assert.ok(Math.abs(trust.value - byDefinition(given, k)) < 1e-12)
      assert.ok(trust.kept >= 0 && trust.kept <= 1)
    }),
  )
})

test('a picture that loses nothing has trustworthiness 1', () => {
  const x = Float32Array.from({ length: 40 }, (_, i) => i * i)
  const similarities = Array.from(x, a => Float64Array.from(x, b => -Math.abs(a - b)))
  const trust = measured({ x, y: new Float32Array(40), similarities }, 10)!
  assert.deepEqual([trust.value, trust.kept], [1, 1])
})

test('too few words for k have none', () => {
  const similarities = [0, 1, 2].map(() => new Float64Array(3))
  assert.equal(measured({ x: new Float32Array(3), y: new Float32Array(3), similarities }, 2), undefined)
})

test('words without a place are near nothing', () => {
  const positions = { x: Float32Array.of(0, Number.NaN, 5, 1), y: new Float32Array(4) }
  assert.deepEqual(nearestPlaces(positions, 0, 3), [3, 2])
})

test('a sample has so many different words, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (size, count) => {
      const sample = spreadSample(size, count, limit => limit - 1)
      assert.equal(sample.length, Math.min(size, count))
      assert.ok(sample.every((id, i) => id < size && (i === 0 || id > sample[i - 1]!)))
    }),
  )
})
