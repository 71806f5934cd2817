import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, WordloomError } from 'wordloom'
import { removeCheckpoint, type TrainCall } from 'wordloom/training'
import { digest, folder, run } from './small-runs.js'

for (const schedule of ['blocks', 'windows'] as const)
  test(`${schedule}: aborted again and again and resumed on any number of threads, the result is the same`, async () => {
    const checkpoint = join(folder, schedule)
    const threads = (turn: number) => (schedule === 'windows' ? 1 : 1 + (turn % 3))
    const options = { schedule, heldOut: 0.1, epochs: 6 } as const
    const whole = await run({ ...options, threads: 1 })
    let turns = 0
    for (let done = false; !done; turns++) {
      const controller = new AbortController()
      let steps = 0
      const call: TrainCall = {
        ...options,
        checkpoint,
        resume: true,
        threads: threads(turns),
        signal: controller.signal,
        onStep: () => {
          if (++steps === 5 + turns) controller.abort()
        },
      }
      const model = await run(call).catch(error => {
        assert.ok(error instanceof WordloomError && error.code === 'aborted', String(error))
        return undefined
      })
      if (!model) {
        const kept = await load(`${checkpoint}.${1 + (turns % 2)}`)
        assert.equal(kept.size, whole.vectors.size)
        continue
      }
      done = true
      assert.equal(digest(model), digest(whole))
      assert.deepEqual(model.losses, whole.losses)
      assert.deepEqual(model.vectors.metadata, whole.vectors.metadata)
    }
    assert.ok(turns > 2, `${turns} turns`)
    await removeCheckpoint(checkpoint)
  })

test('what calls see at the end is the result, and calls change no byte of it', async () => {
  const plain = await run({})
  for (const schedule of ['blocks', 'windows'] as const) {
    const threads = schedule === 'windows' ? 1 : 2
    const alone = schedule === 'blocks' ? plain : await run({ schedule, threads })
    let steps = 0
    let last = ''
    const watched = await run({
      schedule,
      threads,
      onStep: () => void steps++,
      onEpoch: moment => {
        last = digest({ vectors: moment.vectors() })
      },
    })
    assert.equal(digest(watched), digest(alone))
    assert.equal(last, digest(alone))
    assert.ok(steps >= 3, `${schedule}: ${steps} steps`)
  }
})

test('a call can come at times', async () => {
  let calls = 0
  const timed = await run({ epochs: 20, stepSeconds: 0.02, onStep: () => void calls++ })
  assert.ok(calls > 0)
  assert.equal(digest(timed), digest(await run({ epochs: 20 })))
})
