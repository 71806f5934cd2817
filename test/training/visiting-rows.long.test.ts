import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '#math/random'
import { encodeCorpus } from '#text/index'
import { completeOptions, type TrainingOptions } from '#training/options/options'
import { prepare } from '#training/run/prepare'
import { runThreads } from '#training/run/threads'

/** Bytes of both matrices after training, with the rows in the kernels' memory or outside it. */
async function trained(chosen: Partial<TrainingOptions>, kernelLimit: number) {
  const options = completeOptions({ dimensions: 18, minCount: 1, schedule: 'blocks', parts: 5, ...chosen })
  const corpus = await encodeCorpus(sentences(), options)
  const { memory, control, tasks } = prepare(corpus, options, { kernelLimit })
  await runThreads(tasks, control, undefined)
  const matrices = [memory.input, memory.output].map(({ data }) => Array.from(data))
  return { layout: memory.layout, matrices, loss: control.epoch(0).loss, heldOut: control.heldOutLoss(0) }
}

function* sentences(): Generator<string[]> {
  for (let s = 0; s < 600; s++) {
    const random = new Random(3, s)
    yield Array.from({ length: 12 }, () => `w${Math.floor(400 ** random.uniform())}`)
  }
}

for (const simd of ['plain', 'none'] as const)
  test(`rows outside the kernels' memory give the same bytes as rows in it (simd ${simd})`, async () => {
    const options = { simd, epochs: 1, heldOut: 0.1, threads: simd === 'none' ? 1 : 2 }
    const inside = await trained(options, 2 ** 32)
    const outside = await trained(options, 0)
    assert.equal(inside.layout.rowsOutside, false)
    assert.equal(outside.layout.rowsOutside, true)
    assert.deepEqual(outside.matrices, inside.matrices)
    assert.equal(outside.loss, inside.loss)
    assert.equal(outside.heldOut, inside.heldOut)
  })
