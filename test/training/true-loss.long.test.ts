import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Matrix } from '#math/matrix'
import { Random } from '#math/random'
import { type EncodedCorpus, encodeCorpus } from '#text/index'
import { completeOptions, type TrainingOptions } from '#training/options/options'
import { prepare } from '#training/run/prepare'
import { runThreads } from '#training/run/threads'

// Where nothing moves, the loss of an epoch is a sum that can be made again pair by pair, with Math.log and
// Math.exp in float64: that is what simd 'none' does.
for (const spread of [0.2, 0.5, 1, 3])
  test(`the loss of an epoch is the sum over its pairs, for vectors within ±${spread / 2}`, async () => {
    const options = completeOptions({ dimensions: 20, minCount: 1, schedule: 'blocks', parts: 4 })
    const corpus = await encodeCorpus(sentences(), options)
    const byKernel = await meanLoss(corpus, { ...options, threads: 3 }, spread)
    const bruteForce = await meanLoss(corpus, { ...options, threads: 1, simd: 'none' }, spread)
    const difference = Math.abs(byKernel / bruteForce - 1)
    assert.ok(difference < 1e-9, `${byKernel} against ${bruteForce}`)
  })

async function meanLoss(corpus: EncodedCorpus, options: TrainingOptions, spread: number): Promise<number> {
  const still = { ...options, epochs: 1, learningRate: 0, minLearningRate: 0 }
  const { memory, control, tasks } = prepare(corpus, still)
  scatter(memory.input, 1, spread)
  scatter(memory.output, 2, spread)
  await runThreads(tasks, control, undefined)
  return control.epoch(0).loss / control.epoch(0).pairs
}

function scatter({ data }: Matrix, seed: number, spread: number): void {
  const random = new Random(seed, 7)
  for (let i = 0; i < data.length; i++) data[i] = (random.uniform() - 0.5) * spread
}

function* sentences(): Generator<string[]> {
  for (let s = 0; s < 2000; s++) {
    const random = new Random(5, s)
    yield Array.from({ length: 15 }, () => `w${Math.floor(1500 ** random.uniform())}`)
  }
}
