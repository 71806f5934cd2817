import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from '#formats/index'
import { tokenCutterOf } from '#formats/token-embeddings/token-cutter'
import { fileOf, type Section } from '#tensors/index'
import { sentenceVectors, type WordVectors } from '#vectors/index'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from './sample.js'

/**
 * Made-up models of every kind of tokenizer. The ids of the tokens of each text are from tokenizers 0.23.2, in Rust; the
 * vectors from model2vec's own StaticModel.encode (0.8, numpy 1.24) on them: `plain` of the rows alone, `whole` with
 * weights, shared rows and length 1; `static` is the mean over all tokens, as an EmbeddingBag takes it.
 */
interface Golden {
  readonly texts: readonly string[]
  readonly models: Readonly<Record<string, Model>>
}

interface Model {
  readonly tokenizer: Tokenizer
  readonly plain: number[][]
  readonly whole: number[][]
  readonly static: number[][]
}

interface Tokenizer {
  readonly added_tokens: readonly { readonly content: string; readonly id: number }[]
  readonly model: { readonly vocab: object }
}

const DIMENSIONS = 5
const file = (name: string) => new URL(`../../../test/formats/static-models/${name}`, import.meta.url)
const { texts, models }: Golden = JSON.parse(await readFile(file('golden.json'), 'utf8'))

/** The same tokenizers with other rules, and the ids that tokenizers in Rust gives. */
interface Steps {
  readonly texts: readonly string[]
  readonly wordpiece: Readonly<Record<string, Step>>
  readonly unigram: Readonly<Record<string, Step>>
}

interface Step {
  readonly rules: object
  readonly ids: readonly (readonly number[])[]
}

const tokensOf = ({ model: { vocab }, added_tokens: added }: Tokenizer) =>
  new Set([
    ...(Array.isArray(vocab) ? vocab.map(([token]) => token) : Object.keys(vocab)),
    ...added.map(({ content }) => content),
  ]).size

/** The number at column j of row i, exact in float32. */
const numberAt = (i: number, j: number) => (((i * 7 + j * 13) % 29) - 14) / 8

function rows(name: string, count: number): Section {
  const numbers = Float32Array.from({ length: count * DIMENSIONS }, (_, at) =>
    numberAt(Math.floor(at / DIMENSIONS), at % DIMENSIONS),
  )
  return section(name, 'F32', [count, DIMENSIONS], numbers)
}

function section(
  name: string,
  dtype: 'F32' | 'I64',
  shape: number[],
  numbers: Float32Array | BigInt64Array,
): Section {
  return { name, dtype, shape, chunks: [new Uint8Array(numbers.buffer as ArrayBuffer)] }
}

async function modelIn(
  folder: string,
  sections: readonly Section[],
  files: Readonly<Record<string, unknown>>,
) {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'model.safetensors')
  await writeFile(path, Buffer.concat([...fileOf(sections, {})]))
  for (const [name, json] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(json))
  return path
}

function assertNear(vectors: WordVectors, expected: readonly number[][], what: string): void {
  const pooled = sentenceVectors(vectors, texts)
  assert.equal(pooled.pooling, 'model')
  for (const [s, vector] of expected.entries())
    for (const [i, number] of vector.entries())
      assert.ok(
        Math.abs(pooled.vector(s)[i]! - number) <= 1e-6,
        `${what}, ${JSON.stringify(texts[s]!.slice(0, 60))}: ${pooled.vector(s)} in place of ${vector}`,
      )
}

for (const [name, { tokenizer, plain, whole, static: mean }] of Object.entries(models)) {
  const count = tokensOf(tokenizer)

  test(`texts have the vectors of model2vec: ${name}`, async () => {
    const folder = await temporaryFolder()
    const files = { 'tokenizer.json': tokenizer, 'config.json': { normalize: false } }
    assertNear(await load(await modelIn(folder, [rows('embeddings', count)], files)), plain, name)
    const weights = Float32Array.from({ length: count }, (_, i) => ((i % 5) + 1) / 4)
    const mapping = BigInt64Array.from({ length: count }, (_, i) => BigInt((i * 3) % (count - 2)))
    const sections = [
      rows('embeddings', count - 2),
      section('mapping', 'I64', [count], mapping),
      section('weights', 'F32', [count], weights),
    ]
    const path = await modelIn(folder, sections, { ...files, 'config.json': { normalize: true } })
    assertNear(await load(path), whole, name)
  })

  test(`texts have the vectors of a StaticEmbedding: ${name}`, async () => {
    const folder = await temporaryFolder()
    const inner = join(folder, '0_StaticEmbedding')
    const path = await modelIn(inner, [rows('embedding.weight', count)], { 'tokenizer.json': tokenizer })
    assertNear(await load(path), mean, name)
    const normalize = [{ type: 'x.StaticEmbedding' }, { type: 'sentence_transformers.models.Normalize' }]
    await writeFile(join(folder, 'modules.json'), JSON.stringify(normalize))
    const ofLengthOne = mean.map(vector => vector.map(x => x / (Math.hypot(...vector) || 1)))
    assertNear(await load(path), ofLengthOne, name)
  })
}

test('each step cuts texts as the original does', async () => {
  const steps: Steps = JSON.parse(await readFile(file('steps.json'), 'utf8'))
  for (const kind of ['wordpiece', 'unigram'] as const)
    for (const [name, { rules, ids }] of Object.entries(steps[kind])) {
      const cut = await tokenCutterOf({ ...models[kind]!.tokenizer, ...rules })
      for (const [i, text] of steps.texts.entries())
        assert.deepEqual(cut(text), ids[i], `${name}, ${JSON.stringify(text)}`)
    }
})

test('a text has the same vector alone, in any company and on the command line', async () => {
  const { tokenizer } = models.wordpiece!
  const folder = await temporaryFolder()
  const files = { 'tokenizer.json': tokenizer, 'config.json': { normalize: true } }
  const path = await modelIn(folder, [rows('embeddings', tokensOf(tokenizer))], files)
  const vectors = await load(path)
  const together = sentenceVectors(vectors, texts)
  for (const [s, text] of texts.entries()) {
    assert.deepEqual(sentenceVectors(vectors, [text]).vector(0), together.vector(s))
    assert.deepEqual(together.vectorOf(text), together.vector(s))
  }
  const input = 'the cats sat on the mat\nzebra\n'
  const { stdout, stderr } = await wordloom(['sentences', path], { cwd: folder, input })
  const [first, second] = stdout
    .trimEnd()
    .split('\n')
    .map(line => line.split(' ').map(Number))
  for (const [i, number] of together.vector(0).entries()) assert.ok(Math.abs(first![i]! - number) < 1e-6)
  assert.deepEqual(second, [0, 0, 0, 0, 0])
  assert.match(stderr, /1 of 2 sentences has no word with a vector, and zeros for a vector/)
  const { output, nearest } = { output: 'o.safetensors', nearest: 'Cats on mats' }
  await wordloom(['sentences', path, '-o', output, '--nearest', nearest], { cwd: folder, input })
  assert.equal((await load(join(folder, output))).metadata.pooling, 'model')
  const idle = await wordloom(['sentences', path, '--smoothing', '0.1'], { cwd: folder, input })
  assert.match(idle.stderr, /--smoothing has no effect beside --pooling model/)
  const converted = await wordloom(['convert', path, 'o.vec'], { cwd: folder })
  assert.match(converted.stderr, /word2vec-text has no room for the rules by which this model encodes texts/)
})

test('the vector of unknown words counts in a StaticEmbedding, with a warning', async () => {
  const { tokenizer } = models.wordpiece!
  const path = await modelIn(await temporaryFolder(), [rows('embedding.weight', tokensOf(tokenizer))], {
    'tokenizer.json': tokenizer,
  })
  const pooled = sentenceVectors(await load(path), ['the', 'zebra'])
  assert.deepEqual(
    [...pooled.vector(1)],
    [0, 1, 2, 3, 4].map(j => numberAt(1, j)),
  )
  assert.deepEqual(pooled.warnings, [
    '1 of 2 sentences has no known word, and the vector that the model has for unknown ones',
  ])
})

test('a network is no static model', async () => {
  const path = await modelIn(await temporaryFolder(), [rows('embeddings.word_embeddings.weight', 2)], {})
  await assert.rejects(load(path), {
    code: 'bad-data',
    message: /this is a network, through whose tensors a text must pass; expected word vectors, or a static/,
  })
})

test('models that do more, and rows that were not loaded, are told', async () => {
  const { tokenizer } = models.wordlevel!
  const folder = await temporaryFolder()
  const files = {
    'tokenizer.json': tokenizer,
    'modules.json': [{ type: 'sentence_transformers.models.StaticEmbedding' }, { type: 'a.Dense' }],
  }
  const path = await modelIn(folder, [rows('embedding.weight', tokensOf(tokenizer))], files)
  const dense = await load(path)
  assert.equal(dense.textRules, undefined)
  assert.match(String(dense.warnings), /since its module is "Dense"$/)
  await writeFile(join(folder, 'modules.json'), '{')
  await assert.rejects(load(path), { code: 'bad-data', message: /modules\.json: it is not JSON in UTF-8/ })
  await writeFile(join(folder, 'modules.json'), '[]')
  const part = await load(path, { words: ['the', 'king'] })
  assert.match(String(part.warnings), /texts are encoded without the tokens that were not loaded/)
  const found = sentenceVectors(part, ['the queen']).vector(0)
  assert.deepEqual(
    [...found],
    [0, 1, 2, 3, 4].map(j => numberAt(2, j)),
  )
})
