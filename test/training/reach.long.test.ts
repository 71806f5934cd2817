import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train } from 'wordloom'
import { baskets } from './baskets.js'

for (const schedule of ['windows', 'blocks'] as const)
  test(`${schedule}: kernel and reference train the same whole baskets`, async () => {
    const options = {
      schedule,
      reach: 'sentence',
      dimensions: 8,
      epochs: 1,
      threads: 1,
      minCount: 1,
    } as const
    const kernel = await train(baskets, { ...options, subsampling: 0 })
    const reference = await train(baskets, { ...options, subsampling: 0, simd: 'none' })
    const [a, b] = [kernel.vectors.matrix.data, reference.vectors.matrix.data]
    for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) < 1e-4)
    assert.ok(Math.abs(kernel.losses[0]! - reference.losses[0]!) < 1e-6)
  })
