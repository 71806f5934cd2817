import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train } from 'wordloom/training'
import { plainCombinations } from './combinations.js'
import { common, sentences, testLearning, trainOn } from './learning.js'

testLearning(plainCombinations)

for (const objective of ['hierarchical-softmax', 'softmax'] as const)
  test(`${objective}: the loss is that of the reference, and begins at what a guess costs`, async () => {
    const still = { objective, architecture: 'cbow', epochs: 1, learningRate: 1e-9 } as const
    const kernel = await trainOn(still)
    const reference = await trainOn({ ...still, simd: 'none' })
    assert.ok(Math.abs(kernel.losses[0]! - reference.losses[0]!) < 1e-6)
    assert.ok(Math.abs(kernel.heldOutLosses[0]! - reference.heldOutLosses[0]!) < 1e-6)
    if (objective === 'softmax') assert.ok(Math.abs(kernel.losses[0]! - Math.log(100)) < 1e-3)
  })

test('several threads share the rows of any combination, and learn', async () => {
  for (const objective of ['hierarchical-softmax', 'softmax'] as const) {
    const { losses } = await trainOn({ objective, architecture: 'cbow', threads: 2 })
    assert.ok(losses[2]! < losses[0]!, losses.join())
  }
})

test('blocks are refused for what cannot be trained in them', async () => {
  await assert.rejects(trainOn({ schedule: 'blocks', architecture: 'cbow' }), {
    code: 'usage',
    message:
      /schedule is blocks, which is not for cbow with .*; expected skip-gram with negative-sampling, .*\. Use schedule: 'windows', /,
  })
})

test('exact softmax is refused where it would take days, with the estimate and what to do', async () => {
  const vast = { objective: 'softmax', epochs: 100_000, dimensions: 8192 } as const
  await assert.rejects(trainOn(vast), {
    code: 'too-large',
    message:
      /about \d\.\de\+\d+ operations, [\d,]+ hours of one processor; expected at most .*\. Keep fewer words/,
  })
})

test('a window longer than a batch of exact softmax trains as the reference does', async () => {
  const wide = { objective: 'softmax', window: 40, epochs: 1 } as const
  const kernel = await train(sentences(100), { ...common, ...wide })
  const reference = await train(sentences(100), { ...common, ...wide, simd: 'none' })
  const other = reference.vectors.matrix.data
  kernel.vectors.matrix.data.forEach((x, i) => {
    assert.ok(Math.abs(x - other[i]!) < 1e-5)
  })
})
