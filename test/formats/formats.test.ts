import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { formatOfExtension, load, save } from '#formats/index'
import { allocateMatrix } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import {
  ascii,
  awkwardVectors,
  bytesIn,
  readBytesOf,
  rowsOf,
  singleFiles,
  temporaryFolder,
  wordBytesOf,
} from './sample.js'

for (const name of singleFiles) {
  test(`${name}: what is written reads back, byte for byte, and its format is recognized`, async () => {
    for (const dimensions of [1, 3, 4, 5, 100]) {
      const vectors = awkwardVectors(undefined, dimensions)
      const bytes = bytesIn(name, vectors)
      for (const chunkBytes of [1, 7, 1 << 16]) {
        const named = name === 'glove' && dimensions === 1 ? { format: name } : {} // two fields: word2vec's header?
        const again = await readBytesOf(bytes, named, chunkBytes)
        assert.deepEqual(wordBytesOf(again), wordBytesOf(vectors))
        assert.deepEqual(rowsOf(again), rowsOf(vectors))
        assert.deepEqual(
          Buffer.from(bytesIn(name, again)),
          Buffer.from(bytes),
          `${dimensions}, ${chunkBytes}`,
        )
      }
    }
  })

  test(`${name}: a limit reads the first words only, and must be a whole number from 1`, async () => {
    const bytes = bytesIn(name, awkwardVectors())
    const two = await readBytesOf(bytes, { limit: 2 })
    assert.deepEqual([...two.vocabulary.words()], ['__proto__', 'constructor'])
    assert.deepEqual(rowsOf(two), rowsOf(awkwardVectors()).slice(0, 2))
    assert.equal((await readBytesOf(bytes, { limit: 1_000_000 })).size, 8)
    for (const limit of [0, -1, 1.5, Number.NaN])
      await assert.rejects(readBytesOf(bytes, { limit }), { code: 'usage' })
  })
}

test('the extension picks the format that is written, and unknown ones are refused by name', async () => {
  const folder = await temporaryFolder()
  for (const [file, format] of [
    ['a.safetensors', 'safetensors'],
    ['a.TXT', 'word2vec-text'],
    ['a.vec', 'word2vec-text'],
    ['a.bin', 'word2vec-binary'],
    ['a.glove', 'glove'],
  ] as const) {
    assert.equal(formatOfExtension(file), format)
    await save(awkwardVectors(), join(folder, file))
    assert.deepEqual(await readFile(join(folder, file)), Buffer.from(bytesIn(format, awkwardVectors())))
    assert.deepEqual(rowsOf(await load(join(folder, file))), rowsOf(awkwardVectors()))
  }
  const wrong = { code: 'usage', message: /one of safetensors \(\.safetensors\), model2vec/ }
  await assert.rejects(save(awkwardVectors(), join(folder, 'a.model')), wrong)
  await assert.rejects(save(awkwardVectors(), join(folder, 'a.gz')), wrong)
  await assert.rejects(load(join(folder, 'a.txt'), { format: 'toString' as 'safetensors' }), wrong)
})

test('an option that cannot be is refused before the file is opened', async () => {
  const wrong: [object, string][] = [
    [{ lenient: 'yes' }, 'lenient is "yes"; expected true or false'],
    [{ allowNonfinite: 1 }, 'allowNonfinite is 1; expected true or false'],
    [{ maxDecompressed: 0 }, 'maxDecompressed is 0; expected a whole number from 1 up'],
    [{ maxDecompressed: 1e3 + 0.5 }, 'maxDecompressed is 1000.5; expected a whole number from 1 up'],
    [{ limit: 0 }, 'limit is 0; expected a whole number from 1 up'],
  ]
  for (const [options, message] of wrong)
    await assert.rejects(load('missing.vec', options), {
      code: 'usage',
      message: `Cannot load word vectors: ${message}.`,
    })
})

test('word2vec formats refuse a word with a space, and leave the old file as it was', async () => {
  const path = join(await temporaryFolder(), 'old.bin')
  await writeFile(path, 'old')
  for (const word of ['new york', 'a\nb', 'tab\tbed', 'cr\r'])
    for (const format of ['word2vec-text', 'word2vec-binary'] as const)
      await assert.rejects(save(awkwardVectors(['a', word]), path, { format }), {
        code: 'bad-data',
        message: /the word ".*" has a space or line break.*\.safetensors/,
      })
  assert.equal(await readFile(path, 'utf8'), 'old')
  const kept = await readBytesOf(bytesIn('safetensors', awkwardVectors(['new york', '', 'a\nb'])))
  assert.deepEqual([...kept.vocabulary.words()], ['new york', '', 'a\nb'])
})

test('compressed files are read as they are, and damaged compression is named', async () => {
  const path = join(await temporaryFolder(), 'a.vec.gz')
  for (const name of singleFiles) {
    const gzipped = gzipSync(bytesIn(name, awkwardVectors()))
    await writeFile(path, gzipped)
    assert.deepEqual(rowsOf(await load(path)), rowsOf(awkwardVectors()))
    await writeFile(path, gzipped.subarray(0, -20))
    await assert.rejects(load(path), { code: 'bad-data' })
  }
})

test('files of other kinds are refused by name', async () => {
  const kinds = {
    'Python pickle': [0x80, 4, 0x95, 0, 0, 0, 0],
    finalfusion: [...ascii('FiFu'), 0, 0],
    'SQLite database': ascii('SQLite format 3\0'),
    'Arrow file': ascii('ARROW1\0\0'),
    'JSON file': ascii('{"a": 1}'),
    'web page': ascii('<!DOCTYPE html>\n'),
    'zip archive': [0x50, 0x4b, 3, 4, 0],
  }
  for (const [name, bytes] of Object.entries(kinds))
    await assert.rejects(readBytesOf(Uint8Array.from(bytes)), { code: 'bad-data', message: new RegExp(name) })
  await assert.rejects(load('/nowhere/at/all.bin'), { code: 'no-input' })
})

test('output vectors, counts and metadata survive in safetensors', async () => {
  const outputVectors = allocateMatrix(2, 5)
  outputVectors.data.set([1, 2, 3, 4, 5], 8)
  const vectors = new WordVectors({
    vocabulary: Vocabulary.of(['a', 'b'], Float64Array.of(9e15, 2)),
    matrix: allocateMatrix(2, 5),
    outputVectors,
    metadata: { seed: '1', ['__proto__']: 'x', 'a "quoted" key': 'ü' },
  })
  const again = await readBytesOf(bytesIn('safetensors', vectors))
  assert.deepEqual(again.outputVectors, outputVectors)
  assert.deepEqual([...again.vocabulary.counts], [9e15, 2])
  assert.deepEqual(Object.entries(again.metadata), Object.entries(vectors.metadata))
})
