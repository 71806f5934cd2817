import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { plainSize, readBytes } from '#files/index'
import { skippableFrame, zstandardFrame } from '../faults/fuzz/files.js'
import { temporaryFolder } from '../text/temporary.js'

const TEXT = 'some words in a row\n'.repeat(20_000)
const packed = gzipSync(TEXT)
/** "hello wörld\n" as the zstd command packs it, with a checksum. */
const zstd = Buffer.from('28b52ffd045869000068656c6c6f2077c3b6726c640a132d223e', 'hex')
const folder = temporaryFolder({
  'plain.txt': TEXT,
  'packed.gz': packed,
  'members.gz': Buffer.concat([packed, packed]),
  'short.txt': 'ab',
  'empty.txt': '',
  'words.zst': zstd,
})

async function read(path: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readBytes(path)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('plain files, gzip and gzip members in a row are read whole', async () => {
  assert.equal(await read(folder('plain.txt')), TEXT)
  assert.equal(await read(folder('packed.gz')), TEXT)
  assert.equal(await read(folder('members.gz')), TEXT + TEXT)
  assert.equal(await read(folder('short.txt')), 'ab')
  assert.equal(await read(folder('empty.txt')), '')
})

test('Zstandard is read on every Node, and one that breaks off is named', async () => {
  assert.equal(await read(folder('words.zst')), 'hello wörld\n')
  for (const length of [5, 12, zstd.length - 1]) {
    const cut = temporaryFolder({ 'cut.zst': zstd.subarray(0, length) })
    await assert.rejects(read(cut('cut.zst')), {
      code: 'bad-data',
      message: /cut\.zst: .*(breaks off|damaged)/,
    })
  }
})

test('all frames of a Zstandard file are read, also where a skippable one comes first', async () => {
  const plain = zstandardFrame(Buffer.from('and more\n'))
  const skippable = [0x50, 0x5f].map(magic => skippableFrame(magic, 'no content'))
  const several = temporaryFolder({
    'frames.zst': Buffer.concat([zstd, plain, zstd]),
    'skippable.zst': Buffer.concat([skippable[0]!, zstd, skippable[1]!, plain]),
    'last.zst': Buffer.concat([plain, skippable[0]!]),
    'none.zst': skippable[1]!,
  })
  assert.equal(await read(several('frames.zst')), 'hello wörld\nand more\nhello wörld\n')
  assert.equal(await read(several('skippable.zst')), 'hello wörld\nand more\n')
  assert.equal(await read(several('last.zst')), 'and more\n')
  assert.equal(await read(several('none.zst')), '')
  assert.equal(await plainSize(several('skippable.zst')), undefined)
})

test('what follows a frame of Zstandard and begins none is refused, and so is a frame that breaks off', async () => {
  const more = Buffer.concat([zstd, skippableFrame(0x50, 'no content'), zstd])
  const damaged = temporaryFolder({
    'garbage.zst': Buffer.concat([zstd, Buffer.from('garbage')]),
    'zeros.zst': Buffer.concat([zstd, Buffer.alloc(8)]),
    'short.zst': Buffer.concat([zstd, Buffer.from('ab')]),
    'cut.zst': more.subarray(0, -1),
    'skippable.zst': more.subarray(0, zstd.length + 12),
  })
  for (const name of ['garbage.zst', 'zeros.zst'])
    await assert.rejects(read(damaged(name)), { code: 'bad-data', message: /no frame of Zstandard begins/ })
  for (const name of ['short.zst', 'cut.zst', 'skippable.zst'])
    await assert.rejects(read(damaged(name)), { code: 'bad-data', message: /breaks off/ })
})

test('a gzip file cut anywhere is an error, never a shorter text', async () => {
  for (const length of [4, 10, 11, 40, packed.length >> 1, packed.length - 8, packed.length - 1]) {
    const cut = temporaryFolder({ 'cut.gz': packed.subarray(0, length) })
    await assert.rejects(
      read(cut('cut.gz')),
      { code: 'bad-data', message: /cut\.gz: .*breaks off/ },
      `${length} bytes`,
    )
  }
})

test('a gzip file with a wrong checksum is an error', async () => {
  const wrong = Buffer.from(packed)
  wrong[wrong.length - 8]! ^= 1
  const damaged = temporaryFolder({ 'wrong.gz': wrong })
  await assert.rejects(read(damaged('wrong.gz')), { code: 'bad-data', message: /wrong\.gz: .*damaged/ })
})

test('bytes on the disk are reported as they are read', async () => {
  let bytes = 0
  for await (const _ of readBytes(folder('members.gz'), { onRead: count => (bytes += count) })) void _
  assert.equal(bytes, 2 * packed.length)
})

test('reading can be left half way', async () => {
  for await (const chunk of readBytes(folder('packed.gz'))) {
    assert.ok(chunk.length >= 4)
    break
  }
})
