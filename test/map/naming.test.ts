import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namingOrder } from '#map/index'
import { Random } from '#math/random'

const GROUPS = 8
const COMMON = 12

/** Words of groups, with words between them that lie near the mean of all, as function words do. */
function someWords(size: number) {
  const isCommon = (id: number) => id % 4 === 0 && id < 4 * COMMON
  const random = new Random(1, 0)
  const rows = Array.from({ length: size }, (_, id) => {
    const row = Float32Array.from({ length: 24 }, (_, d) => {
      const own = d === 1 + (id % GROUPS) ? 1.6 : 0
      return (d === 0 ? 1 : 0) + (isCommon(id) ? 0 : own) + 0.5 * (random.uniform() - 0.5)
    })
    const length = Math.hypot(...row)
    return row.map(value => value / length)
  })
  const word = (id: number) => (id === 5 ? 'ab' : `${'word'.repeat(1 + (id % 2))}`)
  return { isCommon, words: { size, word, direction: (id: number) => rows[id]! } }
}

test('words that lie near the mean, and those of two letters, are named after the telling ones', () => {
  const { words, isCommon } = someWords(200)
  const order = [...namingOrder(words)]
  assert.deepEqual(
    order.toSorted((a, b) => a - b),
    Array.from({ length: 200 }, (_, id) => id),
  )
  const first = order.slice(0, 60)
  assert.deepEqual(
    first.filter(id => isCommon(id) || id === 5),
    [],
  )
  assert.deepEqual(
    first,
    first.toSorted((a, b) => a - b),
    'the frequent ones first',
  )
  assert.deepEqual([...namingOrder(words)], order)
})

test('a few words are named by frequency, after them those of two letters; none are named in no time', () => {
  assert.deepEqual([...namingOrder(someWords(8).words)], [0, 1, 2, 3, 4, 6, 7, 5])
  assert.deepEqual([...namingOrder(someWords(0).words)], [])
})
