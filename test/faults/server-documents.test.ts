import assert from 'node:assert/strict'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDocuments } from 'wordloom/retrieval'
import { askOf, lines, main, saved, serving, someVectors, startOf, temporaryFolder } from './served.js'

const folder = temporaryFolder()
const path = await saved(someVectors(), folder)
const { vectors } = main

/** A value in as many lists. */
const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`

test('E31 documents without a known word are found by their words', async () => {
  const documents = await openDocuments(
    [
      { id: 1, text: 'order 4711-B' },
      { id: 2, text: '???' },
      { id: 3, text: 'good film' },
    ],
    vectors,
  )
  assert.deepEqual(documents.warnings, [
    '2 of 3 documents have no word with a vector, and are found by their words alone',
  ])
  const { json } = await askOf([{ ...main, documents }])('/v1/search', { query: '4711-B' })
  assert.deepEqual(
    json.results.map(({ id }: { id: string }) => id),
    ['1'],
  )
  assert.deepEqual(json.warnings, ['no word of the query has a vector'])
})

test('E31 documents of up to a mebibyte are answered, so many as an answer may have', async () => {
  const long = 'film '.repeat(200_000)
  const given = Array.from({ length: 70 }, (_, id) => ({ id, text: long }))
  const ask = askOf([{ ...main, documents: await openDocuments(given, vectors) }])
  const one = await ask('/v1/search', { query: 'film', count: 1 })
  assert.equal(one.json.results[0].document.text, long)
  assert.equal((await ask('/v1/documents/0/related?count=2')).json.results.length, 2)
  const all = await ask('/v1/search', { query: 'film', count: 100 })
  assert.deepEqual([all.status, all.json.error.code], [400, 'answer_too_large'])
  assert.match(all.json.error.message, /Give a smaller count/)
})

for (const [name, line, expected] of [
  ['of 10 MB', JSON.stringify({ id: 'x', text: 'film '.repeat(2_000_000) }), /document "x" has 9\.5 MiB/],
  [
    'of 100,000 lists in one another',
    `{"text":"film","x":${nested(100_000)}}`,
    /line 2: it has more than 64 /,
  ],
  ['with a deep id', `{"text":"film","id":${nested(100)}}`, /line 2: it has more than 64 objects and lists/],
  ['that is no JSON', '{"text":', /line 2: it is not JSON/],
  ['without text', '{"id":3}', /line 2: it has no text/],
] as const)
  test(`E31 a server does not start with a document ${name}, and says so in one sentence`, async () => {
    const file = lines(folder, 'wrong.jsonl', `{"id":"a","text":"film"}\n${line}\n`)
    const { code, stderr } = await startOf([path, '--documents', file]).ended
    assert.equal(code, 65, stderr)
    assert.match(stderr.slice(0, 2_000), expected)
    assert.doesNotMatch(stderr, /mistake in Wordloom|RangeError/)
  })

test('E31 a deep payload is no more than its line, and 64 lists are not too many', async () => {
  const documents = await openDocuments([{ id: 1, text: 'film', x: JSON.parse(nested(63)) }], vectors)
  const { text } = await askOf([{ ...main, documents }])('/v1/documents/1')
  assert.ok(text.includes(nested(63)))
})

test('E7 documents that cannot be read anew leave the old ones', async () => {
  const own = temporaryFolder()
  const file = lines(own, 'faq.jsonl', '{"id":"old","text":"good film"}\n')
  const server = await serving([path, '--documents', file, '--log', 'none'])
  const found = async () => (await server.ask('/v1/search', { query: 'film' })).json.results[0].id
  assert.equal(await found(), 'old')
  for (const text of ['{"id":"new","te', '', '{"id":1,"text":"a"}\n{"id":1,"text":"b"}\n']) {
    writeFileSync(file, text)
    const told = await server.ask('/admin/reload', '')
    assert.ok(told.status === 500 && told.json.error.code === 'reload_failed', told.text)
    assert.equal(await found(), 'old')
  }
  renameSync(file, join(own, 'gone'))
  assert.equal((await server.ask('/admin/reload', '')).status, 500)
  assert.equal(await found(), 'old')
  writeFileSync(file, '{"id":"new","text":"good film"}\n')
  assert.equal((await server.ask('/admin/reload', '')).status, 200)
  assert.equal(await found(), 'new')
  assert.doesNotMatch(server.output.stderr, /mistake in Wordloom/)
})
