import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnswerEvent, createHandler, Shelf } from 'wordloom/server'
import { SubwordVectors, sentenceVectors, WordVectors } from 'wordloom/vectors'
import { askOf, errorOf, main, serverOf, smallVectors, type Told } from './small-models.js'

const ask = serverOf()
const embed = (body: object) => ask('/v1/embeddings', body)
const norm = (numbers: ArrayLike<number>) => Math.hypot(...Array.from(numbers))
const floats = ({ json }: Told, i = 0) => Float32Array.from(json.data[i].embedding as number[])
const isNear = (found: ArrayLike<number>, expected: ArrayLike<number>, scale = 1) =>
  assert.ok(Array.from(found).every((x, i) => Math.abs(x - expected[i]! / scale) < 1e-5))
const bytes = ({ json }: Told, i = 0) => Buffer.from(json.data[i].embedding, 'base64')

test('a text gets the object that clients of OpenAI read', async () => {
  const told = await embed({ model: 'main', input: 'The good film, xqz' })
  assert.equal(told.status, 200)
  assert.equal(told.headers.get('content-type'), 'application/json')
  const { data, ...rest } = told.json
  assert.deepEqual(rest, { object: 'list', model: 'main', usage: { prompt_tokens: 4, total_tokens: 4 } })
  assert.deepEqual(
    { ...data[0], embedding: data[0].embedding.length },
    { object: 'embedding', index: 0, embedding: 9 },
  )
  assert.ok(Math.abs(norm(data[0].embedding) - 1) < 1e-6)
})

test('E11 base64 is float32, least byte first, and the same numbers as floats', async () => {
  for (const dimensions of [1, 8, 9]) {
    const served = serverOf({}, [{ name: 'm', vectors: smallVectors(3, dimensions) }])
    const input = ['good film', 'awful music']
    const float = await served('/v1/embeddings', { input, encoding_format: 'float' })
    const base64 = await served('/embeddings', { input, encoding_format: 'base64' })
    for (const i of [0, 1]) {
      assert.equal(bytes(base64, i).length, 4 * dimensions)
      const numbers = Float32Array.from({ length: dimensions }, (_, j) => bytes(base64, i).readFloatLE(4 * j))
      assert.deepEqual(numbers, floats(float, i))
    }
  }
})

test('a float has at most nine digits, and is read as the float32 that it was', async () => {
  const told = await embed({ input: ['good', 'film', 'the awful music'] })
  for (const digits of told.text.match(/-?\d\.\d+(e-\d+)?/g)!)
    assert.ok(digits.replace(/^-?0?\.?0*|\.|e.*/g, '').length <= 9, digits)
  const base64 = await embed({ input: ['good', 'film', 'the awful music'], encoding_format: 'base64' })
  for (const i of [0, 1, 2]) assert.deepEqual(Buffer.from(floats(told, i).buffer), bytes(base64, i))
})

test('the formats: none and null are float; any other is refused with both names', async () => {
  assert.ok(Array.isArray((await embed({ input: 'good', encoding_format: null })).json.data[0].embedding))
  const told = await embed({ input: 'good', encoding_format: 'int8' })
  assert.equal(told.status, 400)
  assert.equal(errorOf(told).param, 'encoding_format')
  assert.match(errorOf(told).message, /float, base64/)
})

test('the vector is that of sentenceVectors, at length 1', async () => {
  const { vectors } = main
  const [text, other] = [
    ['the', 'good', 'film'],
    ['awful', 'music', 'nobody'],
  ]
  const expected = sentenceVectors(vectors, [text, other], { pooling: 'mean' })
  const told = await embed({ input: [text.join(' '), other.join(' ')] })
  for (const i of [0, 1]) {
    isNear(floats(told, i), expected.vector(i), norm(expected.vector(i)))
  }
})

test('words at length 1, unknown ones made of sub-words, as sentences have them', async () => {
  const subwords = new SubwordVectors({
    settings: { minNgram: 3, maxNgram: 3, buckets: 50 },
    matrix: { data: smallVectors(5, 50 * 9).matrix.data.slice(0, 450), rows: 50, columns: 9, stride: 9 },
  })
  const { vocabulary, matrix } = main.vectors
  const vectors = new WordVectors({ vocabulary, matrix, subwords })
  const served = serverOf({}, [{ ...main, vectors, pooling: 'directions' }])
  const text = ['the', 'filmish', 'good', 'kinos']
  const told = await served('/v1/embeddings', { input: text.join(' ') })
  const pooled = sentenceVectors(vectors, [text], { pooling: 'directions' })
  assert.equal(pooled.known[0], 4)
  isNear(floats(told), pooled.vector(0), norm(pooled.vector(0)))
  const plain = await serverOf({}, [{ ...main, vectors }])('/v1/embeddings', { input: text.join(' ') })
  assert.notDeepEqual(floats(plain), floats(told))
})

test('sif has the weights and the directions of the lines that it was started with', async () => {
  const lines = ['the good film', 'the bad film', 'the great actor', 'awful music', 'the queen']
  const served = serverOf({}, [{ ...main, pooling: 'sif', commonFrom: lines }])
  const expected = sentenceVectors(
    main.vectors,
    lines.map(line => line.split(' ')),
  ).vectorOf(['the', 'good', 'actor'])
  const told = await served('/v1/embeddings', { input: 'the good actor' })
  isNear(floats(told), expected, norm(expected))
  const alone = serverOf({}, [{ ...main, pooling: 'sif' }])
  const digestOf = async (ask: typeof served) => (await ask('/v1/models')).json.data[0].pooling_digest
  assert.notEqual(await digestOf(alone), await digestOf(served))
  const again = serverOf({}, [{ ...main, pooling: 'sif', commonFrom: lines }])
  assert.equal(await digestOf(again), await digestOf(served))
  assert.equal((await alone('/v1/embeddings', { input: 'the good actor' })).status, 200)
})

test('E12 the inputs: order, 2,048 and no more, and nothing but texts', async () => {
  const input = Array.from({ length: 2048 }, (_, i) => ['good', 'bad', 'film'][i % 3]!)
  const told = await embed({ input, encoding_format: 'base64' })
  assert.equal(told.json.data.length, 2048)
  const alone = await Promise.all(
    ['good', 'bad', 'film'].map(text => embed({ input: text, encoding_format: 'base64' })),
  )
  told.json.data.forEach((one: { index: number; embedding: string }, i: number) => {
    assert.equal(one.index, i)
    assert.equal(one.embedding, alone[i % 3]!.json.data[0].embedding)
  })
  const wrong: readonly (readonly [unknown, string])[] = [
    [{ input: [...input, 'film'] }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: [['a']] }, 'input[0]'],
    [{ input: ['a', 1] }, 'input[1]'],
    [{ input: ['a', null] }, 'input[1]'],
    [{ input: {} }, 'input'],
    [{ input: null }, 'input'],
    [{ input: 3 }, 'input'],
    [{}, 'input'],
  ]
  for (const [body, param] of wrong) {
    const told = await ask('/v1/embeddings', body)
    assert.deepEqual([told.status, errorOf(told).param], [400, param], JSON.stringify(body))
    assert.equal(errorOf(told).type, 'invalid_request_error')
  }
})

test('E13 numbers of tokens are refused with what to do', async () => {
  for (const input of [[15339, 1917], [[15339, 1917]], [[1], [2, 3]]]) {
    const told = await embed({ input, model: 'main', encoding_format: 'base64' })
    assert.deepEqual(
      [told.status, errorOf(told).code, errorOf(told).param],
      [400, 'token_input_unsupported', 'input'],
    )
    assert.match(errorOf(told).message, /check_embedding_ctx_length=False/)
  }
})

test('E14 a text without a known word gets zeros, and is named in a header and in the body', async () => {
  const input = Array.from({ length: 500 }, (_, i) => (i === 3 ? '' : i === 17 ? 'xqz 😀' : 'good film'))
  const told = await embed({ input })
  assert.equal(told.headers.get('x-wordloom-empty'), '3,17')
  assert.deepEqual(told.json.empty, [3, 17])
  for (const i of [3, 17]) assert.ok(floats(told, i).every(x => x === 0))
  assert.ok(Math.abs(norm(floats(told, 4)) - 1) < 1e-6)
  const strict = await serverOf({ empty: 'error' })('/v1/embeddings', { input })
  assert.deepEqual(
    [strict.status, errorOf(strict).code, errorOf(strict).param],
    [400, 'no_known_words', 'input[3]'],
  )
})

test('E15 a text has the same bytes alone, in any batch, twice at once and after a restart', async () => {
  const models = [
    { ...main, pooling: 'sif' as const, commonFrom: ['the good film', 'the bad film', 'a great actor'] },
  ]
  const [first, again] = [serverOf({}, models), serverOf({}, models)]
  const text = 'the great queen of bad music'
  const other = (n: number) => Array.from({ length: n }, (_, i) => `the ${i % 2 ? 'film' : 'awful actor'}`)
  const asked = [
    first('/v1/embeddings', { input: text, encoding_format: 'base64' }),
    first('/v1/embeddings', { input: text, encoding_format: 'base64' }),
    first('/v1/embeddings', { input: [text, ...other(700)], encoding_format: 'base64' }),
    again('/v1/embeddings', { input: [text, ...other(3)], encoding_format: 'base64' }),
  ]
  const found = await Promise.all(asked.map(async told => (await told).json.data[0].embedding as string))
  assert.equal(new Set(found).size, 1)
})

test('E18 __proto__ and constructor are words and names like others', async () => {
  const told = await embed({ input: '__proto__ constructor', encoding_format: 'float' })
  assert.equal(told.json.empty, undefined)
  assert.equal(({} as Record<string, unknown>).good, undefined)
  for (const model of ['__proto__', 'constructor', 'toString']) {
    const told = await embed({ input: 'good', model })
    assert.deepEqual([told.status, errorOf(told).code], [404, 'model_not_found'])
  }
  assert.equal((await ask('/v1/embeddings', '{"input":"good","__proto__":{"model":"x"}}')).status, 200)
})

test('dimensions: those of the model are fine; fewer only of numbers in order, at length 1 again', async () => {
  assert.equal((await embed({ input: 'good', dimensions: 9 })).status, 200)
  for (const dimensions of [4, 1536]) {
    const told = await embed({ input: 'good', dimensions })
    assert.deepEqual([told.status, errorOf(told).param], [400, 'dimensions'])
    assert.match(errorOf(told).message, /9/)
  }
  const ordered = main.vectors.with({ metadata: { dimensionsBefore: '20' } })
  const told = await serverOf({}, [{ name: 'm', vectors: ordered }])('/v1/embeddings', {
    input: 'good film',
    dimensions: 4,
  })
  const whole = await embed({ input: 'good film' })
  assert.equal(told.json.data[0].embedding.length, 4)
  assert.ok(Math.abs(norm(told.json.data[0].embedding) - 1) < 1e-6)
  const ratio = told.json.data[0].embedding[0] / whole.json.data[0].embedding[0]
  assert.ok(Math.abs(told.json.data[0].embedding[3] / whole.json.data[0].embedding[3] - ratio) < 1e-5)
})

test('models: by name, by another name, alone without one; unknown ones list those that there are', async () => {
  const models = [main, { name: 'org/other', vectors: smallVectors(2) }]
  const two = askOf(createHandler(new Shelf(models, { aliases: { 'text-embedding-3-small': 'main' } })))
  const alias = await two('/v1/embeddings', { input: 'good', model: 'text-embedding-3-small' })
  assert.equal(alias.json.model, 'main')
  const unknown = await two('/v1/embeddings', { input: 'good', model: 'gpt' })
  assert.deepEqual(
    [unknown.status, errorOf(unknown).code, errorOf(unknown).param],
    [404, 'model_not_found', 'model'],
  )
  assert.match(errorOf(unknown).message, /main, org\/other, text-embedding-3-small/)
  const missing = await two('/v1/embeddings', { input: 'good' })
  assert.deepEqual([missing.status, errorOf(missing).param], [400, 'model'])
  const list = await two('/v1/models')
  const [first, second] = list.json.data
  const { pooling_digest: poolingDigest, ...known } = first
  assert.match(poolingDigest, /^[\da-f]{64}$/)
  assert.deepEqual(known, {
    id: 'main',
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'wordloom',
    kind: 'vectors',
    dimensions: 9,
    words: 14,
    pooling: 'mean',
  })
  assert.equal(second.id, 'org/other')
  assert.equal((await two('/v1/models/org%2Fother')).json.id, 'org/other')
  assert.equal((await two('/v1/models/nobody')).status, 404)
})

test('what is not known is passed over: user, input_type, truncate', async () => {
  const told = await embed({
    input: 'good',
    user: 'u',
    input_type: 'query',
    truncate: true,
    dimensions: null,
  })
  assert.equal(told.status, 200)
})

test('a text may have 100,000 characters, a request 300,000 words', async () => {
  const long = await embed({ input: ['good', 'x'.repeat(100_001)] })
  assert.deepEqual(
    [long.status, errorOf(long).code, errorOf(long).param],
    [400, 'input_too_long', 'input[1]'],
  )
  const many = await embed({ input: Array(20).fill('a '.repeat(20_000)) })
  assert.deepEqual([many.status, errorOf(many).code], [400, 'too_many_tokens'])
})

test('with truncate the beginning of a long text is read, which is counted', async () => {
  const events: AnswerEvent[] = []
  const cut = serverOf({ truncate: true, limits: { text: 9 }, onAnswer: event => events.push(event) })
  const told = await cut('/v1/embeddings', {
    input: ['good film awful', 'good film'],
    encoding_format: 'base64',
  })
  assert.equal(told.json.data[0].embedding, told.json.data[1].embedding)
  assert.equal(events[0]!.truncatedInputs, 1)
})

test('E3 of long requests only so many are worked on in turns; short ones are answered meanwhile', async () => {
  const ask = serverOf()
  const input = Array.from({ length: 2_000 }, () => 'a good film with awful music and the great King')
  const long = Array.from({ length: 200 }, () => ask('/v1/embeddings', { input, encoding_format: 'base64' }))
  await new Promise(resolve => setTimeout(resolve, 20))
  assert.equal((await ask('/v1/embeddings', { input: 'a good film' })).status, 200)
  const told = await Promise.all(long)
  const refused = told.filter(({ status }) => status === 503)
  assert.ok(refused.length > 50, `${refused.length} were refused`)
  assert.ok(
    refused.every(one => errorOf(one).code === 'overloaded' && one.headers.get('retry-after') === '1'),
  )
  assert.ok(told.filter(({ status }) => status === 200).length >= 64)
})
