import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drift } from 'wordloom/comparison'
import { formats, read } from 'wordloom/formats'
import { Vocabulary } from 'wordloom/text'
import { type Model, type StartFacts, train } from 'wordloom/training'
import { WordVectors } from 'wordloom/vectors'
import { noiseWeights } from '#equations/noise'
import { keepProbability, keepThreshold } from '#equations/subsampling'
import { row } from '#math/matrix'
import { type EncodedCorpus, encodeCorpus } from '#text/index'
import { completeOptions } from '#training/options/options'
import { assignParts, rowOf } from '#training/plan/parts'
import { expectedKept, planFor } from '#training/plan/schedule'
import { prepare } from '#training/run/prepare'
import { common, model, old, sentences } from './continued.js'

/** As a file that was written and read again. */
async function filed(model: Model): Promise<WordVectors> {
  const chunks = [...formats.safetensors.write(model.vectors)] as Uint8Array[]
  return read({ name: 'model.safetensors', size: undefined, chunks })
}

async function continuedCorpus(): Promise<EncodedCorpus> {
  return encodeCorpus(sentences(500, 200, 2), { ...common, known: old.vocabulary })
}

test('sub-sampling and noise follow the counts of both texts together', async () => {
  const corpus = await continuedCorpus()
  const { vocabulary } = corpus
  const options = completeOptions({ ...common, schedule: 'windows', threads: 1, subsampling: 1e-2 })
  const { memory } = prepare(corpus, options)
  const { keep } = memory
  const { starts } = memory.noise(0)
  const weights = noiseWeights(vocabulary.counts, 0.75)
  let lessThanAlone = 0
  for (let id = 0; id < vocabulary.size; id++) {
    const word = vocabulary.word(id)
    const before = old.vocabulary.idOf(word)
    const together = (before === undefined ? 0 : old.vocabulary.counts[before]!) + corpus.textCounts![id]!
    assert.equal(vocabulary.counts[id], together)
    assert.equal(keep[id], keepThreshold(keepProbability(together, vocabulary.tokens, 1e-2)))
    const alone = keepProbability(corpus.textCounts![id]!, corpus.facts.tokens, 1e-2)
    if (keepThreshold(alone) > keep[id]!) lessThanAlone++
  }
  assert.ok(lessThanAlone > 0, 'some word is frequent by both texts and rare in the new one')
  const runs = [...starts].slice(0, -1)
  assert.deepEqual(
    runs,
    [...weights.keys()].filter(id => id === 0 || weights[id] !== weights[id - 1]),
  )
})

test('parts are dealt by what the new text holds, and words that it lacks even out the noise', () => {
  const counts = Float64Array.from({ length: 20_000 }, (_, rank) => Math.ceil(1e6 / (rank + 1)))
  const textCounts = counts.map((count, id) => (id % 3 === 0 ? 0 : Math.ceil((count * (id % 5)) / 10)))
  const vocabulary = Vocabulary.of(
    Array.from(counts, (_, id) => `w${id}`),
    counts,
  )
  const work = expectedKept(vocabulary, 1e-3, textCounts)
  const noise = noiseWeights(counts, 0.75)
  const parts = assignParts(work, 8, noise)
  const sums = (weights: Float64Array) => {
    const of = new Float64Array(8)
    weights.forEach((weight, id) => {
      of[parts.places[id]! >>> 16]! += weight
    })
    return Math.max(...of) / Math.min(...of)
  }
  assert.ok(sums(work) < 1.01, `work ${sums(work)}`)
  assert.ok(sums(noise) < 1.05, `noise ${sums(noise)}`)
  const rows = Array.from(counts, (_, id) => rowOf(parts, id)).sort((a, b) => a - b)
  assert.ok(rows.every((row, i) => row === i))
})

test('the plan expects the pairs of the new text, not of all that was ever read', () => {
  const vocabulary = Vocabulary.of(
    Array.from({ length: 40_000 }, (_, id) => `w${id}`),
    new Float64Array(40_000).fill(1e6),
  )
  const options = completeOptions({ subsampling: 0, epochs: 1, window: 10 })
  const textCounts = new Float64Array(40_000).fill(20)
  assert.equal(planFor(vocabulary, 800_000, options, textCounts).rotations, 24)
})

test('a text that has a part of the words only trains in blocks, with room for its pairs', async () => {
  const corpus = await continuedCorpus()
  const { schedule, parts } = { schedule: 'blocks', parts: 4 } as const
  const continued = await train(sentences(500, 200, 2), { ...common, continue: old, schedule, parts })
  assert.equal(continued.vocabulary.size, corpus.vocabulary.size)
  assert.ok(continued.losses.every(Number.isFinite))
})

test('old words keep both their rows, new ones start as new', async () => {
  const still = { learningRate: 1e-9, epochs: 1 } // moves nothing that float32 can show
  const continued = await train(sentences(500, 200, 2), { ...common, ...still, continue: old })
  const { vectors, vocabulary } = continued
  for (let id = 0; id < old.vocabulary.size; id++) {
    const now = vocabulary.idOf(old.vocabulary.word(id))!
    for (const which of ['matrix', 'outputVectors'] as const)
      row(vectors[which]!, now).forEach((number, i) => {
        assert.ok(Math.abs(number - row(old.vectors[which]!, id)[i]!) < 1e-7)
      })
  }
  const fresh = [...vocabulary.words()].filter(word => !old.vectors.has(word))
  assert.equal(fresh.length, continued.start!.fresh)
  for (const word of fresh) {
    assert.ok(vectors.vector(word)!.every(number => Math.abs(number) <= 0.5 / 16))
    assert.ok(row(vectors.outputVectors!, vocabulary.idOf(word)!).every(number => Math.abs(number) < 1e-7))
  }
})

test('a model goes on as well from its file, with its own options', async () => {
  const trained = await model({ window: 3, subsampling: 0.01, negativeSamples: 7 })
  const options = { epochs: 1, threads: 1 }
  const fromModel = await train(sentences(300, 100, 3), { ...options, continue: trained })
  const fromFile = await train(sentences(300, 100, 3), { ...options, continue: await filed(trained) })
  assert.deepEqual(fromFile.vectors.matrix.data, fromModel.vectors.matrix.data)
  assert.deepEqual(fromFile.vectors.metadata, {
    ...fromModel.vectors.metadata,
    history: fromFile.vectors.metadata.history,
  })
  const { dimensions, window, subsampling, negativeSamples, minCount, tokenizer, epochs } = fromFile.options
  assert.deepEqual([dimensions, window, subsampling, negativeSamples], [16, 3, 0.01, 7])
  assert.deepEqual([minCount, tokenizer, epochs], [1, 'whitespace', 1])
})

test('the file tells of every run before it', async () => {
  const second = await train(sentences(300, 100, 3), { epochs: 1, continue: await filed(old) })
  const third = await train(sentences(300, 200, 4), { epochs: 1, continue: await filed(second) })
  const { metadata } = third.vectors
  const history = JSON.parse(metadata.history!)
  assert.deepEqual(
    [...history.map((run: { corpus: unknown }) => run.corpus), JSON.parse(metadata.corpus!)],
    [old, second, third].map(({ vectors }) => JSON.parse(vectors.metadata.corpus!)),
  )
  assert.equal(history[0].options.epochs, 2)
  assert.deepEqual(JSON.parse(metadata.start!), third.start)
  assert.equal(third.vocabulary.tokens, (800 + 300 + 300) * 12)
})

test('another objective restarts the output vectors', async () => {
  const { vocabulary, matrix, outputVectors } = old.vectors
  const told: StartFacts[] = []
  await train(sentences(50, 0, 2), {
    epochs: 1,
    tokenizer: 'whitespace',
    continue: new WordVectors({
      vocabulary,
      matrix,
      outputVectors: outputVectors!,
      metadata: { objective: 'hierarchical-softmax' },
    }),
    onStart: facts => told.push(facts),
  })
  assert.deepEqual(
    told.map(facts => facts.outputVectors),
    ['of-another-objective'],
  )
})

test('a model whose tokenizer was a function needs it again', async () => {
  const custom = await train(
    { lines: ['a b a b a b', 'b c b c'] },
    { ...common, subsampling: 0, tokenizer: line => line.split(' ') },
  )
  await assert.rejects(train({ lines: ['a b'] }, { continue: await filed(custom) }), /Give tokenizer/)
  const again = await train({ lines: ['a b c d'] }, { continue: custom, epochs: 1 })
  assert.equal(again.vocabulary.size, 4)
})

test('words that the new text lacks do not move', async () => {
  const second = await train(sentences(300, 380, 3), { epochs: 1, continue: old })
  const { words, moved, meanCosine } = drift(old.vectors, second.vectors)
  assert.equal(words, old.vocabulary.size)
  assert.equal(moved, second.start!.inText)
  assert.ok(moved < words && meanCosine <= 1)
})

test('a text of which sub-sampling leaves nothing is refused for that reason', async () => {
  await assert.rejects(
    train({ lines: ['w0 w1'] }, { continue: old, epochs: 1, subsampling: 1e-9 }),
    /the text gave no pair of words to learn from \(subsampling is /,
  )
})

test('a model whose file has broken options does not go on, rather than with defaults', async () => {
  const { vocabulary, vectors } = old
  const goOn = (options: string) =>
    train(sentences(20, 200, 2), {
      continue: new WordVectors({
        vocabulary,
        matrix: vectors.matrix,
        metadata: { ...vectors.metadata, options },
      }),
      epochs: 1,
    })
  for (const options of ['{not json', 'null', '{"window":1e9}', '{"tokenizer":3}'])
    await assert.rejects(goOn(options), {
      code: 'bad-data',
      message:
        /^Cannot go on with the model to continue: metadata "options": .*; expected the options of the training, as JSON\./,
    })
  await goOn(vectors.metadata.options!)
})
