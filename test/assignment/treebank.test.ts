import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { BatchSource } from '#assignment/batch'
import { NOISE_PLACES, noiseTable } from '#assignment/noise-table'
import { PythonRandom } from '#assignment/python-random'
import { thinnedSentences } from '#assignment/thinned-sentences'
import { readTreebank, treebankOf } from '#assignment/treebank'
import { realTreebank, whyNot } from './real-treebank.js'
import { smallTreebank } from './small-treebank.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-treebank-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function written(text: string): string {
  const path = join(folder, 'datasetSentences.txt')
  writeFileSync(path, text)
  return path
}

test('lines are read as the assignment reads them: lower case, parted at what Python holds for white space', async () => {
  const { words, counts, ids, starts } = await readTreebank(
    written(
      'sentence_index\tsentence\r\n1\tThe Rock is\u00a0a rock .\n2\tLa vo\u00c3\u0085il\u00e9  the end\n',
    ),
  )
  assert.deepEqual(words, ['the', 'rock', 'is', 'a', '.', 'la', 'vo\u00e3', 'il\u00e9', 'end', 'UNK'])
  assert.deepEqual([...counts], [2, 2, 1, 1, 1, 1, 1, 1, 1, 1])
  assert.deepEqual([...ids], [0, 1, 2, 3, 1, 4, 5, 6, 7, 0, 8])
  assert.deepEqual([...starts], [0, 6, 11])
})

test('another file is refused', async () => {
  await assert.rejects(() => readTreebank(written('The Rock is destined\n')), {
    code: 'bad-data',
    message: /line 1: the first line is ".*"; expected "sentence_index/,
  })
  await assert.rejects(() => readTreebank(written('sentence_index\tsentence\n')), { code: 'bad-data' })
  await assert.rejects(() => readTreebank(join(folder, 'nowhere.txt')), { code: 'no-input' })
})

test('a word seen n times has n^0.75 of the places of the noise', () => {
  const counts = [16, 1, 81, 0]
  const table = noiseTable(counts)
  assert.equal(table.length, NOISE_PLACES)
  const places = counts.map((_, word) => table.filter(drawn => drawn === word).length)
  for (const [word, share] of [8 / 36, 1 / 36, 27 / 36, 0].entries())
    assert.ok(Math.abs(places[word] - share * NOISE_PLACES) <= 1, `${word}: ${places[word]}`)
})

test('thinned sentences are parts of sentences, two words or more', () => {
  const treebank = smallTreebank()
  const { ids, starts } = thinnedSentences(treebank, new PythonRandom(1))
  assert.equal(starts[starts.length - 1], ids.length)
  assert.ok(starts.length > 100)
  for (let s = 1; s < starts.length; s++) assert.ok(starts[s] - starts[s - 1] >= 2)
})

test('no batch has the center word outside, or the outside word among its negatives', () => {
  const source = new BatchSource(smallTreebank(), new PythonRandom(3))
  const { centers, ends, outsides, negatives, negativeSamples } = source.batch
  for (let n = 0; n < 20; n++) {
    source.draw()
    let j = 0
    for (const [i, center] of centers.entries()) {
      assert.ok(ends[i] > j && ends[i] <= j + 10)
      for (; j < ends[i]; j++) {
        assert.notEqual(outsides[j], center)
        const own = negatives.subarray(j * negativeSamples, (j + 1) * negativeSamples)
        assert.ok(!own.includes(outsides[j]))
      }
    }
  }
})

test('sentences that never give a window end in a sentence of ours, not in a loop', () => {
  const source = new BatchSource(treebankOf([['a', 'a'], ['b']]), new PythonRandom(3))
  assert.throws(() => source.draw(), { code: 'bad-data' })
})

test('the treebank has the published number of words, and the draws of the original', async t => {
  if (!existsSync(realTreebank)) return t.skip(whyNot)
  const treebank = await readTreebank(realTreebank)
  assert.equal(treebank.words.length, 19_539)
  assert.equal(treebank.ids.length, 227_245)
  const random = new PythonRandom(31415)
  random.randint(1, 5)
  const { ids, starts } = thinnedSentences(treebank, random)
  assert.deepEqual([starts.length - 1, ids.length, random.random()], [299_303, 1_523_942, 0.345113990875067])
  const digest = createHash('sha256')
    .update(new Uint8Array(noiseTable(treebank.counts).buffer))
    .digest('hex')
  assert.equal(digest, '59908e7c3033b41704f8f1dce92b448719551a5688701cc42f42ae90836387d1')
})
