import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digest, trainOn } from './topics.js'

test('a text in a temporary file gives the bytes of a text in memory', async () => {
  for (const schedule of ['blocks', 'windows'] as const) {
    const options = { schedule, threads: schedule === 'blocks' ? 2 : 1, epochs: 1, heldOut: 0.1 }
    const [inFile, inMemory] = [await trainOn({ ...options, idMemory: 0 }), await trainOn(options)]
    assert.equal(digest(inFile), digest(inMemory))
    assert.deepEqual(inFile.vectors.metadata, inMemory.vectors.metadata)
  }
})

test('the file tells how multiplication and addition were rounded', async () => {
  assert.equal((await trainOn({ epochs: 1 })).vectors.metadata.rounding, 'twice')
  assert.equal((await trainOn({ epochs: 1, simd: 'none' })).vectors.metadata.rounding, 'reference')
  const fastest = await trainOn({ epochs: 1, simd: 'fastest' })
  assert.match(
    fastest.vectors.metadata.rounding!,
    fastest.options.simd === 'relaxed' ? /once|twice/ : /twice/,
  )
})

for (const schedule of ['blocks', 'windows'] as const)
  test(`${schedule}: the readable reference trains what the kernel trains`, async () => {
    const kernel = await trainOn({ schedule, threads: 1, epochs: 1 })
    const reference = await trainOn({ schedule, threads: 1, epochs: 1, simd: 'none' })
    for (const which of ['matrix', 'outputVectors'] as const) {
      const [a, b] = [kernel.vectors[which]!.data, reference.vectors[which]!.data]
      const largest = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
      assert.ok(largest < 1e-5, `${which} differs by ${largest}`)
    }
    assert.ok(Math.abs(kernel.losses[0]! - reference.losses[0]!) < 1e-6)
  })

test('words that keep company come out near each other, in both schedules', async () => {
  for (const schedule of ['blocks', 'windows'] as const) {
    const { vectors, losses } = await trainOn({ schedule, threads: 2, epochs: 10, learningRate: 0.05 })
    assert.ok(losses.at(-1)! < losses[0]!, `${schedule}: loss ${losses[0]} → ${losses.at(-1)}`)
    let same = 0
    for (let topic = 20; topic < 60; topic++) {
      const neighbours = vectors.nearest(`w${topic * 30 + 5}`, 10)
      same += neighbours.filter(({ word }) => Math.floor(Number(word.slice(1)) / 30) === topic).length
    }
    assert.ok(same > 300, `${schedule}: ${same} of 400 neighbours have the same topic`)
  }
})
