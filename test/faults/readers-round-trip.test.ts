import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FormatName, formats, read } from '#formats/index'
import { allocateMatrix, row } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { rowsOf, wordBytesOf } from '../formats/sample.js'
import { filesOf } from './fuzz/files.js'

const names: Record<FormatName, string> = {
  safetensors: 'v.safetensors',
  model2vec: 'model.safetensors',
  npy: 'v.npy',
  parquet: 'v.parquet',
  'word2vec-binary': 'v.bin',
  fasttext: 'v.bin',
  projector: 'vectors.tsv',
  glove: 'v.glove',
  json: 'v.json',
  'json-lines': 'v.jsonl',
  'word2vec-text': 'v.txt',
}

const familiar = fc
  .constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '</s>',
    '10',
    '2',
    '[UNK]',
    'a b',
    '\ufeff',
    '\u2028',
    '0.5',
    '-',
    'nan',
    '',
  )
  .map(word => new TextEncoder().encode(word))
const anyBytes = fc.uint8Array({ maxLength: 12 })
const utf8 = fc
  .string({ unit: 'binary', maxLength: 6 })
  .filter(text => !/\p{Surrogate}/u.test(text))
  .map(text => new TextEncoder().encode(text))
const words = fc.uniqueArray(fc.oneof(familiar, anyBytes, utf8), {
  minLength: 1,
  maxLength: 8,
  selector: word => Buffer.from(word).toString('hex'),
})
const numbers = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    0,
    -0,
    2 ** -149,
    -(2 ** -149),
    3.4028234663852886e38,
    -3.4028234663852886e38,
    1.1754943508222875e-38,
    16777217,
  ),
)

/** Whether a format says itself that it can hold these words. */
function holds(format: FormatName, vectors: WordVectors): Promise<boolean> {
  return filesOf(format, names[format], vectors).then(
    () => true,
    error => {
      assert.equal(error.code, 'bad-data')
      assert.match(error.message, /Save as \.safetensors/)
      return false
    },
  )
}

for (const format of Object.keys(formats) as FormatName[])
  test(`C11 ${format}: what is written is read back, bit for bit, or refused when it is written`, async () => {
    let written = 0
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(numbers),
        async (words, dimensions, stream) => {
          // one dimension is no table to the formats that are told by it
          const matrix = allocateMatrix(words.length, Math.max(dimensions, 2))
          for (let id = 0; id < words.length; id++) {
            const target = row(matrix, id)
            for (let i = 0; i < target.length; i++) target[i] = stream.next().value!
          }
          const vectors = new WordVectors({ vocabulary: Vocabulary.of(words), matrix })
          if (!(await holds(format, vectors))) return
          written++
          const { main, content } = await filesOf(format, names[format], vectors)
          const source = (name: string) => ({ name, size: content[name]!.length, chunks: [content[name]!] })
          const back = await read(
            { ...source(main), beside: async name => (name in content ? source(name) : undefined) },
            { format },
          )
          assert.deepEqual(wordBytesOf(back), wordBytesOf(vectors))
          assert.deepEqual(rowsOf(back), rowsOf(vectors))
        },
      ),
      { numRuns: 150 },
    )
    assert.ok(written > 0)
  })
