import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { load, type Model, WordloomError } from 'wordloom'
import { type Moment, removeCheckpoint, type TrainCall, train } from 'wordloom/training'
import { Random } from '#math/random'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-calls-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function* sentences(count = 1500): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(5, s)
    yield Array.from({ length: 5 + random.below(15) }, () => `w${Math.floor(800 ** random.uniform())}`)
  }
}

const common = { dimensions: 12, minCount: 1, epochs: 3, threads: 2 } as const

function digest({ vectors }: Pick<Model, 'vectors'>): string {
  const hash = createHash('sha256')
  for (const { data, rows, columns, stride } of [vectors.matrix, vectors.outputVectors!])
    for (let i = 0; i < rows; i++) hash.update(data.slice(i * stride, i * stride + columns))
  return hash.digest('hex')
}

const run = (call: TrainCall) => train(sentences(), { ...common, schedule: 'blocks', ...call })

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
