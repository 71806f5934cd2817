import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save } from 'wordloom/formats'
import { type Model, train } from 'wordloom/training'
import { temporaryFolder } from '../formats/sample.js'
import { common, sentences, trainOn } from './words-of-trades.js'

const isInstalled = spawnSync('fasttext').error === undefined

const skip = isInstalled ? false : 'the program fasttext is not installed'

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
