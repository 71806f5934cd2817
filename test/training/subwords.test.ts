import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type Model, train } from 'wordloom/training'
import { subwordBuckets } from '#text/subwords'
import { trainOn } from './words-of-trades.js'

function digest({ vectors }: Model): string {
  const hash = createHash('sha256')
  for (const { data } of [vectors.matrix, vectors.outputVectors!, vectors.subwords!.matrix])
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}

test('one thread gives the same bytes again and again, those of every other machine', async () => {
  const [one, two] = [await trainOn(), await trainOn()]
  assert.equal(digest(one), digest(two))
  assert.equal(digest(one), '01f31a4134ee299f4600bae5b034c72a210177bfab965b9d360edf7392e608ef')
})

test('only buckets with an n-gram of some word have rows, and a word is the mean of its own and theirs', async () => {
  const { vectors } = await trainOn({ epochs: 1 })
  const subwords = vectors.subwords!
  const used = new Set([...vectors.vocabulary.words()].flatMap(word => bucketsOf(word)))
  assert.deepEqual(
    [...subwords.buckets!],
    [...used].sort((a, b) => a - b),
  )
  assert.equal(subwords.matrix.rows, used.size)
  const word = vectors.vocabulary.bytes(3)
  const again = subwords.ownRow(vectors.matrix.data.slice(3 * 20, 4 * 20), word)
  subwords.compose(again, word)
  assert.ok(again.every((x, i) => Math.abs(x - vectors.matrix.data[3 * 20 + i]!) < 1e-6))
})

test('a word that was never seen is near the words that it is made like', async () => {
  const { vectors } = await trainOn({ epochs: 8, learningRate: 0.05 })
  assert.equal(vectors.has('weavable'), false)
  for (const { word } of vectors.nearest('weavable', 3))
    assert.match(word, /^weav|^spinn|^knitt|^stitch|^thread/)
  assert.ok(vectors.similarity('weavable', 'weaver') > vectors.similarity('weavable', 'runner'))
  assert.throws(() => vectors.nearest('weavable', { unknown: 'throw' }), { code: 'unknown-word' })
})

test('several threads train, too', async () => {
  const { vectors, losses } = await trainOn({ threads: 2, schedule: 'windows', architecture: 'cbow' })
  assert.ok(losses.at(-1)! < losses[0]! && vectors.size === 49)
})

test('options of sub-words that contradict each other are refused', async () => {
  const lines = [['a', 'b', 'a', 'b']]
  for (const [options, message] of [
    [{ minNgram: 2 }, /minNgram is given, and training is without sub-words/],
    [{ subwords: true, minNgram: 7 }, /minNgram is 7 and maxNgram is 6; expected the longest/],
    [{ subwords: true, bag: 'sum' }, /bag is sum/],
    [{ subwords: true, schedule: 'blocks' }, /schedule is blocks.*not for sub-words/],
    [{ subwords: 1 as unknown as boolean }, /subwords is 1; expected true or false/],
  ] as const)
    await assert.rejects(train(lines, { minCount: 1, ...options }), { code: 'usage', message })
})

function bucketsOf(word: string): number[] {
  return subwordBuckets(new TextEncoder().encode(word), { minNgram: 3, maxNgram: 6, buckets: 5000 })
}
