import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { align } from '#comparison/index'
import { evaluateAnalogies, evaluatePaired, evaluateSimilarity } from '#evaluation/index'
import { openVectorFile, read } from '#formats/index'
import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { cosine, norm } from '#math/vector'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import {
  allButTheTop,
  centered,
  compress,
  principalDimensions,
  SubwordVectors,
  sentenceVectors,
  WordVectors,
} from '#vectors/index'
import { bytesIn, temporaryFolder } from '../formats/sample.js'

const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa']
const settings = { minNgram: 3, maxNgram: 4, buckets: 50 }

function withSubwords(dimensions = 6, buckets?: Uint32Array): WordVectors {
  const random = new Random(5, 6)
  const filled = (rows: number) => {
    const matrix = allocateMatrix(rows, dimensions)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < dimensions; j++) row(matrix, i)[j] = random.uniform() - 0.5
    return matrix
  }
  const matrix = filled(buckets?.length ?? settings.buckets)
  const subwords = new SubwordVectors({ settings, matrix, ...(buckets && { buckets }) })
  const counts = Float64Array.from(words, (_, i) => 100 - i)
  return new WordVectors({ vocabulary: Vocabulary.of(words, counts), matrix: filled(words.length), subwords })
}

const vectors = withSubwords()
const some = withSubwords(
  6,
  Uint32Array.from({ length: 20 }, (_, i) => 2 * i + (i > 9 ? 1 : 0)),
)

test('vectors that are made smaller keep their sub-words, in the file too', async () => {
  for (const options of [
    { precision: 'int8' },
    { precision: 'float16' },
    { precision: 'pq' },
    { dimensions: 5 },
    { dimensions: 4, precision: 'int8' },
  ] as const) {
    const { vectors: smaller } = compress(vectors, options)
    const made = smaller.vector('alphabeta')!
    if (!('dimensions' in options)) assert.ok(cosine(made, vectors.vector('alphabeta')!) > 0.999)
    const whole = bytesIn('safetensors', vectors).length
    assert.ok('dimensions' in options || smaller.subwords!.encoded!.precision === options.precision)
    assert.ok(options.precision === 'pq' || bytesIn('safetensors', smaller).length < whole)
    const kept = await read({ name: 'v.safetensors', chunks: [bytesIn('safetensors', smaller)] })
    assert.deepEqual(kept.vector('alphabeta'), made, JSON.stringify(options))
    const asFastText = await read({ name: 'v.bin', chunks: [bytesIn('fasttext', smaller)] })
    assert.ok(cosine(asFastText.vector('alphabeta')!, made) > 0.999999)
  }
})

test('the loss of unknown words is that of their vectors', () => {
  for (const [given, options] of [
    [vectors, { precision: 'int8' }],
    [some, { precision: 'float16' }],
    [vectors, { buckets: 20 }],
    [some, { buckets: 7, precision: 'pq', bytes: 3 }],
  ] as const) {
    const { vectors: smaller, loss } = compress(given, options)
    const cosines = words
      .map(word => [given.subwords!.vector(word)!, smaller.subwords!.vector(word)!] as const)
      .filter(([before]) => norm(before) > 0)
      .map(([before, after]) => cosine(before, after))
    const mean = cosines.reduce((sum, x) => sum + x, 0) / cosines.length
    assert.ok(Math.abs(loss.unknown!.meanCosine - mean) < 1e-9, JSON.stringify(options))
    assert.equal(loss.unknown!.sample, cosines.length)
    assert.equal(smaller.metadata.unknownMeanCosine, mean.toFixed(6))
  }
  assert.equal(compress(centered(vectors), { precision: 'int8' }).loss.unknown, undefined)
})

test('of fewer buckets those are kept that most words would miss, as rows and as codes', async () => {
  const { settings, matrix } = vectors.subwords!
  const felt = Array.from({ length: settings.buckets }, (_, bucket) => {
    const having = words.flatMap(word => vectors.subwords!.parts(word)).filter(part => part.bucket === bucket)
    return having.length * norm(row(matrix, bucket)) ** 2
  })
  const best = [...felt.keys()].sort((a, b) => felt[b]! - felt[a]!).slice(0, 12)
  for (const given of [vectors, compress(vectors, { precision: 'int8' }).vectors]) {
    const { vectors: fewer } = compress(given, { buckets: 12 })
    assert.deepEqual(
      [...fewer.subwords!.buckets!],
      best.sort((a, b) => a - b),
    )
    const kept = await read({ name: 'v.safetensors', chunks: [bytesIn('safetensors', fewer)] })
    assert.deepEqual(kept.vector('alphabeta'), fewer.vector('alphabeta'))
    assert.deepEqual(kept.vector('alpha'), given.vector('alpha'), 'known words stay as they are')
  }
  const read12 = await read(
    { name: 'v.safetensors', chunks: [bytesIn('safetensors', vectors)] },
    { buckets: 12 },
  )
  assert.deepEqual(read12.vector('alphabeta'), compress(vectors, { buckets: 12 }).vectors.vector('alphabeta'))
  assert.equal(compress(vectors, { buckets: 50 }).vectors.subwords, vectors.subwords)
  assert.throws(() => compress(centered(vectors), { buckets: 5 }), {
    code: 'usage',
    message: 'Cannot compress: buckets is 5, and these vectors have no sub-words. Leave buckets out.',
  })
})

test('buckets that no word has are not kept, however long their rows are', () => {
  const { vectors: fewer } = compress(vectors, { buckets: 49 })
  const had = new Set(words.flatMap(word => vectors.subwords!.parts(word)).map(({ bucket }) => bucket))
  assert.deepEqual([...fewer.subwords!.buckets!], [...had].sort((a, b) => a - b).slice(0, 49))
})

test('fewer dimensions are the same for words and sub-words', () => {
  const { vectors: reduced, axes } = principalDimensions(vectors, 3)
  const along = (numbers: Float32Array) =>
    axes.map(axis => axis.reduce((sum, x, i) => sum + x * numbers[i]!, 0))
  for (const word of ['alpha', 'alphabeta'])
    for (const [i, x] of along(vectors.vector(word)!).entries())
      assert.ok(Math.abs(reduced.vector(word)![i]! - x) < 1e-6)
})

test('sub-words turn with the words of a model that is laid on another', () => {
  const other = withSubwords()
  const turned = align(vectors, other).vectors
  const [before, after] = [vectors, turned].map(one => one.similarity('alphabeta', 'gamma'))
  assert.ok(Math.abs(before! - after!) < 1e-6)
})

test('what leaves sub-words out says so', () => {
  for (const processed of [centered(vectors), allButTheTop(vectors, 1)]) {
    assert.equal(processed.subwords, undefined)
    assert.match(String(processed.warnings), /^the vectors of sub-words are left out, since they/)
  }
  assert.deepEqual(centered(centered(vectors)).warnings, [])
})

test('sentences are made of sub-words where words are unknown; zeros come with a warning', () => {
  const sentences = [['alphabeta'], ['alpha', 'alphabeta'], [], ['x']]
  const pooled = sentenceVectors(vectors, sentences, { pooling: 'mean' })
  assert.deepEqual(pooled.vector(0), vectors.vector('alphabeta'))
  assert.deepEqual([...pooled.known.subarray(0, 3)], [1, 2, 0])
  const mean = vectors.vector('alpha')!.map((x, i) => (x + vectors.vector('alphabeta')![i]!) / 2)
  for (const [i, x] of pooled.vector(1).entries()) assert.ok(Math.abs(x - mean[i]!) < 1e-6)
  assert.match(String(pooled.warnings), /^1 of 4 sentences has no word with a vector/)
  const skipped = sentenceVectors(vectors, sentences, { pooling: 'mean', unknown: 'skip' })
  assert.deepEqual([...skipped.known], [0, 1, 0, 0])
  assert.throws(() => sentenceVectors(vectors, sentences, { pooling: 'mean', unknown: 'throw' }), {
    code: 'unknown-word',
  })
  assert.throws(() => sentenceVectors(centered(vectors), sentences, { unknown: 'subwords' }), {
    code: 'usage',
  })
  const weighed = sentenceVectors(vectors, [['alphabeta'], ['alpha']], { common: 0 })
  assert.deepEqual(weighed.vector(0), vectors.vector('alphabeta')!, 'an unseen word weighs 1')
})

test('a file that is read by position makes vectors of sub-words, as one that is read whole', async () => {
  const smaller = (['float16', 'int8', 'pq'] as const).flatMap(precision =>
    [vectors, some].map(one => compress(one, { precision }).vectors),
  )
  for (const whole of [vectors, some, ...smaller, compress(vectors, { buckets: 9 }).vectors]) {
    const file = await openVectorFile(new Blob([bytesIn('safetensors', whole)]))
    for (const word of ['alphabeta', 'q', 'betaalpha', '語', 'é'.repeat(600), 'x'.repeat(1001), 'alpha'])
      assert.deepEqual(await file.vector(word), whole.vector(word), word.slice(0, 20))
    await file.close()
  }
  const plain = await openVectorFile(new Blob([bytesIn('safetensors', centered(vectors))]))
  assert.equal(await plain.vector('alphabeta'), undefined)
})

test('a bucket is found among many that have rows', async () => {
  const settings = { minNgram: 3, maxNgram: 5, buckets: 1_000_000 }
  const buckets = Uint32Array.from({ length: 60_000 }, (_, i) => (i < 30_000 ? i : 400_000 + 7 * i))
  const matrix = allocateMatrix(buckets.length, 1)
  for (let i = 0; i < buckets.length; i++) row(matrix, i)[0] = buckets[i]!
  const subwords = new SubwordVectors({ settings, matrix, buckets })
  const rows = allocateMatrix(1, 1)
  const sparse = new WordVectors({ vocabulary: Vocabulary.of(['word']), matrix: rows, subwords })
  const file = await openVectorFile(new Blob([bytesIn('safetensors', sparse)]))
  for (let i = 0; i < 60; i++)
    assert.deepEqual(await file.vector(`longerword${i * 977}`), sparse.vector(`longerword${i * 977}`))
})

const pairs = [
  { a: 'alphabeta', b: 'gamma', score: 3 },
  { a: 'alpha', b: 'beta', score: 2 },
  { a: 'alphabets', b: 'betas', score: 1 },
  { a: 'eta', b: 'theta', score: 0 },
]

test('questions with unknown words are asked of sub-words, if that is wanted', () => {
  const skipped = evaluateSimilarity(vectors, pairs, { resamples: 0 })
  assert.deepEqual([skipped.covered, skipped.uncovered], [2, 2])
  const made = evaluateSimilarity(vectors, pairs, { unknown: 'subwords', baseline: true })
  assert.deepEqual([made.covered, made.bySubwords, made.uncovered], [4, 2, 0])
  assert.equal(skipped.bySubwords, 0)
  const cosines = pairs.map(({ a, b }) => vectors.similarity(a, b))
  const rank = (numbers: number[]) => numbers.map(x => numbers.filter(y => y < x).length)
  const difference = rank(cosines).reduce((sum, r, i) => sum + (r - rank([3, 2, 1, 0])[i]!) ** 2, 0)
  assert.ok(Math.abs(made.spearman! - (1 - (6 * difference) / (4 * 15))) < 1e-9)
  assert.ok(Math.abs(made.baseline!.spearman!) < 1)
  assert.throws(() => evaluateSimilarity(centered(vectors), pairs, { unknown: 'subwords' }), {
    code: 'usage',
    message: /these vectors have no sub-words/,
  })
})

test('analogies of unknown words are answered by sub-words, unless the answer is one', () => {
  const [answer] = vectors.analogy('alphabeta', 'beta', 'gamma')
  const section = (d: string) => [{ name: '', questions: [['alphabeta', 'beta', 'gamma', d] as const] }]
  const options = { unknown: 'subwords', resamples: 0 } as const
  const { total } = evaluateAnalogies(vectors, section(answer!.word), options)
  assert.deepEqual([total.covered, total.bySubwords, total.correct], [1, 1, 1])
  assert.equal(evaluateAnalogies(vectors, section('alphas'), options).total.covered, 0)
  assert.equal(evaluateAnalogies(vectors, section(answer!.word), { resamples: 0 }).total.covered, 0)
})

test('two models are compared on questions of sub-words', async () => {
  const path = join(await temporaryFolder(), 'pairs.tsv')
  await writeFile(path, pairs.map(({ a, b, score }) => `${a}\t${b}\t${score}\n`).join(''))
  const options = { unknown: 'subwords', resamples: 0 } as const
  const { common, first, second } = await evaluatePaired(vectors, vectors, path, options)
  assert.deepEqual([common, first], [4, second])
})
