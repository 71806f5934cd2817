import assert from 'node:assert/strict'
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { test } from 'node:test'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { type LoadOptions, load, openVectorFile, read } from '#formats/index'
import { row } from '#math/matrix'
import { encodeHeader } from '#tensors/safetensors-header'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { wordloom } from '../cli/wordloom.js'
import { ascii, awkwardVectors, bytesIn, readBytesOf, rowsOf } from '../formats/sample.js'
import { temporaryFolder } from '../text/temporary.js'
import { fullVectors, plainVectors } from './fuzz/files.js'
import { growthOf, isFullSize } from './sizes.js'

const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '</s>', '10', '2', 'valueOf']

/** The bytes of a file, with one row's number 1 not finite. */
function withNaN(format: 'word2vec-binary' | 'safetensors', value = Number.NaN): Uint8Array<ArrayBuffer> {
  const vectors = format === 'safetensors' ? fullVectors() : plainVectors()
  row(vectors.matrix, 2)[1] = value
  return bytesIn(format, vectors)
}

test('C8 NaN and infinity in binary files are refused with their place, or their rows left out', async () => {
  for (const format of ['word2vec-binary', 'safetensors'] as const)
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const bytes = withNaN(format, value)
      await assert.rejects(readBytesOf(bytes), { code: 'bad-data', message: /row [23]\b.*(NaN|Infinity)/ })
      for (const words of [undefined, ['__proto__', '</s>', 'a']]) {
        const options: LoadOptions = { allowNonfinite: true, ...(words && { words }) }
        const vectors = await readBytesOf(bytes, options)
        assert.equal(vectors.has('</s>'), false)
        assert.equal(vectors.size, words ? 2 : 6)
        assert.match(vectors.warnings.join(), /1 row was left out/)
        assert.deepEqual([...vectors.vector('a')!], [...plainVectors().vector('a')!])
      }
    }
})

test('C8 a similarity is never NaN, not of rows of zeros either', () => {
  const vectors = awkwardVectors(['zero', 'one', 'two'], 2)
  row(vectors.matrix, 0).fill(0)
  row(vectors.matrix, 1).fill(3e38)
  row(vectors.matrix, 2).fill(1e-45)
  for (const word of ['zero', 'one', 'two']) {
    for (const { similarity } of vectors.nearest(word, 3)) assert.ok(Number.isFinite(similarity))
    assert.ok(Number.isFinite(vectors.similarity('zero', word)))
  }
})

test('C11 words that objects have of their own are ordinary words: in files, JSON and on the command line', async () => {
  const file = temporaryFolder()
  writeFileSync(file('v.safetensors'), bytesIn('safetensors', awkwardVectors(odd, 3)))
  for (const name of ['v.bin', 'v.txt', 'v.npy', 'v.parquet', 'v.tsv', 'm/model.safetensors']) {
    if (name.startsWith('m/')) mkdirSync(file('m'))
    const to = name.startsWith('m/') ? ['--to', 'model2vec'] : []
    assert.equal((await wordloom(['convert', 'v.safetensors', name, ...to], { cwd: file() })).code, 0, name)
    assert.deepEqual([...(await load(file(name))).vocabulary.words()], odd, name)
  }
  for (const word of odd) {
    const { stdout, code } = await wordloom(['nearest', 'v.safetensors', word, '--json', '-n', '7'], {
      cwd: file(),
    })
    assert.equal(code, 0)
    const [{ plus, nearest }] = JSON.parse(stdout)
    assert.deepEqual(plus, [word])
    assert.deepEqual(
      nearest.map((found: { word: string }) => found.word).sort(),
      odd.filter(other => other !== word).sort(),
    )
  }
  const empty = awkwardVectors(['', 'a'], 2)
  assert.deepEqual([...(await readBytesOf(bytesIn('safetensors', empty))).vocabulary.words()], ['', 'a'])
})

/** A safetensors file of any header over so many bytes. */
function safetensorsOf(header: unknown, bytes: number): Uint8Array {
  const json = typeof header === 'string' ? ascii(header) : ascii(JSON.stringify(header))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true)
  return Buffer.concat([length, json, new Uint8Array(bytes)])
}

test('C12 safetensors whose header cannot be true are refused', async () => {
  const f32 = (start: number, end: number, shape = [(end - start) / 4]) => ({
    dtype: 'F32',
    shape,
    data_offsets: [start, end],
  })
  const cases: [unknown, number][] = [
    [{ vectors: f32(0, 8), b: f32(4, 12) }, 12], // overlapping
    [{ vectors: f32(0, 8), b: f32(12, 16) }, 16], // a hole
    [{ vectors: f32(0, 800) }, 8], // out of the file
    [{ vectors: f32(8, 0, [2]) }, 8],
    [{ vectors: f32(0, 8, [3]) }, 8], // shape and bytes differ
    [{ vectors: f32(0, 8, [2 ** 53, 2 ** 53]) }, 8],
    [{ vectors: f32(0, 8, [-2]) }, 8],
    [{ vectors: { ...f32(0, 8), dtype: '__proto__' } }, 8],
    [{ vectors: f32(0, 8), __metadata__: { format: 1 } }, 8],
    [{ vectors: f32(0, 8), __metadata__: [] }, 8],
    [
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
      8,
    ],
    [`${'['.repeat(100_000)}`, 0],
    [{ vectors: f32(0, 8) }, 12], // bytes after the last tensor
  ]
  for (const [header, bytes] of cases)
    await assert.rejects(readBytesOf(safetensorsOf(header, bytes), { format: 'safetensors' }), {
      code: 'bad-data',
    })
  for (const length of [2n ** 63n, 2n ** 64n - 1n, 100_000_001n, 1000n]) {
    const bytes = new Uint8Array(64).fill(0x7b)
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    for (const isSized of [true, false])
      await assert.rejects(readBytesOf(bytes, { format: 'safetensors' }, 16, isSized), { code: 'bad-data' })
  }
})

test('C13 zip archives, .npz among them, are refused by name and nothing of them is unpacked', async () => {
  const bomb = deflateRawSync(new Uint8Array(1 << 24))
  const entry = Buffer.concat([
    Buffer.from('504b0304140000000800', 'hex'),
    Buffer.alloc(16),
    Buffer.of(13, 0, 0, 0),
    ascii('../../etc/pwd'),
    bomb,
  ])
  const file = temporaryFolder({ 'v.npz': entry, 'v.zip': entry })
  for (const name of ['v.npz', 'v.zip'])
    await assert.rejects(load(file(name)), {
      code: 'bad-data',
      message: /a zip archive \(\.npz is one, too\)\. Unpack it first/,
    })
})

test('C14 gzip: a wrong checksum and a cut member are refused, several members are one text', async () => {
  const [first, second] = [gzipSync('2 1\na 1\n'), gzipSync('b 2\n')]
  const both = Buffer.concat([first, second])
  const file = temporaryFolder({ 'v.txt.gz': both })
  assert.deepEqual(rowsOf(await load(file('v.txt.gz'))), [[1], [2]])
  assert.deepEqual(rowsOf(await readBytesOf(both, { format: 'word2vec-text' })), [[1], [2]])
  for (let at = both.length - 8; at < both.length - 4; at++) {
    const wrong = Buffer.from(both)
    wrong[at]! ^= 1
    const name = temporaryFolder({ 'v.txt.gz': wrong })('v.txt.gz')
    await assert.rejects(load(name), { code: 'bad-data', message: /compressed data is damaged/ })
  }
  for (let length = 1; length < both.length; length++) {
    if (length === first.length) continue // a whole member with fewer rows, which the header of word2vec tells
    await assert.rejects(readBytesOf(both.subarray(0, length), { format: 'word2vec-text' }), {
      code: 'bad-data',
    })
  }
})

test('C15 pickles are never unpickled; the message tells how to convert', async () => {
  const pickle = Buffer.concat([Buffer.of(0x80, 4, 0x95), ascii('cos\nsystem\n(S"touch /tmp/x"\ntR.')])
  await assert.rejects(readBytesOf(pickle), {
    code: 'bad-data',
    message: /pickle.*never read.*save_word2vec_format/,
  })
  const npy = Buffer.concat([
    Buffer.of(0x93),
    ascii("NUMPY\x01\x00\x46\x00{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }".padEnd(80)),
  ])
  await assert.rejects(read({ name: 'v.npy', chunks: [new Uint8Array(npy)] }), {
    code: 'bad-data',
    message: /pickle|\.words\.txt/,
  })
})

/** fastText's beginning: magic, version, then twelve int32 of options and a float64. */
function fastTextOf(magic: number, version: number, options: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 + 4 * options.length + 64)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, magic, true)
  view.setInt32(4, version, true)
  for (const [i, option] of options.entries()) view.setInt32(8 + 4 * i, option, true)
  return bytes
}

test('C16 a fastText .bin that is wrong, too new or not whole is refused in a sentence', async () => {
  const usual = [100, 5, 5, 5, 5, 1, 1, 1, 2_000_000, 3, 6, 100]
  for (const bytes of [
    fastTextOf(793712314, 12, usual),
    fastTextOf(793712314, 99, usual),
    fastTextOf(793712314, 12, usual.with(8, -1)),
    fastTextOf(793712314, 12, usual.with(0, 2 ** 31 - 1)),
    fastTextOf(793712314, 12, usual.with(0, -1)),
    fastTextOf(1, 12, usual),
    fastTextOf(793712314, 12, usual).subarray(0, 9),
  ])
    for (const isSized of [true, false])
      await assert.rejects(readBytesOf(bytes, {}, 16, isSized), { code: 'bad-data' })
})

test('C17 a file of gigabytes is streamed: a limit reads its beginning in constant memory, and all of it takes its rows', async t => {
  const [words, dimensions] = isFullSize ? [3_000_000, 300] : [40_000, 300]
  const header = ascii(`${words} ${dimensions}\n`)
  const numbers = new Uint8Array(new Float32Array(dimensions).fill(0.25).buffer)
  const rowsAtOnce = 1000
  let given = 0
  async function* chunks() {
    yield header
    for (let at = 0; at < words; at += rowsAtOnce) {
      const rows = Array.from({ length: rowsAtOnce }, (_, i) => [ascii(`w${at + i} `), numbers]).flat()
      const chunk = new Uint8Array(Buffer.concat(rows))
      given += chunk.length
      yield chunk
    }
  }
  const size =
    header.length +
    Array.from({ length: words }, (_, i) => `w${i} `.length).reduce((a, b) => a + b, 0) +
    words * numbers.length
  const part = await growthOf(async () => {
    const vectors = await read(
      { name: 'large.bin', size, chunks: chunks() },
      { limit: 1000, format: 'word2vec-binary' },
    )
    assert.equal(vectors.size, 1000)
  })
  assert.ok(given < 2e7, `${given} bytes were read`)
  const all = await growthOf(async () => {
    const vectors = await read({ name: 'large.bin', size, chunks: chunks() }, { format: 'word2vec-binary' })
    assert.equal(vectors.size, words)
  })
  const own = (words * numbers.length) / 2 ** 20
  t.diagnostic(
    `${size} bytes: a limit took ${Math.round(part)} MB, all ${Math.round(all)} MB, of which rows are ${Math.round(own)} MB`,
  )
  assert.ok(part < 64 && all < own + 64 + 0.04 * own, `${part} and ${all} MB`)
})

/** What `act` gives, `change` being called at every turn of the event loop until then. */
async function during<T>(act: () => Promise<T>, change: () => void): Promise<T> {
  let isOver = false
  const acting = act().finally(() => {
    isOver = true
  })
  acting.catch(() => {}) // it is awaited below, after the last change
  while (!isOver) {
    change()
    await new Promise(setImmediate)
  }
  return acting
}

test('C18 a file that is written to or replaced while it is read is refused', async () => {
  const [words, dimensions] = [20_000, 50]
  const rows = Array.from({ length: words }, (_, w) => `word${w}${' 0.25'.repeat(dimensions)}\n`)
  const text = ascii(`${words} ${dimensions}\n${rows.join('')}`)
  const file = temporaryFolder({ 'v.safetensors': bytesIn('safetensors', plainVectors()) })
  const changes = {
    longer: () => appendFileSync(file('v.txt'), 'x'),
    'written again, being cut off in between': () => writeFileSync(file('v.txt'), text),
    'of another time only': () => utimesSync(file('v.txt'), 1, performance.now()),
  }
  for (const [name, change] of Object.entries(changes)) {
    writeFileSync(file('v.txt'), text)
    await new Promise(resolve => setTimeout(resolve, 20)) // file times can be as coarse as 4 ms
    const refused = { code: 'bad-data', message: /written to or replaced while it was read/ }
    await assert.rejects(
      during(() => load(file('v.txt')), change),
      refused,
      name,
    )
  }
  const open = await openVectorFile(file('v.safetensors'))
  assert.ok(await open.vector('a'))
  await new Promise(resolve => setTimeout(resolve, 20))
  appendFileSync(file('v.safetensors'), '')
  writeFileSync(file('v.safetensors'), bytesIn('safetensors', plainVectors()))
  await assert.rejects(open.vector('a'), { code: 'bad-data', message: /written to after it was opened/ })
  await open.close()
})

test('D5 places past 2 and 4 GiB: rows of a sparse file of 6 GiB, and of a matrix of 6 GiB', async () => {
  const [words, dimensions] = [1_600_000, 1000]
  const file = temporaryFolder()
  const shape = [words, dimensions]
  const sizes = {
    'vocabulary.counts': 8 * words,
    'vocabulary.offsets': 8 * (words + 1),
    'vocabulary.bytes': 0,
    vectors: 4 * words * dimensions,
  }
  let end = 0
  const tensors = Object.entries(sizes).map(([name, bytes]) => {
    const start = end
    end += bytes
    const [dtype, dims] = {
      'vocabulary.counts': ['F64', [words]],
      'vocabulary.offsets': ['U64', [words + 1]],
      'vocabulary.bytes': ['U8', [0]],
      vectors: ['F32', shape],
    }[name] as [string, number[]]
    return { name, dtype, shape: dims, start, end }
  })
  const header = encodeHeader({ tensors, metadata: { format: 'wordloom/1' } })
  const descriptor = openSync(file('sparse.safetensors'), 'w')
  writeSync(descriptor, header)
  ftruncateSync(descriptor, header.length + end)
  const last = words - 3
  const place = header.length + tensors[3]!.start + last * dimensions * 4
  writeSync(descriptor, new Uint8Array(new Float32Array([1, 2, 3]).buffer), 0, 12, place)
  closeSync(descriptor)
  const open = await openVectorFile(file('sparse.safetensors'))
  assert.deepEqual([...(await open.row(last)).slice(0, 4)], [1, 2, 3, 0])
  await open.close()
  const data = new Float32Array(words * dimensions) // never touched, so that it takes no memory
  const matrix = { data, rows: words, columns: dimensions, stride: dimensions }
  row(matrix, last)[0] = 7
  assert.equal(data[last * dimensions], 7)
  assert.equal(row(matrix, last - 2 ** 32 / 4000).length, dimensions)
})

test("C11 a vocabulary keeps an object's own names, and is no object", () => {
  const vocabulary = Vocabulary.of(odd)
  for (const [id, word] of odd.entries()) assert.equal(vocabulary.idOf(word), id)
  assert.equal(vocabulary.idOf('isPrototypeOf'), undefined)
  assert.ok(new WordVectors({ vocabulary, matrix: awkwardVectors(odd).matrix }).has('__proto__'))
})
