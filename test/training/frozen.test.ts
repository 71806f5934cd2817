import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Model, type TrainCall, train } from 'wordloom/training'
import { trainBlock } from '#equations/train-block'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { encodeCorpus } from '#text/index'
import { beginningOf } from '#training/beginning'
import { inputVectors, outputVectors, rowsOf } from '#training/memory'
import { completeOptions } from '#training/options'
import { prepare } from '#training/prepare'
import { startOf } from '#training/start'
import { runThreads } from '#training/threads'

const common = { dimensions: 18, minCount: 1, epochs: 2, seed: 3, tokenizer: 'whitespace' } as const

function* sentences(count: number, seed: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(seed, s)
    yield Array.from({ length: 12 }, () => `w${Math.floor(400 ** random.uniform())}`)
  }
}

const old = await train(sentences(500, 1), { ...common, threads: 1 })
const everyThird = [...old.vocabulary.words()].filter((_, id) => id % 3 === 0)

function bits(model: Model, word: string): string {
  return Buffer.from(Uint8Array.from(new Uint8Array(model.vectors.vector(word)!.slice().buffer))).toString(
    'hex',
  )
}

async function frozenRun(call: TrainCall): Promise<Model> {
  return train(sentences(800, 2), { ...common, continue: old, frozen: everyThird, ...call })
}

for (const schedule of ['blocks', 'windows'] as const)
  for (const simd of ['plain', 'fastest', 'none'] as const)
    test(`${schedule}, simd ${simd}: frozen words keep their very bytes, and the others learn`, async () => {
      for (const threads of simd === 'none' ? [1] : [1, 3]) {
        const model = await frozenRun({ schedule, simd, threads })
        for (const word of everyThird) assert.equal(bits(model, word), bits(old, word), word)
        const moved = [...old.vocabulary.words()].filter(
          word => !everyThird.includes(word) && bits(model, word) !== bits(old, word),
        )
        assert.ok(moved.length > 150, `${moved.length} words moved`)
        assert.equal(model.start!.frozen, everyThird.length)
      }
    })

test('the output vectors of frozen words go on learning', async () => {
  const model = await frozenRun({ schedule: 'blocks', threads: 2 })
  const [now, before] = [model, old].map(({ vectors, vocabulary }) =>
    row(vectors.outputVectors!, vocabulary.idOf(everyThird[0]!)!),
  )
  assert.notDeepEqual(now, before)
})

for (const schedule of ['blocks', 'windows'] as const)
  test(`${schedule}: kernel and reference learn alike where words are frozen`, async () => {
    const kernel = await frozenRun({ schedule, threads: 1, epochs: 1 })
    const reference = await frozenRun({ schedule, threads: 1, epochs: 1, simd: 'none' })
    for (const which of ['matrix', 'outputVectors'] as const) {
      const [a, b] = [kernel.vectors[which]!.data, reference.vectors[which]!.data]
      const largest = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
      assert.ok(largest < 1e-5, `${which} differs by ${largest}`)
    }
    assert.ok(Math.abs(kernel.losses[0]! - reference.losses[0]!) < 1e-6)
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

for (const simd of ['plain', 'none'] as const)
  test(`frozen rows outside the kernels' memory stay too (simd ${simd})`, async () => {
    const options = completeOptions({ ...common, epochs: 1, schedule: 'blocks', parts: 5, simd, threads: 1 })
    const results = []
    for (const kernelLimit of [2 ** 32, 0]) {
      const start = startOf({ continue: old, frozen: everyThird })!
      const corpus = await encodeCorpus(sentences(300, 2), { ...options, known: old.vocabulary })
      const beginning = beginningOf(start, corpus, 'negative-sampling')
      const { layout, memories, control, tasks } = prepare(corpus, options, { kernelLimit, beginning })
      await runThreads(tasks, control, undefined)
      const rows = rowsOf(memories)
      results.push([inputVectors(layout, rows).data.slice(), outputVectors(layout, rows).data.slice()])
    }
    assert.deepEqual(results[0], results[1])
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
