import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save } from 'wordloom/formats'
import { type Model, type TrainingOptions, train } from 'wordloom/training'
import { Random } from '#math/random'
import { subwordBuckets } from '#text/subwords'
import { temporaryFolder } from '../formats/sample.js'

const isInstalled = spawnSync('fasttext').error === undefined
const skip = isInstalled ? false : 'the program fasttext is not installed'

const roots = ['weav', 'spinn', 'knitt', 'stitch', 'thread', 'walk', 'runn', 'climb', 'jump', 'swimm']
const endings = ['er', 'ers', 'ing', 'ed', 'able']
const common = { dimensions: 20, minCount: 1, epochs: 3, subwords: true, buckets: 5000, seed: 4 } as const

/** Sentences of one trade each: words of a trade share their company, and words of one root their letters. */
function* sentences(count: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(21, s)
    const trade = random.below(2)
    yield Array.from(
      { length: 8 },
      () => roots[trade * 5 + random.below(5)]! + endings[random.below(endings.length)]!,
    ).filter(word => word !== 'weavable')
  }
}

function trainOn(options: Partial<TrainingOptions> = {}): Promise<Model> {
  return train(sentences(3000), { ...common, ...options })
}

function digest({ vectors }: Model): string {
  const hash = createHash('sha256')
  for (const { data } of [vectors.matrix, vectors.outputVectors!, vectors.subwords!.matrix])
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}

test('one thread gives the same bytes again and again, those of every other machine', async () => {
  const [one, two] = [await trainOn(), await trainOn()]
  assert.equal(digest(one), digest(two))
  assert.equal(digest(one), '01f31a4134ee299f4600bae5b034c72a210177bfab965b9d360edf7392e608ef')
})

test('the readable reference trains what the kernel trains, also for CBOW and a tree', async () => {
  for (const options of [
    {},
    { architecture: 'cbow' },
    { objective: 'hierarchical-softmax', bagGradient: 'exact' },
  ] as const) {
    const few = { ...common, ...options, epochs: 1, heldOut: 0.2, threads: 1 }
    const [kernel, reference] = [
      await train(sentences(1200), few),
      await train(sentences(1200), { ...few, simd: 'none' }),
    ]
    for (const of of [
      (model: Model) => model.vectors.matrix,
      (model: Model) => model.vectors.subwords!.matrix,
    ]) {
      const [a, b] = [of(kernel).data, of(reference).data]
      assert.ok(a.every((value, i) => Math.abs(value - b[i]!) < 1e-5))
    }
    assert.ok(Math.abs(kernel.losses[0]! - reference.losses[0]!) < 1e-5)
    assert.ok(Math.abs(kernel.heldOutLosses[0]! - reference.heldOutLosses[0]!) < 1e-5)
  }
})

test('only buckets with an n-gram of some word have rows, and a word is the mean of its own and theirs', async () => {
  const { vectors } = await trainOn({ epochs: 1 })
  const subwords = vectors.subwords!
  const used = new Set([...vectors.vocabulary.words()].flatMap(word => bucketsOf(word)))
  assert.deepEqual(
    [...subwords.buckets!],
    [...used].sort((a, b) => a - b),
  )
  assert.equal(subwords.matrix.rows, used.size)
  const word = vectors.vocabulary.bytes(3)
  const again = subwords.ownRow(vectors.matrix.data.slice(3 * 20, 4 * 20), word)
  subwords.compose(again, word)
  assert.ok(again.every((x, i) => Math.abs(x - vectors.matrix.data[3 * 20 + i]!) < 1e-6))
})

test('a word that was never seen is near the words that it is made like', async () => {
  const { vectors } = await trainOn({ epochs: 8, learningRate: 0.05 })
  assert.equal(vectors.has('weavable'), false)
  for (const { word } of vectors.nearest('weavable', 3))
    assert.match(word, /^weav|^spinn|^knitt|^stitch|^thread/)
  assert.ok(vectors.similarity('weavable', 'weaver') > vectors.similarity('weavable', 'runner'))
  assert.throws(() => vectors.nearest('weavable', { unknown: 'throw' }), { code: 'unknown-word' })
})

test('several threads train, too', async () => {
  const { vectors, losses } = await trainOn({ threads: 2, schedule: 'windows', architecture: 'cbow' })
  assert.ok(losses.at(-1)! < losses[0]! && vectors.size === 49)
})

test('options of sub-words that contradict each other are refused', async () => {
  const lines = [['a', 'b', 'a', 'b']]
  for (const [options, message] of [
    [{ minNgram: 2 }, /minNgram is given, and training is without sub-words/],
    [{ subwords: true, minNgram: 7 }, /minNgram is 7 and maxNgram 6/],
    [{ subwords: true, bag: 'sum' }, /bag is sum/],
    [{ subwords: true, schedule: 'blocks' }, /schedule is blocks.*not for sub-words/],
    [{ subwords: 1 as unknown as boolean }, /subwords is 1, and must be true or false/],
  ] as const)
    await assert.rejects(train(lines, { minCount: 1, ...options }), { code: 'usage', message })
})

test('a model trained here answers fasttext with our vectors', { skip }, async () => {
  const { vectors } = await trainOn({ epochs: 8, learningRate: 0.05 })
  const path = join(await temporaryFolder(), 'ours.bin')
  await save(vectors, path)
  const words = ['weaver', 'weavable', 'runners', 'climbs']
  const printed = execFileSync('fasttext', ['print-word-vectors', path], { input: `${words.join('\n')}\n` })
  for (const line of printed.toString().trimEnd().split('\n')) {
    const [word, ...numbers] = line.trimEnd().split(' ')
    const found = vectors.vector(word!)!
    for (const [i, number] of numbers.entries()) assert.ok(Math.abs(found[i]! - Number(number)) < 1e-4, line)
  }
  const answers = execFileSync('fasttext', ['nn', path, '3'], { input: 'weavable\n' }).toString()
  const theirs = [...answers.matchAll(/(\S+) [\d.]+\n/g)].map(match => match[1])
  assert.deepEqual(
    theirs,
    vectors.nearest('weavable', 3).map(({ word }) => word),
  )
  const { metadata, subwords } = await load(path)
  assert.equal(JSON.parse(metadata.options!).epochs, 8)
  assert.deepEqual(subwords!.settings, { minNgram: 3, maxNgram: 6, buckets: 5000 })
})

function bucketsOf(word: string): number[] {
  return subwordBuckets(new TextEncoder().encode(word), { minNgram: 3, maxNgram: 6, buckets: 5000 })
}
