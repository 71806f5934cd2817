import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SubwordVectors, WordVectors } from 'wordloom/vectors'
import { errorOf, main, serverOf, smallVectors, WORDS } from './small-models.js'

const ask = serverOf()
const { vectors } = main

const spelled = new WordVectors({
  vocabulary: vectors.vocabulary,
  matrix: vectors.matrix,
  subwords: new SubwordVectors({
    settings: { minNgram: 3, maxNgram: 3, buckets: 50 },
    matrix: { data: smallVectors(5, 50 * 9).matrix.data.slice(0, 450), rows: 50, columns: 9, stride: 9 },
  }),
})
const askSpelled = serverOf({}, [{ name: 'spelled', vectors: spelled }])

test('nearest answers what the library does: a word, a sum, signs and weights, a vector', async () => {
  const asked: readonly (readonly [object, Parameters<typeof vectors.nearest>[0]])[] = [
    [{ word: 'film' }, 'film'],
    [{ words: ['film', 'good'] }, { positive: ['film', 'good'] }],
    [
      { positive: ['King', { word: 'good', weight: 2.5 }], negative: ['bad'] },
      { positive: ['King', ['good', 2.5]], negative: ['bad'] },
    ],
    [{ negative: ['bad'] }, { positive: [], negative: ['bad'] }],
    [{ vector: Array.from(vectors.vector('queen')!) }, vectors.vector('queen')!],
    [
      { positive: [{ vector: Array.from(vectors.vector('queen')!), weight: 2 }, 'bad'] },
      { positive: [[vectors.vector('queen')!, 2], 'bad'] },
    ],
  ]
  for (const [body, query] of asked) {
    const told = await ask('/v1/nearest', { ...body, count: 5 })
    assert.deepEqual(told.json, { model: 'main', nearest: vectors.nearest(query, 5) }, JSON.stringify(body))
  }
})

test('nearest has the options of the library, and many questions in one request', async () => {
  const options = {
    count: 3,
    limit: 10,
    threshold: -0.5,
    among: ['good', 'bad', 'kino', 'nobody'],
    exclude: ['good'],
  }
  const told = await ask('/v1/nearest', {
    queries: ['film', { word: 'bad' }, { words: ['the', 'film'] }],
    ...options,
  })
  const expected = vectors.nearestBatch(['film', 'bad', { positive: ['the', 'film'] }], options)
  assert.deepEqual(
    told.json.results,
    expected.map(nearest => ({ nearest })),
  )
  const many = await ask('/v1/nearest', { queries: Array(1024).fill('film'), count: 1 })
  assert.equal(many.json.results.length, 1024)
})

test('E4 counts out of range and too many questions are refused, not clamped', async () => {
  for (const count of [0, -1, 1001, 1e9, 2.5, '3', true]) {
    const told = await ask('/v1/nearest', { word: 'film', count })
    assert.deepEqual([told.status, errorOf(told).param], [400, 'count'], String(count))
    assert.match(errorOf(told).message, /from 1 to 1,000/)
  }
  assert.equal(
    (await ask('/v1/nearest', { word: 'film', count: 1000 })).json.nearest.length,
    WORDS.length - 1,
  )
  const told = await ask('/v1/nearest', { queries: Array(1025).fill('film') })
  assert.deepEqual([told.status, errorOf(told).param], [400, 'queries'])
})

test('E16 no number that is not finite goes in or comes out', async () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['[1e400,0,0,0,0,0,0,0,0]', 'vector[0]'],
    ['[0,1e39,0,0,0,0,0,0,0]', 'vector[1]'],
    ['[0,"1",0,0,0,0,0,0,0]', 'vector[1]'],
    ['[0,0,0,0,0,0,0,0,0]', 'vector'],
    ['[1,2]', 'vector'],
    ['[]', 'vector'],
    ['"x"', 'vector'],
  ]
  for (const [vector, param] of wrong) {
    const told = await ask('/v1/nearest', `{"vector":${vector}}`)
    assert.deepEqual([told.status, errorOf(told).param], [400, param], vector)
  }
  const same = await ask('/v1/nearest', { positive: ['film'], negative: ['film'] })
  assert.doesNotMatch(same.text, /null|NaN/)
})

test('a question that is none, or several, is refused', async () => {
  for (const body of [
    {},
    { word: 'film', vector: [1] },
    { positive: [], negative: [] },
    { queries: ['film'], word: 'film' },
    { queries: [{}] },
    { positive: [{}] },
    { positive: [{ word: 'film', vector: [1] }] },
  ])
    assert.equal((await ask('/v1/nearest', body)).status, 400, JSON.stringify(body))
})

test('unknown words: 404 with near spellings; skipped and told; made of sub-words and told', async () => {
  const told = await ask('/v1/nearest', { word: 'filn' })
  assert.deepEqual([told.status, errorOf(told).code], [404, 'unknown_word'])
  assert.match(errorOf(told).message, /"filn" is not in the vocabulary. Did you mean film\?/)
  assert.deepEqual(told.json.error.suggestions, { filn: ['film'] })
  const skipped = await ask('/v1/nearest', {
    queries: [{ words: ['film', 'filn'] }, 'xq'],
    unknown: 'skip',
    count: 2,
  })
  assert.deepEqual(skipped.json.results, [
    { nearest: vectors.nearest('film', 2), unknown: ['filn'] },
    { nearest: [], unknown: ['xq'] },
  ])
  const made = await askSpelled('/v1/nearest', { word: 'filmed', count: 2 })
  assert.deepEqual(made.json, {
    model: 'spelled',
    nearest: spelled.nearest('filmed', 2),
    subwords: ['filmed'],
  })
  const thrown = await askSpelled('/v1/nearest', { word: 'filmed', unknown: 'throw' })
  assert.equal(thrown.status, 404)
  const none = await ask('/v1/nearest', { word: 'filmed', unknown: 'subwords' })
  assert.equal(none.status, 400)
})

test('E5 a word of a megabyte is refused, and one with odd characters is a word like others', async () => {
  assert.equal((await ask('/v1/nearest', { word: 'x'.repeat(1001) })).status, 400)
  assert.equal((await ask('/v1/nearest', { word: 'x'.repeat(1_100_000) })).status, 413)
  for (const word of ['../../etc/passwd', 'a\u0000b', '%00', '__proto_', '\u202e'])
    assert.deepEqual(errorOf(await ask('/v1/nearest', { word })).code, 'unknown_word')
  assert.equal((await ask('/v1/nearest', '{"word":"\\ud800"}')).status, 400)
  assert.deepEqual(
    (await ask('/v1/nearest', { word: '__proto__', count: 2 })).json.nearest,
    vectors.nearest('__proto__', 2),
  )
})

test('analogies by sum and by product are those of the library', async () => {
  const words = { a: 'the', b: 'King', c: 'film' }
  assert.deepEqual(
    (await ask('/v1/analogy', { ...words, count: 4 })).json.nearest,
    vectors.analogy('the', 'King', 'film', { count: 4 }),
  )
  const told = await ask('/v1/analogy', { ...words, count: 4, method: 'multiply', exclude: ['good'] })
  assert.deepEqual(
    told.json.nearest,
    vectors.analogy('the', 'King', 'film', { count: 4, method: 'multiply', exclude: ['good'] }),
  )
  const skipped = await ask('/v1/analogy', { ...words, a: 'nobody', unknown: 'skip' })
  assert.deepEqual(skipped.json, { model: 'main', nearest: [], unknown: ['nobody'] })
  assert.equal((await ask('/v1/analogy', { ...words, a: 'nobody' })).status, 404)
})

test('similarities of pairs, and of one word with many', async () => {
  const told = await ask('/v1/similarity', {
    pairs: [
      ['film', 'kino'],
      ['good', 'good'],
    ],
  })
  assert.deepEqual(told.json.similarities, [
    { words: ['film', 'kino'], similarity: vectors.similarity('film', 'kino') },
    { words: ['good', 'good'], similarity: vectors.similarity('good', 'good') },
  ])
  const many = await ask('/v1/similarity', { word: 'film', words: ['good', 'xq', 'bad'], unknown: 'skip' })
  assert.deepEqual(many.json.unknown, ['xq'])
  assert.deepEqual(
    many.json.similarities.map(({ words }: { words: string[] }) => words[1]),
    ['good', 'bad'],
  )
  for (const body of [
    {},
    { word: 'film' },
    { pairs: [['film']] },
    { pairs: [['a', 'b']], word: 'film', words: ['good'] },
  ])
    assert.equal((await ask('/v1/similarity', body)).status, 400)
})

test('the odd one out, with how central each word is', async () => {
  const words = ['good', 'great', 'bad', 'King']
  const told = await ask('/v1/odd-one-out', { words })
  assert.deepEqual(told.json, {
    model: 'main',
    odd: vectors.oddOneOut(words),
    centrality: vectors.centrality(words),
  })
  const few = await ask('/v1/odd-one-out', { words: ['good', 'great', 'xq'], unknown: 'skip' })
  assert.deepEqual([few.status, errorOf(few).param], [400, 'words'])
})

test('completions: most frequent first, in any case, of any script', async () => {
  const words = async (query: string) =>
    (await ask(`/v1/complete?${query}`)).json.words.map(({ word }: { word: string }) => word)
  assert.deepEqual(await words('prefix=k'), ['King', 'kino'])
  assert.deepEqual(await words('prefix=K&count=1'), ['King'])
  assert.deepEqual(await words('prefix=na%C3%AF'), ['naïve'])
  assert.deepEqual(await words('prefix=NA%C3%8F'), ['naïve'])
  assert.equal((await words('prefix=&count=1000')).length, WORDS.length)
  assert.equal((await ask('/v1/complete')).status, 400)
  for (const count of ['0', '1001', 'x', '1.5', ''])
    assert.equal((await ask(`/v1/complete?prefix=a&count=${count}`)).status, 400, count)
})

test('rerank: Cohere’s fields, best first, with the cosine of the texts’ vectors', async () => {
  const documents = ['the awful music', { text: 'good film' }, 'xqz', { text: 'great actor', id: 7 }]
  const told = await ask('/v2/rerank', {
    model: 'main',
    query: 'good film',
    documents,
    top_n: 3,
    return_documents: true,
  })
  const { results, id, meta } = told.json
  assert.match(id, /^[\da-f-]{36}$/)
  assert.equal(results.length, 3)
  assert.equal(results[0].index, 1)
  assert.ok(Math.abs(results[0].relevance_score - 1) < 1e-6)
  assert.deepEqual(results[0].document, { text: 'good film' })
  const scores = results.map((one: { relevance_score: number }) => one.relevance_score)
  assert.deepEqual(
    scores,
    [...scores].sort((a, b) => b - a),
  )
  assert.match(meta.warnings.join(), /cosine/)
  assert.equal(
    (await ask('/v1/rerank', { query: 'good', documents: ['film'] })).json.results[0].document,
    undefined,
  )
  for (const [body, param] of [
    [{ documents: ['a'] }, 'query'],
    [{ query: 'a' }, 'documents'],
    [{ query: 'a', documents: [] }, 'documents'],
    [{ query: 'a', documents: ['b', {}] }, 'documents[1].text'],
    [{ query: 'a', documents: ['b'], top_n: 0 }, 'top_n'],
  ] as const)
    assert.equal(errorOf(await ask('/v2/rerank', body)).param, param)
})
