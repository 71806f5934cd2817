import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { train } from 'wordloom/training'
import { dealIntoAllParts, smallRuns, trainSmall } from './small-parts.js'

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

test('whatever number of parts is asked for, each of 1 to 500 words has a place in one of at least two words', () => {
  for (let words = 1; words <= 500; words++) dealIntoAllParts(words)
})

test('every number of parts trains every small vocabulary, frozen and continued ones, too', async () => {
  await fc.assert(fc.asyncProperty(smallRuns, trainSmall), { numRuns: 30 })
})
