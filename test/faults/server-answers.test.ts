import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  askOf,
  main,
  saved,
  serving,
  someVectors,
  type Told,
  temporaryFolder,
  vectorsOf,
  WORDS,
} from './served.js'

const failures: unknown[] = []
const ask = askOf([main], { onFailure: error => failures.push(error) })

const paramOf = ({ status, json, text }: Told) => {
  assert.equal(status, 400, text)
  return json.error.param
}
const base64 = (asking: typeof ask, input: unknown) =>
  asking('/v1/embeddings', { input, encoding_format: 'base64' }).then(({ json }) =>
    json.data.map(({ embedding }: { embedding: string }) => embedding),
  )

for (const count of [1e9, 1_001, 0, -1, 2.5, '3', true, [], {}])
  test(`E4 ${JSON.stringify(count)} neighbours are 400, and no other number in their place`, async () => {
    const told = await ask('/v1/nearest', { word: 'film', count })
    assert.equal(paramOf(told), 'count')
    assert.match(told.json.error.message, /from 1 to 1,000/)
  })

test('E4 a count that is not finite, and too many questions, words and texts are 400', async () => {
  assert.equal(paramOf(await ask('/v1/nearest', '{"word":"film","count":1e400}')), 'count')
  assert.equal(paramOf(await ask('/v1/nearest', { queries: Array(1_025).fill('film') })), 'queries')
  assert.equal(paramOf(await ask('/v1/nearest', { words: Array(101).fill('film') })), 'words')
  assert.equal(paramOf(await ask('/v1/nearest', { word: 'film', among: Array(10_001).fill('a') })), 'among')
  assert.equal(
    paramOf(await ask('/v1/nearest', { word: 'film', exclude: Array(1_001).fill('a') })),
    'exclude',
  )
  assert.equal(
    paramOf(await ask('/v1/rerank', { query: 'film', documents: Array(2_049).fill('a') })),
    'documents',
  )
  const large = askOf([{ name: 'm', vectors: someVectors({ dimensions: 3_000 }) }])
  const told = await large('/v1/embeddings', { input: Array(2_048).fill('film') })
  assert.equal(paramOf(told), 'input')
  assert.match(told.json.error.message, /the answer would have 71 MiB/)
})

test('E4 a count above the words that there are gives all of them', async () => {
  assert.equal(
    (await ask('/v1/nearest', { word: 'film', count: 1_000 })).json.nearest.length,
    WORDS.length - 1,
  )
})

for (const dimensions of [1, 2, 7, 300])
  test(`E11 base64 of ${dimensions} dimensions has the bytes of float32, the least one first`, async () => {
    const asking = askOf([{ name: 'm', vectors: someVectors({ dimensions }) }])
    const [bytes] = (await base64(asking, 'the film')).map((text: string) => Buffer.from(text, 'base64'))
    const { json } = await asking('/v1/embeddings', { input: 'the film' })
    const numbers: number[] = json.data[0].embedding
    assert.equal(bytes.length, 4 * dimensions)
    assert.deepEqual(
      numbers.map(Math.fround),
      numbers.map((_, i) => bytes.readFloatLE(4 * i)),
    )
  })

test('E14 empty and unknown texts among five hundred have zeros, and are named; the others are as they are alone', async () => {
  const input = Array.from({ length: 500 }, (_, i) => (i === 3 ? '' : i === 17 ? 'xqzw 12' : WORDS[i % 4]!))
  const told = await ask('/v1/embeddings', { input })
  assert.equal(told.headers['x-wordloom-empty'], '3,17')
  assert.deepEqual(told.json.empty, [3, 17])
  const alone = await Promise.all(WORDS.slice(0, 4).map(word => ask('/v1/embeddings', { input: word })))
  for (const [i, { embedding }] of told.json.data.entries())
    assert.deepEqual(embedding, i === 3 || i === 17 ? Array(9).fill(0) : alone[i % 4]!.json.data[0].embedding)
  const strict = askOf([main], { empty: 'error' })
  const refused = await strict('/v1/embeddings', { input })
  assert.deepEqual([paramOf(refused), refused.json.error.code], ['input[3]', 'no_known_words'])
})

for (const pooling of ['mean', 'sif'])
  test(`E15 with ${pooling} a text has the same bytes alone, in any batch, twice at once and after a restart`, async () => {
    const folder = temporaryFolder()
    const path = await saved(someVectors({ words: 200, dimensions: 30 }), folder)
    const texts = Array.from({ length: 40 }, (_, i) => `the w${20 + i} film w${30 + ((i * 7) % 150)}`)
    const asked = async () => {
      const server = await serving([path, '--pooling', pooling, '--json', '--log', 'none'])
      const all = await base64(server.ask, texts)
      const reversed = await base64(server.ask, [...texts].reverse())
      const twice = await Promise.all(
        texts.slice(0, 10).flatMap(text => [base64(server.ask, text), base64(server.ask, [text])]),
      )
      assert.deepEqual(reversed.reverse(), all)
      assert.deepEqual(
        twice.flat(),
        all.slice(0, 10).flatMap((one: string) => [one, one]),
      )
      server.child.kill('SIGTERM')
      await server.ended
      return all
    }
    assert.deepEqual(await asked(), await asked())
  })

for (const [name, vector, param] of [
  ['1e400', '[1e400,0,0,0,0,0,0,0,0]', 'vector[0]'],
  ['1e39, past float32,', '[0,-1e39,0,0,0,0,0,0,0]', 'vector[1]'],
  ['a number in quotes', '["1",0,0,0,0,0,0,0,0]', 'vector[0]'],
  ['null', '[null,0,0,0,0,0,0,0,0]', 'vector[0]'],
  ['too few numbers', '[1,2]', 'vector'],
  ['too many numbers', '[1,2,3,4,5,6,7,8,9,10]', 'vector'],
  ['zeros', '[0,0,0,0,0,0,0,0,0]', 'vector'],
  ['nothing', '[]', 'vector'],
] as const)
  test(`E16 a vector of ${name} is 400`, async () => {
    assert.equal(paramOf(await ask('/v1/nearest', `{"vector":${vector}}`)), param)
    assert.equal(
      paramOf(await ask('/v1/nearest', `{"positive":["film",{"vector":${vector}}]}`)),
      `positive[1].${param}`,
    )
  })

test('E16 rows of zeros, of the smallest and of the largest numbers give no answer a number that is none', async () => {
  const rows = {
    zero: [0, 0, 0, 0],
    tiny: [1e-45, 0, 0, 0],
    small: [1e-40, 1e-40, 0, 0],
    huge: [3e38, 3e38, 3e38, 3e38],
    against: [-3e38, -3e38, -3e38, -3e38],
    a: [1, 0, 0, 0],
    minus: [-1, 0, 0, 0],
  }
  const names = Object.keys(rows)
  const vectors = vectorsOf(names, Float32Array.from(Object.values(rows).flat()), 4)
  const asking = askOf([{ name: 'm', vectors }], { onFailure: error => failures.push(error) })
  const sums = names.flatMap(one => [
    { word: one },
    { positive: [one], negative: [one] },
    { positive: [{ word: one, weight: 0 }] },
    { positive: [{ word: one, weight: 1e6 }, 'against', 'minus'] },
  ])
  const asked: [string, object][] = [
    ...sums.map((sum): [string, object] => ['/v1/nearest', sum]),
    ['/v1/nearest', { queries: sums }],
    ['/v1/nearest', { vector: [3.4e38, 3.4e38, 3.4e38, -3.4e38] }],
    ['/v1/nearest', { positive: [{ vector: [3.4e38, 3.4e38, 3.4e38, 3.4e38], weight: 1e6 }] }],
    ['/v1/nearest', { vector: [1e-45, 0, 0, 0] }],
    ...names.flatMap((c): [string, object][] => [
      ['/v1/analogy', { a: 'zero', b: 'huge', c }],
      ['/v1/analogy', { a: 'huge', b: 'against', c, method: 'multiply' }],
      ['/v1/similarity', { word: c, words: names }],
      ['/v1/rerank', { query: c, documents: [...names, ''] }],
    ]),
    ['/v1/odd-one-out', { words: names }],
    ['/v1/odd-one-out', { words: ['zero', 'zero', 'zero'] }],
    ['/v1/embeddings', { input: [...names, 'huge against', 'a minus', 'huge huge huge', 'tiny small'] }],
  ]
  for (const [path, body] of asked) {
    const { status, text } = await asking(path, body)
    assert.equal(status, 200, `${JSON.stringify(body)}: ${text}`)
    assert.doesNotMatch(text, /null|NaN|Infinity/, JSON.stringify(body))
  }
  assert.deepEqual(failures, [])
})
