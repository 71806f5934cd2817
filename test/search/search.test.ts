import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { measureRecall, openIndex, ScanIndex, searchKinds } from '#search/index'
import type { NearestOptions, Query } from '#vectors/index'
import { plantedVectors } from './planted-vectors.js'

const vectors = plantedVectors(70_000, 20)
const exact = new ScanIndex('exact', vectors, { threads: 3, stayBelow: 0 })
after(() => exact.close())

const queries: Query[] = [
  'w5',
  vectors.vector('w77')!.slice(),
  { positive: ['w1', ['w2', 2]], negative: ['w3'] },
  'w100', // zeros
  ...Array.from({ length: 9 }, (_, i) => `w${i * 7001}`),
]

const questions: NearestOptions[] = [
  {},
  { count: 1 },
  { count: 300 },
  { limit: 40_000 },
  { limit: 3 },
  { exclude: ['w10', 'w11', 'w7005', 'nobody'] },
  { among: ['w9', 'w69999', 'nobody', 'w1'] },
  { among: ['w9', 'w69999'], limit: 50 },
  { threshold: 0.5 },
]

test('an exact scan on threads gives what one thread gives, number for number', async () => {
  for (const options of questions)
    assert.deepEqual(
      await exact.nearestBatch(queries, options),
      vectors.nearestBatch(queries, options),
      JSON.stringify(options),
    )
  assert.deepEqual(await exact.nearest('w5', 3), vectors.nearest('w5', 3))
  assert.equal(exact.threads, 3)
})

test('products of cosines are answered by every index', async () => {
  const query = { positive: ['w1', 'w2'], negative: ['w3'] }
  assert.deepEqual(
    await exact.nearest(query, { method: 'multiply' }),
    vectors.nearest(query, { method: 'multiply' }),
  )
})

test('requests that overlap get their own answers', async () => {
  const words = Array.from({ length: 12 }, (_, i) => `w${i * 11}`)
  const found = await Promise.all(words.map(word => exact.nearest(word, 4)))
  assert.deepEqual(found, vectors.nearestBatch(words, 4))
})

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

test('what cannot be meant is said in a sentence', async () => {
  await assert.rejects(exact.nearest('nobody'), { code: 'unknown-word' })
  await assert.rejects(exact.nearest('w1', 0), { code: 'usage', message: /count/ })
  await assert.rejects(openIndex(vectors, 'fuzzy' as never), {
    code: 'usage',
    message: /exact, int8, product, approximate/,
  })
  await assert.rejects(openIndex(vectors, 'exact', { threads: 0.5 }), { code: 'usage', message: /threads/ })
  await assert.rejects(measureRecall(exact, { sample: 0 }), { code: 'usage', message: /sample/ })
})

test('a closed index answers no more', async () => {
  const index = new ScanIndex('exact', plantedVectors(50, 3), { threads: 2, stayBelow: 0 })
  await index.nearest('w1')
  await index.close()
  await assert.rejects(index.nearest('w1'), /closed/)
})
