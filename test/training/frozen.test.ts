import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train } from 'wordloom/training'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { trainBlock } from '#reference/blocks'
import { bits, common, everyThird, frozenRun, old, sentences } from './frozen-words.js'

test('the output vectors of frozen words go on learning', async () => {
  const model = await frozenRun({ schedule: 'blocks', threads: 2 })
  const [now, before] = [model, old].map(({ vectors, vocabulary }) =>
    row(vectors.outputVectors!, vocabulary.idOf(everyThird[0]!)!),
  )
  assert.notDeepEqual(now, before)
})

test('blocks with frozen words give the same bytes for any number of threads', async () => {
  const runs = await Promise.all([1, 2, 4].map(threads => frozenRun({ schedule: 'blocks', threads })))
  for (const run of runs) assert.deepEqual(run.vectors.matrix.data, runs[0]!.vectors.matrix.data)
})

test('where all that is given is frozen, new words alone move', async () => {
  const text = [...sentences(300, 2)].map(sentence => [...sentence, 'new', 'newer'])
  const model = await train(text, { ...common, continue: old, frozen: 'given', learningRate: 0.05 })
  for (const word of old.vocabulary.words()) assert.equal(bits(model, word), bits(old, word), word)
  const chance = await train(text, { ...common, continue: old, frozen: 'given', learningRate: 1e-9 })
  assert.notEqual(bits(model, 'new'), bits(chance, 'new'))
})

test('the reference of a block leaves frozen rows and moves what they meet', () => {
  const matrix = (seed: number) => {
    const random = new Random(seed, 0)
    return {
      data: Float32Array.from({ length: 12 }, () => random.uniform() - 0.5),
      rows: 3,
      columns: 4,
      stride: 4,
    }
  }
  const [inputs, outputs] = [matrix(1), matrix(2)]
  const before = [inputs.data.slice(), outputs.data.slice()] as const
  trainBlock({
    inputVectors: inputs,
    outputVectors: outputs,
    noise: { runs: Uint32Array.of(2 ** 32 - 1, 0), starts: Uint32Array.of(0, 3) },
    pairs: Uint32Array.of((0 << 16) | 1, (1 << 16) | 2, (2 << 16) | 0),
    negativeSamples: 2,
    negativeKey: 1,
    ownNegativeKey: 2,
    learningRate: 0.1,
    frozen: Uint8Array.of(1, 0, 1),
  })
  assert.deepEqual(inputs.data.subarray(0, 4), before[0].subarray(0, 4))
  assert.notDeepEqual(inputs.data.subarray(4, 8), before[0].subarray(4, 8))
  assert.deepEqual(inputs.data.subarray(8, 12), before[0].subarray(8, 12))
  for (const at of [0, 4, 8])
    assert.notDeepEqual(outputs.data.subarray(at, at + 4), before[1].subarray(at, at + 4))
})
