import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trainOn } from './foreseeable-text.js'

test('held-out loss falls while learning, and is the same for any number of threads', async () => {
  const runs = []
  for (const threads of [1, 2, 4]) runs.push(await trainOn({ schedule: 'blocks', threads }))
  const [first] = runs
  assert.equal(first!.heldOutLosses.length, 4)
  assert.ok(first!.heldOutLosses.at(-1)! < first!.heldOutLosses[0]! - 0.05, first!.heldOutLosses.join())
  for (const run of runs) assert.deepEqual(run.heldOutLosses, first!.heldOutLosses)
})

test('both schedules are judged on the same text with the same draws', async () => {
  const blocks = await trainOn({ schedule: 'blocks', threads: 2 })
  const windows = await trainOn({ schedule: 'windows', threads: 1 })
  const difference = Math.abs(blocks.heldOutLosses.at(-1)! - windows.heldOutLosses.at(-1)!)
  assert.ok(difference < 0.1, `${blocks.heldOutLosses} and ${windows.heldOutLosses}`)
})
