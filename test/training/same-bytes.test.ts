import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digest, trainOn } from './topics.js'

test('blocks give the same bytes and the same loss for any number of threads', async () => {
  const runs = []
  for (const threads of [1, 2, 3, 4, 5, 8, 16]) runs.push(await trainOn({ schedule: 'blocks', threads }))
  assert.equal(new Set(runs.map(digest)).size, 1)
  assert.equal(new Set(runs.map(run => run.losses.join())).size, 1)
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

test('another seed gives other vectors', async () => {
  const one = await trainOn({ schedule: 'blocks', seed: 1 })
  const two = await trainOn({ schedule: 'blocks', seed: 2 })
  assert.notEqual(digest(one), digest(two))
})
