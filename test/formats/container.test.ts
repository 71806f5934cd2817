import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load, save, WordVectors } from 'wordloom'
import { Vocabulary } from 'wordloom/text'
import { temporaryFolder } from '../text/temporary.js'

const file = temporaryFolder()
const WORDS = 20_000
const DIMENSIONS = 200

test('vectors that would take more than the container may have are refused before there is memory for them', async t => {
  const vectors = WordVectors.allocate(
    Vocabulary.of(Array.from({ length: WORDS }, (_, n) => `w${n}`)),
    DIMENSIONS,
  )
  const names = ['v.safetensors', 'v.bin', 'v.npy', 'v.parquet', 'v.txt', 'v.bin.gz']
  for (const name of names) await save(vectors, file(name))
  t.mock.method(process, 'constrainedMemory', () => process.memoryUsage.rss() + 2.5e6)
  for (const name of names)
    await assert.rejects(load(file(name)), (error: Error & { code: string }) => {
      assert.equal(error.code, 'too-large', `${name}: ${error}`)
      assert.match(
        error.message,
        /^Cannot hold the vectors: .*: [\d,]+ (words|rows) × 200 dimensions need [\d.]+ MiB, the process would take \d+ MiB with them, and this container may have \d+ MiB\. Load fewer words with limit, or give the container more memory\.$/,
      )
      return true
    })
  assert.equal((await load(file('v.safetensors'), { limit: 100 })).size, 100)
})
