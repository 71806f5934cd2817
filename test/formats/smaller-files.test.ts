import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, openVectorFile, save } from '#formats/index'
import { row } from '#math/matrix'
import { openIndex } from '#search/index'
import { compress, type Precision, type WordVectors } from '#vectors/index'
import { plantedVectors } from '../search/planted-vectors.js'
import { bytesIn, readBytesOf, rowsOf, temporaryFolder } from './sample.js'

const vectors = plantedVectors(400, 10)
const kinds = ['float16', 'int8', 'pq'] as const
const made = new Map(kinds.map(precision => [precision, compress(vectors, { precision }).vectors]))

const words = (of: WordVectors) => [...of.vocabulary.words()]

test('a smaller file is read as the vectors that were written, and written again byte for byte', async () => {
  const folder = await temporaryFolder()
  const whole = bytesIn('safetensors', vectors).length
  for (const [precision, smaller] of made) {
    const path = join(folder, `${precision}.safetensors`)
    await save(smaller, path)
    const back = await load(path)
    assert.deepEqual(rowsOf(back), rowsOf(smaller))
    assert.deepEqual(words(back), words(vectors))
    assert.equal(back.metadata.precision, precision)
    const again = join(folder, 'again.safetensors')
    await save(back, again)
    assert.deepEqual(await readFile(again), await readFile(path))
    assert.ok((await stat(path)).size < whole)
  }
})

test('a limit, a list of words and look-ups by position give the same rows', async () => {
  const path = join(await temporaryFolder(), 'smaller.safetensors')
  for (const [precision, smaller] of made) {
    await save(smaller, path)
    const first = await load(path, { limit: 7 })
    assert.deepEqual(rowsOf(first), rowsOf(smaller).slice(0, 7), precision)
    assert.equal(first.encoded?.precision, precision)
    const some = await load(path, { words: ['w300', 'w4', 'w39'] })
    assert.deepEqual(words(some), ['w4', 'w39', 'w300'])
    assert.deepEqual(
      rowsOf(some),
      [4, 39, 300].map(id => rowsOf(smaller)[id]),
    )
    assert.deepEqual(rowsOf(await readBytesOf(bytesIn('safetensors', some))), rowsOf(some))
    const file = await openVectorFile(path)
    assert.deepEqual([file.size, file.dimensions], [400, 10])
    for (const id of [0, 100, 399])
      assert.deepEqual(await file.vector(`w${id}`), row(smaller.matrix, id).slice())
    await file.close()
  }
})

test('other formats get the rows as float32', async () => {
  const path = join(await temporaryFolder(), 'v.bin')
  await save(made.get('int8')!, path)
  assert.deepEqual(rowsOf(await load(path)), rowsOf(made.get('int8')!))
})

test('vectors of pq are searched by their codes', async () => {
  const smaller = made.get('pq')!
  const index = await openIndex(smaller, 'product')
  assert.deepEqual(await index.nearest('w3'), smaller.nearest('w3'))
})

test('tensors that do not fit together are refused with their names', async () => {
  const wrong: [Precision, string, string, RegExp][] = [
    ['int8', '"vectors.scales"', '"vectors.scalez"', /no tensor "vectors.scales"/],
    ['pq', '"vectors.centers"', '"vectors.center5"', /no vector in it|no tensor/],
    ['float16', '"F16"', '"I16"', /tensor "vectors": it is I16 \[400,10\]; expected F32 \[400,10\]/],
    ['int8', 'wordloom/2', 'wordloom/9', /Use a newer wordloom/],
  ]
  for (const [precision, from, to, message] of wrong) {
    const bytes = Buffer.from(bytesIn('safetensors', made.get(precision as 'int8')!))
    const at = bytes.indexOf(from)
    assert.ok(at > 0)
    bytes.write(to, at, 'latin1')
    await assert.rejects(readBytesOf(bytes), { code: 'bad-data', message })
  }
})

test('numbers that are not finite are refused', async () => {
  const half = Buffer.from(bytesIn('safetensors', made.get('float16')!))
  half.writeUInt16LE(0x7c00, half.length - 2)
  await assert.rejects(readBytesOf(half), {
    code: 'bad-data',
    message: /row 399 of "vectors": number \d+ is Infinity/,
  })
  const pq = made.get('pq')!
  const bytes = Buffer.from(bytesIn('safetensors', pq))
  bytes.writeFloatLE(Number.NaN, bytes.length - 400 * 5 - 4)
  await assert.rejects(readBytesOf(bytes), {
    code: 'bad-data',
    message: /tensor "vectors.centers": number \d+ is NaN/,
  })
})

const python = ['/usr/bin/python3', 'python3'].find(
  name => spawnSync(name, ['-c', 'import numpy']).status === 0,
)
const skip = python ? false : 'no Python with NumPy is installed here'

const program = `
import json, sys, numpy
dtypes = {'F16': '<f2', 'I8': 'i1', 'F32': '<f4'}
for path in sys.argv[1:]:
    data = open(path, 'rb').read()
    length = int.from_bytes(data[:8], 'little')
    header = json.loads(data[8:8 + length])
    def tensor(name):
        entry = header[name]
        start, end = entry['data_offsets']
        return numpy.frombuffer(data[8 + length + start:8 + length + end], dtypes[entry['dtype']]).reshape(entry['shape'])
    rows = tensor('vectors').astype('<f4')
    if 'vectors.scales' in header: rows = rows * tensor('vectors.scales')[:, None]
    print(json.dumps(rows.astype(float).tolist()))
`

test('NumPy reads float16 and int8 files by the safetensors layout and finds the same numbers', {
  skip,
}, async () => {
  const folder = await temporaryFolder()
  const small = plantedVectors(30, 6)
  const smaller = (['float16', 'int8'] as const).map(precision => compress(small, { precision }).vectors)
  const paths = smaller.map((_, i) => join(folder, `${i}.safetensors`))
  for (const [i, one] of smaller.entries()) await save(one, paths[i]!)
  const { stdout, stderr } = spawnSync(python!, ['-c', program, ...paths], { encoding: 'utf8' })
  assert.equal(stderr, '')
  const found = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as number[][])
  assert.deepEqual(found, smaller.map(rowsOf))
})
