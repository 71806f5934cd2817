import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { ByteRanges } from '#files/index'
import { type ByteSource, type FormatName, formats, load, read, save } from '#formats/index'
import { allocateMatrix } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { wordloom } from '../cli/wordloom.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-limit-'))
after(() => rmSync(folder, { recursive: true }))

const WORDS = 25_000
const DIMENSIONS = 100
/** More than any reader looks ahead, and a small part of what the rows take. */
const ENOUGH = 1.3 * 2 ** 20

const large = largeVectors()

for (const format of Object.keys(formats) as FormatName[])
  test(`${format}: with a limit the rest of the file is not read`, async () => {
    const path = join(folder, `${format}${formats[format].extensions[0] ?? '.safetensors'}`)
    await save(large, path, { format })
    const source = watched(path)
    const two = await read(source, { format, limit: 2 })
    assert.deepEqual([...two.vocabulary.words()], ['w0', 'w1'])
    assert.deepEqual([...two.vector('w1')!], [...large.vector('w1')!])
    const group = format === 'parquet' ? 0.43 * source.size! : 0 // the first of three, of 10,485 rows
    assert.ok(source.bytes.read < ENOUGH + group, `${source.bytes.read} of ${source.size} bytes`)
    for (const beside of source.others) assert.ok(beside.bytes.read < ENOUGH || beside.name.endsWith('.json'))
  })

for (const format of [
  'word2vec-text',
  'word2vec-binary',
  'glove',
  'npy',
  'projector',
  'json',
  'json-lines',
] as const)
  test(`${format}: what follows after the limit may be anything, and is not looked at`, async () => {
    const path = join(folder, `broken-${format}${formats[format].extensions[0]}`)
    await save(large, path, { format })
    const whole = readFileSync(path)
    writeFileSync(
      path,
      Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.alloc(whole.length / 2, 0xff)]),
    )
    await assert.rejects(load(path, { format }), { code: 'bad-data' })
    assert.equal((await load(path, { format, limit: 1000 })).size, 1000)
  })

test('a model of tokens that share rows is read whole, and a limit still takes the first tokens', async () => {
  const path = join(folder, 'model.safetensors')
  await save(largeVectors(10), path, { format: 'model2vec' })
  const three = await load(path, { limit: 3 })
  assert.deepEqual([...three.vocabulary.words()], ['w0', 'w1', 'w2'])
  assert.equal((await load(path, { limit: 100 })).size, 10)
})

test('nearest and analogy read no more than the limit if the words are within it', async () => {
  const text = Array.from({ length: 50 }, (_, i) => `w${i} ${Math.cos(i)} ${Math.sin(i)}\n`).join('')
  writeFileSync(join(folder, 'half.vec'), `100 2\n${text}w50 odd line\n${'x'.repeat(4000)}`)
  writeFileSync(join(folder, 'first.vec'), `50 2\n${text}`)
  const ask = async (file: string, ...words: string[]) =>
    wordloom(['nearest', join(folder, file), ...words, '--limit', '20', '--json'])
  const [half, first] = [await ask('half.vec', 'w3', 'w19'), await ask('first.vec', 'w3', 'w19')]
  assert.equal(half.code, 0, half.stderr)
  assert.equal(half.stdout, first.stdout)
  const behind = await ask('half.vec', 'w30')
  assert.equal(behind.code, 65)
  assert.match(behind.stderr, /line 52/)
  const line = ['analogy', join(folder, 'half.vec'), 'w1', 'w2', 'w3', '--limit', '20']
  assert.equal((await wordloom(line)).code, 0)
})

interface Watched extends ByteSource {
  readonly bytes: { read: number }
  readonly others: Watched[]
}

/** A file that counts the bytes that are read of it, in pieces and by position. */
function watched(path: string): Watched {
  const content = readFileSync(path)
  const bytes = { read: 0 }
  const others: Watched[] = []
  const take = (start: number, end: number) => {
    bytes.read += end - start
    return Uint8Array.from(content.subarray(start, end))
  }
  const ranges: ByteRanges = {
    name: path,
    size: content.length,
    read: async (start, end) => take(start, end),
    close: async () => {},
  }
  return {
    name: path,
    size: content.length,
    chunks: (function* () {
      for (let at = 0; at < content.length; at += 1 << 16)
        yield take(at, Math.min(content.length, at + (1 << 16)))
    })(),
    ranges: async () => ranges,
    beside: async name => {
      try {
        others.push(watched(join(folder, name)))
        return others.at(-1)
      } catch {
        return undefined
      }
    },
    bytes,
    others,
  }
}

function largeVectors(words = WORDS): WordVectors {
  const matrix = allocateMatrix(words, DIMENSIONS)
  for (let i = 0; i < matrix.data.length; i++) matrix.data[i] = Math.fround(Math.sin(i))
  return new WordVectors({
    vocabulary: Vocabulary.of(Array.from({ length: words }, (_, i) => new TextEncoder().encode(`w${i}`))),
    matrix,
  })
}
