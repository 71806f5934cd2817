import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clusterCount, clusterRows } from '#map/clusters'
import { unitRows } from '#map/neighbors'
import { Random } from '#math/random'
import { groupedVectors, madeWords } from './small-vectors.js'

test('words that point the same way share a cluster, and others do not', () => {
  const { matrix } = groupedVectors(madeWords(80), { groups: 4 })
  const rows = unitRows(
    matrix,
    Array.from({ length: 80 }, (_, id) => id),
  )
  const clusters = clusterRows(rows, 4, new Random(1, 0))
  for (let i = 4; i < 80; i++) assert.equal(clusters[i], clusters[i % 4])
  assert.equal(new Set(clusters).size, 4)
})

test('every row has a cluster, whatever the rows', () => {
  const vector = fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(
      fc.array(vector, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (vectors, wanted) => {
        const rows = vectors.map(vector => Float32Array.from(vector))
        const count = Math.min(wanted, rows.length)
        const clusters = clusterRows(rows, count, new Random(3, 0))
        assert.equal(clusters.length, rows.length)
        assert.ok(clusters.every(cluster => cluster >= 0 && cluster < count))
      },
    ),
  )
})

test('a map has at most twelve clusters and never none', () => {
  assert.equal(clusterCount(1), 1)
  assert.equal(clusterCount(300), 12)
  assert.equal(clusterCount(1000), 12)
})
