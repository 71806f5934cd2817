import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load, read } from 'wordloom/formats'
import { train } from 'wordloom/training'
import { type WordVectors, withoutWords } from 'wordloom/vectors'
import { here } from '../formats/fasttext-models.js'
import { bytesIn } from '../formats/sample.js'

const lines = (end: string) =>
  Array.from({ length: 80 }, (_, i) => `the cats eat and dogs eat ${i % 2 ? 'fishes' : 'fish'} ${end}`)
const options = { minCount: 1, dimensions: 6, subwords: true, buckets: 300, seed: 3 } as const
const still = { minCount: 1, epochs: 1, learningRate: 1e-9 } as const

const { vectors: old } = await train({ lines: lines('here') }, { ...options, epochs: 3 })

/** Steps of 1e-9 leave the vectors where they began. */
function isNear(found: WordVectors, expected: WordVectors, words: readonly string[]): void {
  for (const word of words)
    for (const [i, x] of found.vector(word)!.entries())
      assert.ok(Math.abs(x - expected.vector(word)![i]!) < 1e-5, `${word}: ${x}`)
}

test('a model with sub-words goes on with them: known words, unknown ones, new ones', async () => {
  for (const given of [old, await read({ name: 's.bin', chunks: [bytesIn('fasttext', old)] })]) {
    const { vectors, start, options } = await train(
      { lines: lines('fishing') },
      { ...still, continue: given },
    )
    assert.equal(start!.subwords, 'given')
    assert.deepEqual([options.subwords, options.buckets], [true, 300])
    isNear(vectors, old, ['the', 'cats', 'here', 'fishes', 'doggies', 'unfish'])
    const ngrams = old.subwords!.parts('fishing').length
    for (const [i, x] of old.vector('fishing')!.entries()) {
      const own = vectors.vector('fishing')![i]! * (ngrams + 1) - x * ngrams
      assert.ok(Math.abs(own) <= 0.5 / 6 + 1e-5, 'a new word has its sub-words and a row of chance')
    }
    assert.equal(JSON.parse(vectors.metadata.start!).subwords, 'given')
  }
})

test('a run goes on from there: what was learned is not what was given', async () => {
  const call = { minCount: 1, epochs: 5, continue: old, seed: 4 }
  const [first, again] = [
    await train({ lines: lines('there') }, call),
    await train({ lines: lines('there') }, call),
  ]
  assert.deepEqual(first.vectors.subwords, again.vectors.subwords)
  assert.ok(first.losses.at(-1)! < first.losses[0]!)
})

test('vectors to start from give their sub-words too, those of fastText among them', async () => {
  const golden = await load(here('skip-gram.bin'))
  const text = { lines: Array.from({ length: 30 }, () => 'the loom and the weaver weave') }
  const { vectors, start, options } = await train(text, { ...still, from: golden, subwords: true })
  assert.equal(start!.subwords, 'given')
  assert.deepEqual([options.minNgram, options.maxNgram, options.buckets], [3, 6, 50])
  isNear(vectors, golden, ['the', 'loom', 'weaver'])
})

test('sub-words of other settings, or none, start as new, and words at their vectors all the same', async () => {
  const from = { ...still, from: old, subwords: true } as const
  const other = await train({ lines: lines('here') }, { ...from, buckets: 200 })
  assert.equal(other.start!.subwords, 'of-other-settings')
  isNear(other.vectors, old, ['the', 'cats'])
  const { vectors: plain } = await train({ lines: lines('here') }, { minCount: 1, dimensions: 6 })
  const absent = await train({ lines: lines('here') }, { ...from, from: plain, buckets: 200 })
  assert.equal(absent.start!.subwords, 'absent')
  isNear(absent.vectors, plain, ['the', 'cats'])
  for (const call of [{ from: old }, { continue: old, subwords: false }]) {
    const left = await train({ lines: lines('here') }, { ...still, ...call })
    assert.equal(left.start!.subwords, 'left-out')
    assert.equal(left.vectors.subwords, undefined)
    isNear(left.vectors, old, ['the', 'cats'])
  }
})

test('buckets without a row begin at zeros, so that words of the file begin at their vectors', async () => {
  const { vectors: fewer } = withoutWords(old, ['fishes'])
  const { vectors } = await train({ lines: lines('here') }, { ...still, continue: fewer })
  isNear(vectors, old, ['fish', 'cats'])
})

test('frozen words are refused, since their sub-words are those of others', async () => {
  await assert.rejects(train({ lines: lines('here') }, { ...still, continue: old, frozen: 'given' }), {
    code: 'usage',
    message:
      'Cannot train: frozen words would move all the same with their sub-words, which other words share. Leave frozen out, or train without subwords.',
  })
})
