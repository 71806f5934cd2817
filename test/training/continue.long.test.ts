import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drift } from 'wordloom/comparison'
import { train } from 'wordloom/training'
import { Random } from '#math/random'
import { common } from './continued.js'

test('a new word finds the company that it keeps, and old neighbours stay neighbours', async () => {
  const topics = 12
  const planted = (count: number, seed: number, newcomer?: string) =>
    Array.from({ length: count }, (_, s) => {
      const random = new Random(seed, s)
      const topic = random.below(topics)
      const words = Array.from({ length: 10 }, () => `t${topic}-${random.below(12)}`)
      if (newcomer && topic === 4) words[random.below(10)] = newcomer
      return words
    })
  const first = await train(planted(3000, 1), { ...common, epochs: 8, learningRate: 0.05 })
  for (const schedule of ['blocks', 'windows'] as const) {
    const call = { continue: first, epochs: 4, learningRate: 0.05, threads: 2, schedule }
    const second = await train(planted(1500, 2, 'newcomer'), call)
    const neighbors = second.vectors.nearest('newcomer', 10).map(({ word }) => word)
    assert.ok(neighbors.filter(word => word.startsWith('t4-')).length >= 9, neighbors.join())
    const stay = second.vectors.nearest('t7-3', 10).map(({ word }) => word)
    assert.ok(stay.filter(word => word.startsWith('t7-')).length >= 9, stay.join())
    const { words, moved, meanCosine, most } = drift(first.vectors, second.vectors)
    assert.deepEqual([words, moved, most.length], [topics * 12, topics * 12, 10])
    assert.ok(meanCosine > 0.8 && meanCosine < 1, `${meanCosine}`)
  }
})
