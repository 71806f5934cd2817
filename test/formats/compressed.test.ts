import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { load, read, save } from '#formats/index'
import { skippableFrame, zstandardFrame } from '../faults/fuzz/files.js'
import { ascii, awkwardVectors, bytesIn, rowsOf, type SingleFile, temporaryFolder } from './sample.js'

/** `x 1 2\ny 3 4\n` as the zstd command packs it. */
const zstd = Buffer.from('28b52ffd045861000078203120320a79203320340a4e1338f8', 'hex')

test('.gz after the extension compresses what is written, and it reads back', async () => {
  const folder = await temporaryFolder()
  for (const [name, format] of [
    ['v.vec.gz', 'word2vec-text'],
    ['v.bin.gz', 'word2vec-binary'],
    ['v.safetensors.gz', 'safetensors'],
  ] as [string, SingleFile][]) {
    const path = join(folder, name)
    await save(awkwardVectors(), path)
    assert.deepEqual(gunzipSync(await readFile(path)), Buffer.from(bytesIn(format, awkwardVectors())))
    assert.deepEqual(rowsOf(await load(path)), rowsOf(awkwardVectors()))
  }
  await save(awkwardVectors(['a', 'b']), join(folder, 'vectors.tsv.gz'))
  assert.deepEqual([...(await load(join(folder, 'vectors.tsv.gz'))).vocabulary.words()], ['a', 'b'])
  const failing = save(awkwardVectors(['a b']), join(folder, 'bad.vec.gz'))
  await assert.rejects(failing, { code: 'bad-data', message: /has a space/ })
})

test('.zst is written where Node can, and refused with what to do where it cannot', async () => {
  const path = join(await temporaryFolder(), 'v.vec.zst')
  const canWrite = 'createZstdCompress' in (await import('node:zlib'))
  if (!canWrite)
    return assert.rejects(save(awkwardVectors(), path), { code: 'usage', message: /Node 22\.15/ })
  await save(awkwardVectors(), path)
  assert.deepEqual(rowsOf(await load(path)), rowsOf(awkwardVectors()))
})

test('streams are decompressed as files are, as a page needs it', async () => {
  const gzipped = gzipSync(bytesIn('safetensors', awkwardVectors()))
  const bytewise = Array.from(gzipped, byte => Uint8Array.of(byte))
  assert.deepEqual(rowsOf(await read({ name: 'v', chunks: bytewise })), rowsOf(awkwardVectors()))
  assert.deepEqual(rowsOf(await read({ name: 'v', chunks: [zstd] })), [
    [1, 2],
    [3, 4],
  ])
  const frames = Buffer.concat([skippableFrame(0x50, 'sizes'), zstd, zstandardFrame(ascii('z 5 6\n'))])
  const framewise = Array.from(frames, byte => Uint8Array.of(byte))
  assert.equal((await read({ name: 'v', chunks: framewise })).size, 3)
  const cut = read({ name: 'v', chunks: [gzipped.subarray(0, -20)] })
  await assert.rejects(cut, { code: 'bad-data', message: /compressed data is damaged or breaks off/ })
})
