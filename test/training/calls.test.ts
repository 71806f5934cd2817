import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Moment, removeCheckpoint } from 'wordloom/training'
import { digest, folder, run } from './small-runs.js'

test('onEpoch is called after every epoch with its losses, and training waits for its promise', async () => {
  const moments: Moment[] = []
  let busy = false
  const model = await run({
    heldOut: 0.1,
    onEpoch: async moment => {
      assert.ok(!busy, 'one call at a time')
      busy = true
      moments.push(moment)
      const before = digest({ vectors: moment.vectors() })
      await new Promise(resolve => setTimeout(resolve, 30))
      assert.equal(digest({ vectors: moment.vectors() }), before, 'nothing moves meanwhile')
      busy = false
    },
  })
  assert.deepEqual(
    moments.map(({ epoch, epochs }) => [epoch, epochs]),
    [
      [1, 3],
      [2, 3],
      [3, 3],
    ],
  )
  assert.deepEqual(moments[1]!.losses, model.losses.slice(0, 2))
  assert.deepEqual(moments[2]!.heldOutLosses, model.heldOutLosses)
  assert.throws(() => moments[0]!.vectors(), /training has gone on/)
})

test('a call can end training, and what was learned until then is the result', async () => {
  let seen = ''
  const model = await run({
    onEpoch: moment => {
      seen = digest({ vectors: moment.vectors() })
      if (moment.epoch === 2) moment.stop()
    },
  })
  assert.equal(model.losses.length, 2)
  assert.equal(digest(model), seen)
})

test('what a call throws ends training with that error, and the run can go on', async () => {
  const checkpoint = join(folder, 'thrown')
  const planted = new Error('planted')
  const call = {
    checkpoint,
    onEpoch: async ({ epoch }: Moment) => {
      if (epoch === 2) throw planted
    },
  }
  await assert.rejects(run(call), error => error === planted)
  let from = 0
  const model = await run({ checkpoint, resume: true, onResume: ({ epoch }) => (from = epoch) })
  assert.equal(from, 3)
  assert.equal(digest(model), digest(await run({})))
  await removeCheckpoint(checkpoint)
  assert.deepEqual(readdirSync(folder), [])
})
