import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type FormatName, formats, type LoadProgress, load, read, save } from '#formats/index'
import { plainVectors } from '../faults/fuzz/files.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-progress-'))
after(() => rmSync(folder, { recursive: true }))

for (const format of Object.keys(formats) as FormatName[])
  test(`${format}: loading tells how many bytes of the file are read, and all of them at its end`, async () => {
    const path = join(folder, `whole-${format}${formats[format].extensions[0] ?? '.safetensors'}`)
    await save(plainVectors(50), path, { format })
    const told: LoadProgress[] = []
    await load(path, { onProgress: progress => told.push(progress) })
    const { size } = statSync(path)
    assert.deepEqual(told.at(-1), { phase: 'reading', bytes: size, totalBytes: size })
    assert.ok(told.every(({ bytes }, i) => bytes >= (told[i - 1]?.bytes ?? 0)))
  })

test('of a compressed file the bytes on the disk are counted, of a stream those that came', async () => {
  const text = `2 500\n${['a', 'b'].map(word => `${word}${' 0.5'.repeat(500)}\n`).join('')}`
  const path = join(folder, 'v.vec.gz')
  writeFileSync(path, gzipSync(text))
  const told: LoadProgress[] = []
  await load(path, { onProgress: progress => told.push(progress) })
  const { size } = statSync(path)
  assert.deepEqual(told.at(-1), { phase: 'reading', bytes: size, totalBytes: size })
  const streamed: LoadProgress[] = []
  const bytes = gzipSync(text)
  const chunks = [bytes.subarray(0, 20), bytes.subarray(20)]
  await read({ name: 'v', chunks }, { onProgress: progress => streamed.push(progress) })
  assert.deepEqual(
    streamed.map(({ bytes, totalBytes }) => [bytes, totalBytes]),
    [
      [20, undefined],
      [bytes.length, undefined],
    ],
  )
})

test('what onProgress throws ends the call, in every format', async () => {
  class Stop extends Error {}
  for (const format of Object.keys(formats) as FormatName[]) {
    const path = join(folder, `stopped-${format}${formats[format].extensions[0] ?? '.safetensors'}`)
    await save(plainVectors(), path, { format })
    const onProgress = () => {
      throw new Stop('enough')
    }
    await assert.rejects(load(path, { onProgress }), Stop)
  }
})

test('onProgress must be a function', async () => {
  await assert.rejects(load('none.vec', { onProgress: 'bar' as never }), {
    code: 'usage',
    message: 'Cannot load word vectors: onProgress is "bar"; expected a function.',
  })
})
