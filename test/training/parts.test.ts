import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Vocabulary } from 'wordloom/text'
import { train } from 'wordloom/training'
import { completeOptions } from '#training/options/options'
import { assignParts, LARGEST_PART, rowOf } from '#training/plan/parts'
import { planFor } from '#training/plan/schedule'
import { dealIntoAllParts, smallRuns, trainSmall } from './small-parts.js'

const weights = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 })

test('every word has a row of its own, whatever the parts', () => {
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 8 }), (given, count) => {
      const parts = assignParts(given, Math.max(1, Math.min(count, Math.floor(given.length / 8))))
      const rows = given.map((_, id) => rowOf(parts, id)).sort((a, b) => a - b)
      assert.deepEqual(
        rows,
        given.map((_, row) => row),
      )
    }),
  )
})

test('words that follow Zipf’s law make parts of nearly equal work', () => {
  const zipf = Float64Array.from({ length: 50_000 }, (_, rank) => Math.sqrt(1e6 / (rank + 1)))
  const parts = assignParts(zipf, 16)
  const work = new Float64Array(16)
  zipf.forEach((weight, id) => {
    work[parts.places[id]! >>> 16]! += weight
  })
  assert.ok(Math.max(...work) / Math.min(...work) < 1.01)
})

test('no part outgrows the sixteen bits of a place', () => {
  const parts = assignParts(new Float64Array(200_000).fill(1), 4)
  for (let part = 0; part < 4; part++)
    assert.ok(parts.starts[part + 1]! - parts.starts[part]! <= LARGEST_PART)
})

test('no part is left with too few words to draw from, even beside one word that is most of the text', () => {
  for (const count of [2, 3, 8, 16]) {
    const parts = assignParts(
      Float64Array.from({ length: 160 }, (_, id) => (id === 0 ? 1e9 : 1)),
      count,
    )
    for (let part = 0; part < count; part++)
      assert.ok(parts.starts[part + 1]! - parts.starts[part]! >= 2, `${count}`)
  }
})

test('whatever number of parts is asked for, each word has a place in one of at least two words', () => {
  for (const words of [1, 2, 15, 16, 17, 80, 97, 160, 333, 500]) dealIntoAllParts(words)
})

test('parts that there are too few or too many words for are refused', () => {
  for (const [words, count] of [
    [5, 3],
    [200_000, 3],
  ] as const)
    assert.throws(() => assignParts(new Float64Array(words).fill(1), count), {
      code: 'usage',
      message:
        /parts is 3, and there are [\d,]+ words; expected 2 to 65,535 words for each part\. Leave parts out\.$/,
    })
})

test('64 parts train 500 words, and 12 parts 97, frozen and continued ones, too', async () => {
  await trainSmall({ words: 500, parts: 64, simd: 'none', goesOn: true, frozen: true })
  await trainSmall({ words: 97, parts: 12, simd: 'plain', goesOn: false, frozen: false })
  await fc.assert(fc.asyncProperty(smallRuns, trainSmall), { numRuns: 3 })
})

test('a text that is mostly one word trains in blocks', async () => {
  const sentences = Array.from({ length: 2000 }, (_, i) => ['a', 'a', 'a', `w${i % 31}`, 'a', 'a'])
  const { losses } = await train(sentences, {
    schedule: 'blocks',
    subsampling: 0,
    dimensions: 4,
    minCount: 1,
    epochs: 2,
  })
  assert.ok(losses.every(Number.isFinite))
})

test('a handful of words trains in windows, whatever is asked', () => {
  const few = Vocabulary.of(['a', 'b', 'c', 'd', 'e'])
  assert.equal(planFor(few, 1e9, completeOptions({ schedule: 'blocks' })).schedule, 'windows')
})

test('the plan depends on the text and the options, not on the threads', () => {
  const vocabulary = Vocabulary.of(Array.from({ length: 40_000 }, (_, i) => `w${i}`))
  const plans = [1, 2, 7, 64].map(threads => planFor(vocabulary, 3_000_000, completeOptions({ threads })))
  assert.equal(new Set(plans.map(plan => JSON.stringify(plan))).size, 1)
  assert.deepEqual(plans[0], { schedule: 'blocks', parts: 8, rotations: 20 })
})
