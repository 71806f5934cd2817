import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save, train } from 'wordloom'
import { DocumentInference } from 'wordloom/documents'
import { naiveSoftmax } from 'wordloom/equations'
import { row } from '#math/matrix'
import { planted, settings, topics } from './planted-documents.js'

/** How many of the documents speak of a topic. */
function ofTopic(documents: readonly { word: string }[], topic: number): number {
  return documents.filter(({ word }) => (Number(word) - 1) % topics === topic).length
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length
}

for (const architecture of ['pv-dm', 'pv-dbow', 'pv-dbow-skip-gram'] as const)
  for (const objective of ['negative-sampling', 'hierarchical-softmax'] as const)
    test(`${architecture} with ${objective}: documents of one topic are near, and so is a new one`, async () => {
      const model = await train(
        { lines: planted(80, 1) },
        { ...settings, epochs: 40, architecture, objective },
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

test('a new document is learned by the objective of its model, also where that is exact softmax', async () => {
  const model = await train(
    { lines: planted(20, 1) },
    { ...settings, architecture: 'pv-dbow', objective: 'softmax' },
  )
  const infer = (learningRate: number) =>
    new DocumentInference(model.vectors).infer('t1w1', { epochs: 1, learningRate })!
  const start = infer(1e-9) // the least there is, of which float32 keeps next to nothing
  const outputVectors = Array.from(model.vocabulary.words(), (_, id) => row(model.vectors.outputVectors!, id))
  const outside = model.vocabulary.idOf('t1w1')!
  const { centerGradient } = naiveSoftmax({ centerVector: start, outside, outputVectors })
  infer(0.5).forEach((x, i) => {
    assert.ok(Math.abs(x - (start[i]! - 0.5 * centerGradient[i]!)) < 1e-6)
  })
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

test('a model whose file says nonsense of its training is refused with the place', async () => {
  const lines = Array.from({ length: 20 }, () => 'alpha beta gamma')
  const model = await train(
    { lines },
    { architecture: 'pv-dm', minCount: 1, dimensions: 2, epochs: 1, threads: 1 },
  )
  for (const options of ['{not json', 'null', '{"window":1e9}']) {
    const changed = model.vectors.with({ metadata: { ...model.vectors.metadata, options } })
    assert.throws(() => new DocumentInference(changed), {
      code: 'bad-data',
      message: /^Cannot infer vectors of documents: metadata "options": /,
    })
  }
})
