import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeCorpus } from '#text/index'
import { completeOptions } from '#training/options/options'
import { prepare } from '#training/run/prepare'
import { runThreads } from '#training/run/threads'
import { beginningOf } from '#training/start/beginning'
import { startOf } from '#training/start/start'
import { bits, common, everyThird, frozenRun, old, sentences } from './frozen-words.js'

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

for (const simd of ['plain', 'none'] as const)
  test(`frozen rows outside the kernels' memory stay too (simd ${simd})`, async () => {
    const options = completeOptions({ ...common, epochs: 1, schedule: 'blocks', parts: 5, simd, threads: 1 })
    const results = []
    for (const kernelLimit of [2 ** 32, 0]) {
      const start = startOf({ continue: old, frozen: everyThird })!
      const corpus = await encodeCorpus(sentences(300, 2), { ...options, known: old.vocabulary })
      const beginning = beginningOf(start, corpus, options)
      const { memory, control, tasks } = prepare(corpus, options, { kernelLimit, beginning })
      await runThreads(tasks, control, undefined)
      results.push([memory.input.data.slice(), memory.output.data.slice()])
    }
    assert.deepEqual(results[0], results[1])
  })
