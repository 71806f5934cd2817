/** What decides which steps are taken: (21) to (24). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { learningRate } from '#equations/learning-rate'
import { drawNegativeSamples, drawWord, noiseWeights } from '#equations/noise'
import { keepProbability, keepThreshold } from '#equations/subsampling'
import { aliasTable } from '#math/alias-table'
import { Random } from '#math/random'
import { SENTENCE_END, windows } from '#reference/kept-tokens'
import { assertClose } from './closeness.js'

test('noise weights are counts to the power of ¾', () => {
  fc.assert(
    fc.property(fc.nat(1e9), count => assertClose(noiseWeights([count], 0.75)[0], count ** 0.75, 1e-14)),
  )
})

test('below 0 rare words weigh more than frequent ones, and words without a count nothing', () => {
  assert.deepEqual([...noiseWeights([0, 1, 4, 16], -0.5)], [0, 1, 0.5, 0.25])
  assert.deepEqual([...noiseWeights([0, 1, 16], -0.75)], [0, 1, 0.125])
  assert.deepEqual([...noiseWeights([0, 1, 4], -1)], [0, 1, 0.25])
  assert.ok(noiseWeights([0, 3], -0.3).every(Number.isFinite))
})

test('negatives come as often as their weights say, and never are the outside word', () => {
  const weights = noiseWeights([1, 16, 81, 256], 0.75) // 1, 8, 27, 64
  const random = new Random(7, 0)
  const table = aliasTable(weights)
  const drawn = drawNegativeSamples(() => drawWord(table, random), 2, 73_000)
  const shares = [0, 1, 2, 3].map(word => drawn.filter(other => other === word).length / 1000)
  for (const [word, share] of [1, 8, 0, 64].entries()) assert.ok(Math.abs(shares[word] - share) < 1)
  assert.equal(shares[2], 0)
})

test('where the outside word has next to all of the noise, any other word will do, and soon', () => {
  const random = new Random(7, 0)
  const table = aliasTable([1e12, 1, 3, 0.5])
  let draws = 0
  const draw = (evenly: boolean) => {
    draws++
    return drawWord(table, random, evenly)
  }
  const drawn = drawNegativeSamples(draw, 0, 3000)
  assert.ok(draws < 3000 * 110)
  for (const word of [1, 2, 3]) assert.ok(Math.abs(drawn.filter(other => other === word).length - 1000) < 100)
})

test('a frequent word is kept with probability √(t/f) + t/f, a rare one always', () => {
  assertClose(keepProbability(10_000, 1_000_000, 1e-4), 0.1 + 0.01, 1e-15)
  assert.equal(keepProbability(10, 1_000_000, 1e-4), 1)
  assert.equal(keepProbability(10_000, 1_000_000, 0), 1)
  assert.deepEqual([keepThreshold(1), keepThreshold(0.5), keepThreshold(0)], [2 ** 32 - 1, 2 ** 31 - 1, 0])
})

test('each window reaches 1 to m words, as often one as the other, and stops at the ends of its sentence', () => {
  const ids = Int32Array.from({ length: 30_000 }, (_, i) => (i % 100 === 99 ? SENTENCE_END : i % 100))
  const keep = new Uint32Array(100).fill(2 ** 32 - 1)
  const block = { ids, first: 0, last: ids.length, position: 0 }
  const distances = [0, 0, 0, 0]
  for (const { outside, centers } of windows(block, { window: 3, keep, keepKey: 1, windowKey: 2 }))
    for (const center of centers) distances[Math.abs(outside - center)]++
  // Every window reaches distance 1, two thirds distance 2, one third distance 3; a sentence of 99 loses few at its ends.
  const [none, one, two, three] = distances
  assert.equal(none, 0)
  assert.equal(one, 2 * 98 * 300)
  assert.ok(Math.abs(two / one - 2 / 3) < 0.02)
  assert.ok(Math.abs(three / one - 1 / 3) < 0.02)
})

test('the learning rate falls in a straight line', () => {
  for (const [progress, rate] of [
    [0, 0.05],
    [0.5, 0.03],
    [1, 0.01],
  ])
    assertClose(learningRate(progress, 0.05, 0.01), rate, 1e-15)
})
