import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save, train, type WordloomError } from 'wordloom'
import { DocumentInference } from 'wordloom/documents'
import { Random } from '#math/random'

const topics = 4
const wordsOfTopic = 12

/** Documents that each speak of one topic, in words of its own and a few that all share. */
function planted(documents: number, seed: number): string[] {
  const random = new Random(seed, 1)
  return Array.from({ length: documents }, (_, i) =>
    Array.from({ length: 40 }, () => {
      const word = Math.floor(random.uniform() * wordsOfTopic)
      return random.uniform() < 0.7 ? `t${i % topics}w${word}` : `shared${word}`
    }).join(' '),
  )
}

/** How many of the documents speak of a topic. */
function ofTopic(documents: readonly { word: string }[], topic: number): number {
  return documents.filter(({ word }) => (Number(word) - 1) % topics === topic).length
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length
}

const settings = {
  dimensions: 16,
  epochs: 20,
  minCount: 1,
  subsampling: 0,
  learningRate: 0.05,
  threads: 1,
} as const

for (const architecture of ['pv-dm', 'pv-dbow', 'pv-dbow-skip-gram'] as const)
  for (const objective of ['negative-sampling', 'hierarchical-softmax'] as const)
    test(`${architecture} with ${objective}: documents of one topic are near, and so is a new one`, async () => {
      const model = await train(
        { lines: planted(80, 1) },
        { ...settings, epochs: 40, architecture, objective, bagGradient: 'undivided' },
      )
      const documents = model.documents!
      assert.equal(documents.size, 80)
      const shares = [...documents.vocabulary.words()].map(
        name => ofTopic(documents.nearest(name, { count: 5 }), (Number(name) - 1) % topics) / 5,
      )
      assert.ok(mean(shares) > 0.5, `${mean(shares)} of the nearest are of the topic, and 0.25 by chance`)
      const inference = new DocumentInference(model.vectors)
      for (const [i, text] of planted(topics, 2).entries()) {
        const vector = inference.infer(text)!
        assert.ok(ofTopic(documents.nearest(vector, { count: 5 }), i) >= 3, `topic ${i}`)
      }
    })

test('inference gives the same bytes every time, also from a file, and moves no vector of the model', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wordloom-documents-'))
  try {
    const model = await train({ lines: planted(20, 1) }, { ...settings, architecture: 'pv-dm' })
    const before = model.vectors.matrix.data.slice()
    const first = new DocumentInference(model.vectors).infer('t1w1 t1w2 shared3')
    assert.deepEqual(model.vectors.matrix.data, before)
    const path = join(folder, 'model.safetensors')
    await save(model.vectors, path)
    const again = new DocumentInference(await load(path))
    assert.deepEqual(again.infer('t1w1 t1w2 shared3'), first)
    assert.deepEqual(again.infer(['t1w1', 'unheard', 't1w2', 'shared3']), first)
    assert.notDeepEqual(again.infer('t1w1 t1w2 shared3', { seed: 7 }), first)
    assert.equal(again.infer('nothing known here'), undefined)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('documents are named by their lines; blank lines and those of rare words have no vector', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wordloom-documents-'))
  try {
    const path = join(folder, 'text.txt')
    await writeFile(path, 'a b a b\n\nrare\nb a b a\n')
    const model = await train(path, { ...settings, minCount: 2, architecture: 'pv-dbow' })
    assert.deepEqual([...model.documents!.vocabulary.words()], ['1', '4'])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the reference trains documents as the kernel does', async () => {
  for (const architecture of ['pv-dm', 'pv-dbow', 'pv-dbow-skip-gram'] as const) {
    const call = { ...settings, epochs: 2, architecture }
    const kernel = await train({ lines: planted(300, 1) }, { ...call, simd: 'plain' })
    const reference = await train({ lines: planted(300, 1) }, { ...call, simd: 'none' })
    const [a, b] = [kernel.documents!.matrix.data, reference.documents!.matrix.data]
    assert.ok(
      a.every((x, i) => Math.abs(x - b[i]!) < 1e-4),
      architecture,
    )
  }
})

test('held-out text is refused, and vectors of no document model too', async () => {
  const lines = planted(20, 1)
  await assert.rejects(
    train({ lines }, { ...settings, architecture: 'pv-dm', heldOut: 0.1 }),
    /heldOut is 0.1/,
  )
  const { vectors } = await train({ lines }, settings)
  assert.throws(
    () => new DocumentInference(vectors),
    (error: WordloomError) => error.code === 'usage' && /no model of documents/.test(error.message),
  )
})
