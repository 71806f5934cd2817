import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { measureRecall, openIndex, ScanIndex, searchKinds } from '#search/index'
import { plantedVectors } from './planted-vectors.js'

test('any small vectors, any question: threads change nothing, and int8 finds nearly all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 33 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 4 }),
      async (words, dimensions, count, threads) => {
        const small = plantedVectors(words, dimensions, words)
        const asked = ['w0', `w${words - 1}`]
        const truth = small.nearestBatch(asked, count)
        for (const kind of ['exact', 'int8'] as const) {
          const index = new ScanIndex(kind, small, { threads, stayBelow: 0 })
          assert.deepEqual(await index.nearestBatch(asked, count), truth, kind)
          await index.close()
        }
      },
    ),
    { numRuns: 15 },
  )
})

test('every kind of index gives true cosines and finds most of the nearest words', async () => {
  const small = plantedVectors(3000, 24)
  for (const kind of searchKinds) {
    const index = await openIndex(small, kind, { threads: 2, stayBelow: 0 })
    assert.equal(index.kind, kind)
    const [found] = await index.nearestBatch(['w4', 'w9'], { count: 10 })
    assert.equal(found!.length, 10)
    const truth = new Map(small.nearest('w4', 2999).map(({ word, similarity }) => [word, similarity]))
    for (const { word, similarity } of found!) assert.equal(similarity, truth.get(word), kind)
    const recall = await measureRecall(index, { sample: 60 })
    assert.ok(recall >= { exact: 1, int8: 0.999, product: 0.95, approximate: 0.9 }[kind], `${kind} ${recall}`)
    await index.close()
  }
})
