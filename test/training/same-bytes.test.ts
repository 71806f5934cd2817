import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type Model, type TrainingOptions, train } from 'wordloom/training'
import { Random } from '#math/random'

const WORDS = 3000

/** Sentences whose words keep company: each has one topic, and words of a topic are near each other. */
function* sentences(count: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(11, s)
    const topic = random.below(WORDS / 30)
    yield Array.from({ length: 5 + random.below(20) }, () =>
      random.uniform() < 0.6
        ? `w${topic * 30 + random.below(30)}`
        : `w${Math.floor(WORDS ** random.uniform()) - 1}`,
    )
  }
}

const common = { dimensions: 20, minCount: 1, epochs: 2, negativeSamples: 5, seed: 42 } as const

async function trainOn(options: Partial<TrainingOptions>): Promise<Model> {
  return train(sentences(4000), { ...common, ...options })
}

function digest({ vectors }: Model): string {
  const hash = createHash('sha256')
  for (const matrix of [vectors.matrix, vectors.outputVectors!])
    hash.update(new Uint8Array(matrix.data.buffer, matrix.data.byteOffset, matrix.data.byteLength))
  return hash.digest('hex')
}

test('blocks give the same bytes and the same loss for any number of threads', async () => {
  const runs = []
  for (const threads of [1, 2, 3, 4, 5, 8, 16]) runs.push(await trainOn({ schedule: 'blocks', threads }))
  assert.equal(new Set(runs.map(digest)).size, 1)
  assert.equal(new Set(runs.map(run => run.losses.join())).size, 1)
})

test('a text in a temporary file gives the bytes of a text in memory', async () => {
  for (const schedule of ['blocks', 'windows'] as const) {
    const options = { schedule, threads: schedule === 'blocks' ? 2 : 1, epochs: 1, heldOut: 0.1 }
    const [inFile, inMemory] = [await trainOn({ ...options, idMemory: 0 }), await trainOn(options)]
    assert.equal(digest(inFile), digest(inMemory))
    assert.deepEqual(inFile.vectors.metadata, inMemory.vectors.metadata)
  }
})

test('windows give the same bytes on one thread, again and again', async () => {
  const runs = [
    await trainOn({ schedule: 'windows', threads: 1 }),
    await trainOn({ schedule: 'windows', threads: 1 }),
  ]
  assert.equal(digest(runs[0]!), digest(runs[1]!))
})

test('the bytes are those of every other machine and version of Node', async () => {
  const blocks = digest(await trainOn({ schedule: 'blocks', simd: 'plain', threads: 2 }))
  const windows = digest(await trainOn({ schedule: 'windows', simd: 'plain', threads: 1 }))
  assert.deepEqual(
    { blocks, windows },
    {
      blocks: '679f571cd033b2c6d62e8b5a90a4d1a2a686d4bf3c1d16376982532f79b4789c',
      windows: '878e400d2fd29c7b427e5ac421f14912f239f2025de69569b4bbe49e3ae00518',
    },
  )
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

test('another seed gives other vectors', async () => {
  const one = await trainOn({ schedule: 'blocks', seed: 1 })
  const two = await trainOn({ schedule: 'blocks', seed: 2 })
  assert.notEqual(digest(one), digest(two))
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
