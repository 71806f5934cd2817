import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train } from 'wordloom/training'

test('a vocabulary of more than 65,536 words trains in both schedules', async () => {
  const words = 70_000
  const sentences = [
    Array.from({ length: words }, (_, i) => `w${i}`),
    Array.from({ length: words }, (_, i) => `w${(i * 7) % words}`),
  ]
  for (const schedule of ['windows', 'blocks'] as const) {
    const { vectors } = await train(sentences, {
      schedule,
      minCount: 1,
      dimensions: 4,
      epochs: 1,
      threads: 2,
    })
    assert.equal(vectors.size, words)
    for (const word of ['w0', 'w1', 'w65535', 'w65536', 'w69999'])
      assert.ok(
        vectors.vector(word)!.some(value => value !== 0),
        `${schedule}: ${word}`,
      )
  }
})
