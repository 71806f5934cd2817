import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { load, type Model, train, type WordloomError, WordVectors } from 'wordloom'
import { WordPrediction } from 'wordloom/prediction'
import { architectures, objectives } from '#reference/index'
import { firstWords, known, knownText, secondWords } from './known-text.js'

const settings = {
  dimensions: 12,
  epochs: 20,
  window: 2,
  minCount: 1,
  subsampling: 0,
  learningRate: 0.05,
  threads: 1,
} as const

const text = knownText(2000)
const models = new Map<string, Model>()

before(async () => {
  for (const { name: architecture } of architectures)
    for (const { name: objective } of objectives) {
      const { window, ...others } = settings
      const windowed = architecture === 'pv-dbow' ? others : { ...others, window }
      const epochs = architecture.startsWith('pv') ? 2 : settings.epochs
      const model = await train(
        { lines: text.map(line => line.join(' ')) },
        { ...windowed, epochs, architecture, objective },
      )
      models.set(`${architecture} ${objective}`, model)
    }
})

for (const { name: objective } of objectives)
  for (const architecture of ['skip-gram', 'cbow'] as const)
    test(`${architecture} with ${objective} predicts words as often as they follow`, () => {
      const prediction = new WordPrediction(models.get(`${architecture} ${objective}`)!.vectors)
      for (const first of firstWords) {
        const found = new Map(
          prediction.predict([first], { count: 99 }).map(one => [one.word, one.probability]),
        )
        for (const second of secondWords) {
          const apart = Math.abs(found.get(second)! - known(first, second))
          assert.ok(
            apart < 0.06,
            `${first} ${second}: ${found.get(second)}, and ${known(first, second)} is right`,
          )
        }
      }
    })

test('the probabilities of all words add up to 1, whatever predicts them', () => {
  for (const [name, { vectors, documents }] of models) {
    const prediction = new WordPrediction(vectors)
    const document = documents && documents.vector('1')!
    const byDocument = document && prediction.probabilities([], { document })!
    const byWords = name.startsWith('pv-dbow ')
      ? undefined
      : prediction.probabilities(['hot', 'strong', 'hot'])!
    const both = byWords && document ? prediction.probabilities(['hot'], { document })! : undefined
    for (const found of [byDocument, byWords, both])
      if (found) {
        assert.equal(found.length, vectors.size, name)
        assert.ok(Math.abs(found.reduce((sum, x) => sum + x, 0) - 1) < 1e-9, name)
      }
  }
})

test('where each word predicts alone, a context is the mean of its words', () => {
  const prediction = new WordPrediction(models.get('skip-gram negative-sampling')!.vectors)
  const [hot, bright] = ['hot', 'bright'].map(word => prediction.probabilities([word])!)
  prediction.probabilities('hot bright')!.forEach((x, id) => {
    assert.ok(Math.abs(x - (hot![id]! + bright![id]!) / 2) < 1e-12)
  })
})

test('answers come by probability or by lift, which is the probability over the share of the text', () => {
  const { vectors } = models.get('skip-gram softmax')!
  const prediction = new WordPrediction(vectors)
  const { counts, tokens } = vectors.vocabulary
  const byLift = prediction.predict('bright', { by: 'lift' })
  assert.equal(byLift[0]!.word, 'sun')
  for (const { word, probability, lift } of byLift)
    assert.ok(Math.abs(lift / (probability / (counts[vectors.vocabulary.idOf(word)!]! / tokens)) - 1) < 1e-6)
  const falling = (numbers: number[]) => numbers.every((x, i) => i === 0 || x <= numbers[i - 1]!)
  assert.ok(falling(byLift.map(({ lift }) => lift)))
  assert.ok(falling(prediction.predict('bright').map(({ probability }) => probability)))
  assert.equal(prediction.predict('bright', { count: 2 }).length, 2)
})

test('words with sub-words have a part for each of their rows, and unseen words predict', async () => {
  const lines = text.map(line => line.join(' '))
  const options = { ...settings, epochs: 2, architecture: 'cbow', subwords: true, buckets: 100 } as const
  const { vectors } = await train({ lines }, options)
  const prediction = new WordPrediction(vectors)
  const [tea, coffee] = ['tea', 'coffee'].map(word => rowsOf(vectors, word))
  const all = [...tea!, ...coffee!]
  const mean = Float64Array.from({ length: vectors.dimensions }, (_, i) =>
    all.reduce((sum, row) => sum + row[i]! / all.length, 0),
  )
  const means = vectors.vector('tea')!.map((x, i) => (x + vectors.vector('coffee')![i]!) / 2)
  assert.ok(
    mean.some((x, i) => Math.abs(x - means[i]!) > 1e-3),
    'words have as many rows as each other',
  )
  const bare = new WordVectors({
    vocabulary: vectors.vocabulary,
    matrix: { ...vectors.matrix, data: vectors.matrix.data.slice() },
    outputVectors: vectors.outputVectors!,
    metadata: vectors.metadata,
  })
  bare.matrix.data.set(Float32Array.from(mean), 0)
  const right = new WordPrediction(bare).probabilities([vectors.vocabulary.word(0)])!
  prediction.probabilities(['tea', 'coffee'])!.forEach((x, id) => {
    assert.ok(Math.abs(x - right[id]!) < 1e-6)
  })
  assert.equal(prediction.predict(['teacup']).length, vectors.size)
})

test('what cannot predict is refused with what could', () => {
  const { vectors, documents } = models.get('pv-dbow negative-sampling')!
  const skipGram = models.get('skip-gram negative-sampling')!.vectors
  const document = documents!.vector('1')!
  const { vocabulary, matrix, metadata } = skipGram
  const alone = new WordVectors({ vocabulary, matrix: { ...matrix, data: matrix.data.slice() }, metadata })
  const fails = (call: () => unknown, code: string, says: RegExp) =>
    assert.throws(call, (error: WordloomError) => error.code === code && says.test(error.message))
  fails(() => new WordPrediction(alone), 'usage', /came without output vectors.*wordloom train/)
  fails(
    () => new WordPrediction(skipGram.with({ metadata: {} })),
    'usage',
    /without the options of their training/,
  )
  const odd = skipGram.with({ metadata: { ...metadata, options: 'null' } })
  fails(() => new WordPrediction(odd), 'bad-data', /^Cannot predict words: metadata "options"/)
  const prediction = new WordPrediction(skipGram)
  fails(() => prediction.predict(['tee']), 'unknown-word', /did you mean tea/i)
  fails(() => prediction.predict([]), 'usage', /the context is empty/)
  fails(() => prediction.predict('tea', { document }), 'usage', /skip-gram learns no documents/)
  assert.deepEqual(prediction.predict(['tee'], { unknown: 'skip' }), [])
  const ofDocuments = new WordPrediction(vectors)
  fails(() => ofDocuments.predict(['tea'], { document }), 'usage', /only documents predict/)
  fails(
    () => ofDocuments.predict([], { document: document.slice(1) }),
    'usage',
    /a Float32Array of 12 numbers/,
  )
})

test('output rows of a tree are not kept beside a part of its words, which they would mislead', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wordloom-prediction-'))
  try {
    for (const objective of ['hierarchical-softmax', 'negative-sampling']) {
      const path = join(folder, `${objective}.safetensors`)
      await models.get(`skip-gram ${objective}`)!.save(path)
      const isTree = objective === 'hierarchical-softmax'
      assert.equal((await load(path, { limit: 3 })).outputVectors === undefined, isTree)
      assert.equal((await load(path, { words: ['tea', 'sun'] })).outputVectors === undefined, isTree)
      const whole = new WordPrediction(await load(path))
      assert.deepEqual(
        whole.predict(['hot']),
        new WordPrediction(models.get(`skip-gram ${objective}`)!.vectors).predict(['hot']),
      )
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** The input rows of a word: its own and its n-grams'. */
function rowsOf(vectors: WordVectors, word: string): Float32Array[] {
  const bytes = new TextEncoder().encode(word)
  const { subwords } = vectors
  return [
    subwords!.ownRow(vectors.vector(word)!, bytes),
    ...subwords!.parts(word).map(({ vector }) => vector),
  ]
}
