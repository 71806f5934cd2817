import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { train } from 'wordloom'
import { encodeCorpus } from 'wordloom/text'
import { type Block, pairs, SENTENCE_END, windows } from '#reference/kept-tokens'
import { completeOptions } from '#training/options/options'
import { withReach } from '#training/plan/reach'
import { baskets } from './baskets.js'

const everything = { keep: new Uint32Array(10).fill(0xffffffff), keepKey: 1, windowKey: 2 }

function blockOf(baskets: readonly (readonly number[])[]): Block {
  const ids = Int32Array.from(baskets.flatMap(basket => [...basket, SENTENCE_END]))
  return { ids, first: 0, last: ids.length, position: 0 }
}

test('windows that do not shrink see every pair of a basket exactly once each way', () => {
  const basket = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(basket, { minLength: 1, maxLength: 6 }), baskets => {
      const settings = { ...everything, window: 11, leastReach: 11 }
      const expected = baskets.flatMap(items =>
        items.flatMap((center, i) =>
          items.flatMap((outside, j) => (i === j ? [] : [`${center} ${outside}`])),
        ),
      )
      const seen = [...pairs(blockOf(baskets), settings)].map(({ center, outside }) => `${center} ${outside}`)
      const byWindow = [...windows(blockOf(baskets), settings)].flatMap(({ outside, centers }) =>
        centers.map(center => `${center} ${outside}`),
      )
      assert.deepEqual(seen.sort(), expected.toSorted())
      assert.deepEqual(byWindow.sort(), expected.toSorted())
    }),
  )
})

test('blocks give the same bytes for any number of threads, with every reach', async () => {
  for (const reach of ['full', 'sentence'] as const) {
    const options = { schedule: 'blocks', reach, dimensions: 4, epochs: 2, minCount: 1 } as const
    const [one, two] = [
      await train(baskets, { ...options, threads: 1 }),
      await train(baskets, { ...options, threads: 2 }),
    ]
    assert.deepEqual(one.vectors.matrix.data, two.vectors.matrix.data)
  }
})

test('the window is as wide as the longest basket, and longer ones than windows can be are refused', async () => {
  const options = completeOptions({ reach: 'sentence' })
  const { ids } = await encodeCorpus(baskets, { minCount: 1 })
  assert.equal(withReach(ids, options).window, 299)
  const long = [Array.from({ length: 8193 }, (_, i) => `i${i % 9}`)]
  await assert.rejects(train(long, { reach: 'sentence' }), {
    code: 'bad-data',
    message: /^Cannot train: a sentence has 8,193 words; expected at most 8,192 with reach: 'sentence'\. /,
  })
})
