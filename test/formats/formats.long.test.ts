import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '#math/random'
import { awkwardVectors, bytesIn, damaged, readBytesOf, rowsOf, singleFiles } from './sample.js'

for (const name of singleFiles) {
  test(`${name}: a file cut off anywhere is refused with the place`, async () => {
    const bytes = bytesIn(name, awkwardVectors(undefined, 2))
    for (let length = 0; length < bytes.length; length++)
      for (const sizeKnown of [true, false]) {
        const reading = readBytesOf(bytes.subarray(0, length), { format: name }, 50, sizeKnown)
        if (name === 'word2vec-binary' && length === bytes.length - 1) {
          await reading // the newline after the last row may be missing, as gensim leaves it out
        } else if (name === 'glove' && bytes[length - 1] === 0x0a) {
          await reading // without a header nothing tells how many rows there should be
        } else
          await assert.rejects(reading, {
            code: 'bad-data',
            message: /^Cannot read some\.vectors: .*(byte|header|empty|cut off|a word and its numbers)/,
          })
      }
  })

  test(`${name}: thousands of damaged files give vectors or a sentence, never a crash or NaN`, async () => {
    const whole = bytesIn(name, awkwardVectors(undefined, 2))
    for (let seed = 0; seed < 3000; seed++) {
      const bytes = damaged(whole, new Random(seed, 0))
      const format = seed % 2 ? { format: name } : {}
      try {
        const vectors = await readBytesOf(bytes, format, 1 + (seed % 300))
        assert.ok(rowsOf(vectors).flat().every(Number.isFinite))
      } catch (error) {
        const { code, message } = error as { code?: string; message: string }
        assert.ok(code === 'bad-data' || code === 'too-large', `seed ${seed}: ${message}`)
      }
    }
  })
}
