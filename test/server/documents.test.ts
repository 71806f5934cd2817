import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDocuments } from 'wordloom/retrieval'
import { createHandler, Shelf } from 'wordloom/server'
import { askOf, errorOf, main, serverOf, smallVectors } from './small-models.js'

const { vectors } = main
const documents = await openDocuments(
  [
    { id: 'a/1', text: 'the film was good', lang: 'en', year: 2019, tags: ['old', 'short'] },
    { id: 'b', text: 'the awful music', lang: 'en', year: 2020 },
    { text: 'kino King', lang: 'de', year: 2020, __proto__: null },
    JSON.parse('{"id":"__proto__","text":"a great actor","lang":"de","__proto__":"odd"}'),
    { id: 'd', text: 'invoice 4711' },
  ],
  vectors,
)
const served = { ...main, documents }
const ask = serverOf({}, [served])
const idsOf = ({ json }: { json: { results: { id: string }[] } }) => json.results.map(({ id }) => id)

test('search answers what the library does, in every mode', async () => {
  for (const mode of ['hybrid', 'vector', 'text', undefined] as const) {
    const asked = { query: 'good film', count: 3, ...(mode && { mode }) }
    const { found } = documents.search(asked)
    assert.deepEqual((await ask('/v1/search', asked)).json, { model: 'main', results: found })
  }
  const all = await ask('/v1/search', { query: 'film', count: 1000 })
  assert.ok(all.json.results.length <= documents.size)
})

test('filters are those of the library: equal, one of several, an entry of a list', async () => {
  for (const [filter, expected] of [
    [{ lang: 'de' }, ['3', '__proto__']],
    [{ lang: 'en', year: 2020 }, ['b']],
    [{ year: { in: [2019, 2020] } }, ['a/1', 'b', '3']],
    [{ tags: 'short' }, ['a/1']],
    [JSON.parse('{"__proto__":"odd"}'), ['__proto__']],
    [{ lang: 'fr' }, []],
    [{}, undefined],
    [null, undefined],
  ] as const) {
    const told = await ask('/v1/search', { query: 'film music King actor', mode: 'vector', filter })
    assert.equal(told.status, 200, told.text)
    if (expected) assert.deepEqual(idsOf(told).sort(), [...expected].sort(), JSON.stringify(filter))
  }
})

test('what a question lacks is told', async () => {
  assert.deepEqual((await ask('/v1/search', { query: 'xqz' })).json, {
    model: 'main',
    results: [],
    warnings: documents.search({ query: 'xqz' }).warnings,
  })
  const found = await ask('/v1/search', { query: '4711' })
  assert.deepEqual(idsOf(found), ['d'])
  assert.deepEqual(found.json.warnings, ['no word of the query has a vector'])
})

test('a document by its id, and those like it', async () => {
  assert.deepEqual((await ask('/v1/documents/a%2F1')).json, documents.get('a/1'))
  assert.deepEqual((await ask('/v1/documents/__proto__')).text, JSON.stringify(documents.get('__proto__')))
  const like = documents.related('b', { count: 2, mode: 'vector', filter: { lang: 'en' } })
  const query = `count=2&mode=vector&filter=${encodeURIComponent('{"lang":"en"}')}`
  assert.deepEqual((await ask(`/v1/documents/b/related?${query}`)).json, {
    model: 'main',
    results: like.found,
  })
  assert.equal(idsOf(await ask('/v1/documents/3/related')).includes('3'), false)
  for (const path of ['/v1/documents/nobody', '/v1/documents/nobody/related', '/v1/documents/constructor']) {
    const told = await ask(path)
    assert.deepEqual(
      [told.status, errorOf(told).code, errorOf(told).param],
      [404, 'document_not_found', 'id'],
    )
  }
})

test('wrong values are refused with their place', async () => {
  for (const [body, param] of [
    [{}, 'query'],
    [{ query: 3 }, 'query'],
    [{ query: 'x'.repeat(10_001) }, 'query'],
    [{ query: 'a', count: 0 }, 'count'],
    [{ query: 'a', count: 1001 }, 'count'],
    [{ query: 'a', mode: 'both' }, 'mode'],
    [{ query: 'a', filter: [] }, 'filter'],
    [{ query: 'a', filter: 'lang=en' }, 'filter'],
    [{ query: 'a', filter: { lang: {} } }, 'filter.lang'],
    [{ query: 'a', filter: { lang: ['en'] } }, 'filter.lang'],
    [{ query: 'a', filter: { lang: { in: 'en' } } }, 'filter.lang.in'],
    [{ query: 'a', filter: { lang: { in: [] } } }, 'filter.lang.in'],
    [{ query: 'a', filter: { lang: { in: ['en', {}] } } }, 'filter.lang.in[1]'],
    [{ query: 'a', filter: { lang: 'x'.repeat(1001) } }, 'filter.lang'],
    [{ query: 'a', filter: { lnag: 'en' } }, 'filter.lnag'],
    [{ query: 'a', filter: { text: 'en' } }, 'filter.text'],
    [{ query: 'a', filter: Object.fromEntries(Array.from('abcdefghi', one => [one, 1])) }, 'filter'],
  ] as const) {
    const told = await ask('/v1/search', body)
    assert.deepEqual([told.status, errorOf(told).param], [400, param], JSON.stringify(body).slice(0, 80))
  }
  for (const query of ['filter=lang', 'filter=%5B%5D', 'filter={"lnag":1}', 'count=0', 'mode=x'])
    assert.equal((await ask(`/v1/documents/b/related?${query}`)).status, 400, query)
  const told = await ask('/v1/search', { query: 'a', filter: { lnag: 'en' } })
  assert.match(errorOf(told).message, /filter\.lnag is no field of the documents; expected lang, year, tags/)
})

test('without documents, or without a model that has some, search is 404', async () => {
  const none = await serverOf()('/v1/search', { query: 'a' })
  assert.deepEqual([none.status, errorOf(none).code], [404, 'no_documents'])
  assert.match(errorOf(none).message, /this server has no documents\. Start it with documents/)
  const two = serverOf({}, [{ ...main, name: 'plain' }, served])
  assert.equal((await two('/v1/search', { query: 'film' })).json.model, 'main') // the only one that has some
  const plain = await two('/v1/search', { query: 'film', model: 'plain' })
  assert.deepEqual([plain.status, errorOf(plain).code], [404, 'no_documents'])
  assert.match(errorOf(plain).message, /plain has no documents to search\. Name a model that has some: main/)
  const both = serverOf({}, [{ ...served, name: 'other' }, served])
  const missing = await both('/v1/search', { query: 'film' })
  assert.deepEqual([missing.status, errorOf(missing).param], [400, 'model'])
  assert.equal((await both('/v1/documents/b?model=other')).status, 200)
})

test('models tell how many documents they have; what is no documents is refused in words', async () => {
  assert.equal((await ask('/v1/models/main')).json.documents, 5)
  assert.equal((await serverOf()('/v1/models/main')).json.documents, undefined)
  const promise = openDocuments([{ text: 'film' }], vectors) as never
  assert.throws(
    () => createHandler([{ ...main, documents: promise }]),
    /the documents of main are not opened/,
  )
})

test('a request uses the documents that there were when it began', async () => {
  const shelf = new Shelf([served])
  const asking = askOf(createHandler(shelf))
  const begun = asking('/v1/search', { query: 'good film', count: 1 })
  const next = await openDocuments([{ id: 'new', text: 'good film' }], smallVectors(2))
  await shelf.replace([{ ...main, vectors: smallVectors(2), documents: next }])
  assert.deepEqual(idsOf(await begun), ['a/1'])
  assert.deepEqual(idsOf(await asking('/v1/search', { query: 'good film', count: 1 })), ['new'])
  assert.equal((await asking('/v1/documents/a%2F1')).status, 404)
})
