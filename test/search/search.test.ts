import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { measureRecall, openIndex, ScanIndex } from '#search/index'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { type NearestOptions, type Query, WordVectors } from '#vectors/index'
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

test('what cannot be meant is said in a sentence', async () => {
  await assert.rejects(exact.nearest('nobody'), { code: 'unknown-word' })
  await assert.rejects(exact.nearest('w1', 0), { code: 'usage', message: /count/ })
  await assert.rejects(openIndex(vectors, 'fuzzy' as never), {
    code: 'usage',
    message: 'Cannot search: search is "fuzzy"; expected one of exact, int8, product, approximate.',
  })
  for (const threads of [0, 0.5, 257])
    await assert.rejects(openIndex(vectors, 'exact', { threads }), {
      code: 'usage',
      message: `Cannot search: threads is ${threads}; expected a whole number from 1 to 256.`,
    })
  for (const [name, least] of Object.entries({ sample: 1, count: 1, seed: 0 }))
    await assert.rejects(measureRecall(exact, { [name]: -1 }), {
      code: 'usage',
      message: `Cannot measure the recall: ${name} is -1; expected a whole number from ${least} up.`,
    })
})

test('a closed index answers no more', async () => {
  const index = new ScanIndex('exact', plantedVectors(50, 3), { threads: 2, stayBelow: 0 })
  await index.nearest('w1')
  await index.close()
  await assert.rejects(index.nearest('w1'), /closed/)
})

test('an index that may miss words knows what share of the true ones it finds, and warns if it is poor', async () => {
  assert.deepEqual([exact.recall, exact.warnings], [1, []])
  const alike = nearlyAlike(3000, 20, 1e-2)
  const int8 = await openIndex(alike, 'int8', { threads: 1 })
  assert.ok(int8.recall! > 0.95, `rounding is of what sets rows apart: ${int8.recall}`)
  assert.deepEqual(int8.warnings, [])
  const poor = await openIndex(nearlyAlike(3000, 20, 1e-6), 'product')
  assert.ok(poor.recall! < 0.9)
  assert.match(
    String(poor.warnings),
    /^product search finds only [\d.]+ % of the 10 nearest words \(100 words drawn\)/,
  )
  const unmeasured = await openIndex(alike, 'int8', { threads: 1, measure: false })
  assert.equal(unmeasured.recall, undefined)
  await assert.rejects(openIndex(alike, 'int8', { measure: 'no' as never }), {
    code: 'usage',
    message: 'Cannot search: measure is "no"; expected true or false.',
  })
})

/** Rows of one direction and a little noise. */
function nearlyAlike(size: number, dimensions: number, noise: number): WordVectors {
  const words = Array.from({ length: size }, (_, i) => `w${i}`)
  const alike = WordVectors.allocate(Vocabulary.of(words), dimensions)
  const random = new Random(1, 2)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < dimensions; j++)
      row(alike.matrix, i)[j] = Math.sin(j + 1) + noise * (random.uniform() - 0.5)
  return alike
}
