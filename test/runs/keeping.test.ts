import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { WordloomError } from 'wordloom'
import { train } from 'wordloom/training'
import { allocateMatrix } from '#math/matrix'
import { Control } from '#runs/control'
import {
  Attendant,
  type Duties,
  differing,
  digestOf,
  fingerprintDifferences,
  hasCheckpoint,
  Keeping,
  type KeptRun,
  readRows,
  removeCheckpoint,
  rowSection,
  UnawaitedCalls,
} from '#runs/index'
import { Occasion } from '#runs/pauses'
import { VERSION } from '#version'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-runs-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const kind = { format: 'wordloom-classifier/1', epochs: 3, options: '{"rate":1}' } as const

/** A run that is not one of words: one matrix, trained by hand. */
function otherRun(text = 'one text', labels = 2) {
  const rows = allocateMatrix(5, 4)
  const control = new Control(Control.allocate({ epochs: 3, slots: 1, heldOutSlots: 0, threads: 1 }))
  const kept: KeptRun = {
    control,
    positions: 100,
    began: { 'the text': digestOf([new TextEncoder().encode(text)]) },
    metadata: () => ({ creator: `wordloom ${VERSION}`, options: kind.options, labels: `${labels}` }),
    sections: sums => [...sums, rowSection('rows', rows)],
    differences: (there, here) => [
      ...differing('labels', there.metadata.labels, here.metadata.labels),
      ...fingerprintDifferences(there.facts.began, here.facts.began),
    ],
    read: tensors => readRows(tensors, 'rows', rows),
  }
  return { rows, control, kept }
}

test('a run that is not one of words is kept, refused, resumed and removed like one', async () => {
  const path = join(folder, 'other')
  const run = otherRun()
  run.rows.data.fill(2.5)
  run.control.add(0, { positions: 7, pairs: 3, loss: 1.5 })
  const keeping = await Keeping.open(path, {}, kind)
  await keeping.begin(run.kept)
  run.control.pauses.place = { epoch: 0, step: 4, part: 1 }
  await (await keeping.write()).settle()
  await assert.rejects(Keeping.open(path, { resume: true }, kind), { code: 'not-written' }) // it is locked
  await keeping.close()

  await assert.rejects(Keeping.open(path, {}, kind), { code: 'usage', message: /in epoch 1 of 3/ })
  await assert.rejects(Keeping.open(path, { resume: true }, { ...kind, options: '{"rate":2}' }), {
    code: 'bad-data',
    message: /rate: 1 there, 2 here/,
  })
  for (const [other, said] of [
    [otherRun('one text', 9), /labels: 2 there, 9 here/],
    [otherRun('another text'), /the text: SHA-256 \w+… there/],
  ] as const) {
    const again = await Keeping.open(path, { resume: true }, kind)
    await assert.rejects(again.begin(other.kept), { code: 'bad-data', message: said })
    await again.close()
  }

  const back = otherRun()
  const again = await Keeping.open(path, { resume: true }, kind)
  assert.equal(again.from?.epoch, 1)
  await again.begin(back.kept)
  await again.close()
  assert.deepEqual(back.rows.data, run.rows.data)
  assert.deepEqual(back.control.counted(), run.control.counted())
  assert.deepEqual(back.control.pauses.place, { epoch: 0, step: 4, part: 1 })

  await removeCheckpoint(path)
  assert.equal(await hasCheckpoint(path), false)
  assert.deepEqual(readdirSync(folder), [])
})

test('word training does not go on from a checkpoint of another kind of run, and begins anew if told', async () => {
  const checkpoint = join(folder, 'kinds')
  const keeping = await Keeping.open(checkpoint, {}, kind)
  await keeping.begin(otherRun().kept)
  await (await keeping.write()).settle()
  await keeping.close()
  const text = { lines: Array.from({ length: 200 }, (_, i) => `a b c d ${i % 7} ${i % 3}`) }
  const call = { checkpoint, epochs: 1, minCount: 1, threads: 1 }
  for (const resume of [false, true])
    await assert.rejects(train(text, { ...call, resume }), { code: 'usage', message: /run of another kind/ })
  await train(text, { ...call, restart: true })
})

test('a barrier of one thread does not wait, and calls at its end unless the run is stopped', () => {
  const { control } = otherRun()
  let ends = 0
  for (let i = 0; i < 3; i++) control.meet(() => ends++)
  control.meet()
  control.stop()
  control.meet(() => ends++)
  assert.equal(ends, 3)
})

test('a run that diverges in a pause is given up, by its loss or by a row that is not finite', async () => {
  for (const isByLoss of [true, false]) {
    const { control, kept, rows } = otherRun()
    const keeping = await Keeping.open(join(folder, `diverged ${isByLoss}`), {}, kind)
    await keeping.begin(kept)
    rows.data[4] = Number.NaN
    const diverged = new WordloomError('usage', { found: 'it grew past all bounds' })
    const duties: Duties<undefined> = {
      control,
      divergence: found => (found || isByLoss ? diverged : undefined),
      momentOf: () => assert.fail('no call is made'),
      keeping,
      checkpointEvery: 1e-3,
      checkpointNow: undefined,
      signal: undefined,
      calls: new UnawaitedCalls(),
    }
    const paused = new Int32Array(control.buffer, 24, 2) // the flags of a thread that waits in a pause
    paused[1] = Occasion.part
    const working = new Promise<void>(resolve => {
      const timer = setInterval(() => {
        if (control.stopped) resolve(clearInterval(timer))
      }, 5)
    })
    await assert.rejects(new Attendant(duties).attend(working), diverged)
    await keeping.close()
  }
  assert.deepEqual(
    readdirSync(folder).filter(name => name.startsWith('diverged')),
    [],
  )
})
