import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type TrainClassifierCall, trainClassifier } from 'wordloom/classification'
import { partsOf } from '#classification/classifier'
import type { PlainRows } from '#classification/rows'
import { madeUpLines } from './lines.js'

const lines = madeUpLines(600, 5, 3, 2)

/** Of rows, words, labels, buckets and losses; the file says more, such as the version. */
async function digestOf(call: TrainClassifierCall): Promise<string> {
  const { classifier, losses } = await trainClassifier(lines, { epochs: 2, heldOut: 0.1, seed: 42, ...call })
  const { words, labels, kept, input, output } = partsOf(classifier)
  const hash = createHash('sha256')
  for (const { matrix } of [input as PlainRows, output as PlainRows])
    hash.update(new Uint8Array(matrix.data.buffer, matrix.data.byteOffset, matrix.data.byteLength))
  hash.update(JSON.stringify([[...words.words()], [...labels.words()], [...(kept ?? [])], losses]))
  return hash.digest('hex')
}

test('the bytes of a classifier are those of every other machine, version of Node and number of threads', async () => {
  const found: Record<string, string> = {}
  for (const objective of ['softmax', 'one-vs-all', 'hierarchical-softmax', 'negative-sampling'] as const)
    for (const dimensions of [20, 100]) {
      const one = await digestOf({ objective, dimensions, threads: 1 })
      assert.equal(await digestOf({ objective, dimensions, threads: 3 }), one)
      found[`${objective} ${dimensions}`] = one
    }
  assert.deepEqual(found, {
    'softmax 20': 'dbbace10c9eafa15d54426f7d75fd7fd66b91c8a9a09e88cf4080a01605320a4',
    'softmax 100': 'd7863703d1151955cade914f0b6a86f8a0ca252438d60273518209d6f786f3b6',
    'one-vs-all 20': '926d7f33d0e7d6e26d547eda52c63d240fa7c0b22384dd64ff8840ca5a50c027',
    'one-vs-all 100': '74cf407ca3bf32bdd4c45b56953d88b25d59395a3935af64ca7a263bd2784622',
    'hierarchical-softmax 20': 'c3b6cd7b76bb8f89138a3fed26dcb22ae8ff8c1692ffed53021e58ebd8f7e202',
    'hierarchical-softmax 100': '8becbdcfdffe1f558c57cc92fb96d760a124e6baa279a4cbc58d44cbaea4db27',
    'negative-sampling 20': '964bbc8633d873f1594c8db6d6e76995161849921c90634d77cb648a3db44350',
    'negative-sampling 100': '7664adf900b1a792c5b9e788089aa7ad9ed638d6c7aca3781f5417174a083c83',
  })
})

test('options that shape the rows are in the bytes, too', async () => {
  const found = {
    'words alone': await digestOf({ wordNgrams: 1, maxNgram: 0, minCount: 2 }),
    'few buckets': await digestOf({ buckets: 50, lowercase: true, punctuation: 'apart' }),
    balanced: await digestOf({ classWeights: 'balanced', labelWeights: ['l1=3'] }),
    'other noise': await digestOf({
      objective: 'negative-sampling',
      negativeSamples: 2,
      noiseExponent: 0.75,
    }),
  }
  assert.deepEqual(found, {
    'words alone': 'e2db034f9e8968d776f992b41855d4d9910d17c486193ff0eebe86fc2e243967',
    'few buckets': 'e9289437d54122e17d443fa10d9a69713bdbe28cb7046a0a7ea81b920d449e4e',
    balanced: 'c1785eea6503d9e158819db9726035f7ad9d428e38d57d7aedf121d1ea7a2fed',
    'other noise': '54cce44cb43c734ed80fe98b03d87e052958db83f770b1554c718c31e46a99eb',
  })
})
