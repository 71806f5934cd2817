import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save } from 'wordloom'
import { type Moment, removeCheckpoint, type TrainCall } from 'wordloom/training'
import { checkLimit } from '#training/memory/memory-limit'
import { digest, folder, run } from './small-runs.js'

/** Words that nothing foretells: what is learned of one part of the text soon makes the loss of another higher. */
const hopeless = { epochs: 40, heldOut: 0.2, patience: 3, learningRate: 0.1, minLearningRate: 0.1 } as const

const ways: readonly TrainCall[] = [
  { schedule: 'blocks' },
  { schedule: 'windows', threads: 1, architecture: 'cbow' },
  { schedule: 'windows', threads: 1, subwords: true, buckets: 500 },
]

for (const way of ways)
  test(`${JSON.stringify(way)}: with patience one gets the vectors of the best epoch, after a stop too`, async () => {
    const seen: string[] = []
    const onEpoch = (moment: Moment) => void seen.push(digest({ vectors: moment.vectors() }))
    const model = await run({ ...hopeless, ...way, onEpoch })
    const { heldOutLosses, bestEpoch } = model
    assert.equal(bestEpoch, heldOutLosses.indexOf(Math.min(...heldOutLosses)) + 1)
    assert.equal(heldOutLosses.length, bestEpoch + 3)
    assert.equal(digest(model), seen[bestEpoch - 1])
    assert.notEqual(digest(model), seen.at(-1))

    for (const epoch of [bestEpoch, bestEpoch + 2, bestEpoch + 3]) {
      const checkpoint = join(folder, 'patience')
      const planted = new Error('planted')
      const onEpoch = (moment: Moment) => {
        if (moment.epoch === epoch) throw planted
      }
      const call = { ...hopeless, ...way, checkpoint }
      await assert.rejects(run({ ...call, onEpoch }), error => error === planted)
      const resumed = await run({ ...call, resume: true })
      assert.deepEqual(
        [digest(resumed), resumed.bestEpoch],
        [digest(model), bestEpoch],
        `stopped in ${epoch}`,
      )
      await removeCheckpoint(checkpoint)
    }
  })

test('a call that ends training with patience gets the best epoch so far; the file tells which', async () => {
  const seen: string[] = []
  const model = await run({
    ...hopeless,
    onEpoch: moment => {
      seen.push(digest({ vectors: moment.vectors() }))
      if (moment.heldOutLosses.length > 1 && moment.heldOutLosses.at(-1)! > moment.heldOutLosses.at(-2)!)
        moment.stop()
    },
  })
  assert.equal(model.bestEpoch, seen.length - 1)
  assert.equal(digest(model), seen.at(-2))
  const path = join(folder, 'best.safetensors')
  await save(model.vectors, path)
  assert.equal((await load(path)).metadata.bestEpoch, String(model.bestEpoch))
})

test('without patience the vectors are those of the last epoch, and no epoch is named', async () => {
  const model = await run({ heldOut: 0.2 })
  assert.equal(model.bestEpoch, undefined)
  assert.equal(model.vectors.metadata.bestEpoch, undefined)
})

test('a container counts like a limit that was given, with all that training needs', () => {
  const layout = {
    words: 1000,
    dimensions: 100,
    rowBytes: 400,
    bytes: 2e6,
    bestBytes: 0,
    outsideBytes: 0,
    threads: [0],
  }
  const within = (container: number, used: number) =>
    checkLimit(layout as never, { maxMemory: 0, container }, used)
  within(20e6, 0)
  assert.throws(() => within(20e6, 10e6), {
    code: 'too-large',
    message:
      /^Cannot train: training needs 21\.4 MiB .*, and this container may have 19\.1 MiB\. Keep .*, or give the container more memory\.$/,
  })
})

test('the copies of the best epoch count as memory that training needs', () => {
  const layout = { words: 1000, dimensions: 100, rowBytes: 400, bytes: 2e6, outsideBytes: 0, threads: [0] }
  const asked = (bestBytes: number) =>
    checkLimit({ ...layout, bestBytes } as never, { maxMemory: 20e6, container: Number.POSITIVE_INFINITY }, 0)
  asked(0)
  assert.throws(() => asked(10e6), { code: 'too-large' })
})

test('nothing is left of the checkpoints', () => {
  assert.deepEqual(readdirSync(folder), ['best.safetensors'])
})
