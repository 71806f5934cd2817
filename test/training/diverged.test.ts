import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train } from 'wordloom/training'

const lines = Array.from({ length: 400 }, (_, i) => `alpha beta w${i % 7} gamma w${i % 13} delta`)

for (const simd of ['plain', 'none'] as const)
  test(`exact softmax with steps that are too large ends in the error of any other: ${simd}`, async () => {
    const options = { objective: 'softmax', learningRate: 100, dimensions: 8, threads: 1, simd } as const
    await assert.rejects(() => train({ lines }, options), {
      code: 'usage',
      message:
        /^Cannot train: the vectors grew past all bounds in epoch \d+.*, and learningRate is 100\. Lower /,
    })
  })
