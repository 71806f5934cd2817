import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHandler } from 'wordloom/server'
import { askOf, errorOf, main, serverOf, type Told } from './small-models.js'

const ask = serverOf()

function checkError(told: Told, status: number): void {
  assert.equal(told.status, status)
  assert.equal(told.headers.get('content-type'), 'application/json')
  const { message, type, param, code } = errorOf(told)
  assert.ok(
    typeof message === 'string' && message.length > 10 && /_error$/.test(type) && /^\w+$/.test(code),
    told.text,
  )
  assert.ok(param === null || typeof param === 'string')
  assert.doesNotMatch(message, /quota|billing|undefined|\[object/)
}

test('every refusal has the error object, and every answer a name of its own', async () => {
  const asked: readonly (readonly [number, Promise<Told>])[] = [
    [404, ask('/nothing')],
    [405, ask('/v1/embeddings')],
    [405, ask('/v1/models', {})],
    [405, ask('/v1/models', undefined, { method: 'DELETE' })],
    [400, ask('/v1/embeddings', '{"input":')],
    [400, ask('/v1/embeddings', '')],
    [400, ask('/v1/embeddings', '3')],
    [400, ask('/v1/embeddings', '[]')],
    [400, ask('/v1/embeddings', 'null')],
    [413, ask('/v1/nearest', `{"word":"${'x'.repeat(1 << 20)}"}`)],
    [415, ask('/v1/embeddings', '{"input":"a"}', { headers: { 'content-type': 'text/plain' } })],
  ]
  const ids = new Set<string>()
  for (const [status, told] of asked) {
    checkError(await told, status)
    ids.add((await told).headers.get('x-request-id')!)
  }
  assert.equal(ids.size, asked.length)
})

test('the name of a request is the caller’s if it is a plain one', async () => {
  const named = async (id: string) =>
    (await ask('/health', undefined, { headers: { 'x-request-id': id } })).headers.get('x-request-id')
  assert.equal(await named('trace_1-a'), 'trace_1-a')
  for (const id of ['', 'a b', 'x'.repeat(65), 'a"b']) assert.match((await named(id))!, /^[\da-f-]{36}$/)
})

test('405 lists what the route knows; HEAD is GET without a body', async () => {
  assert.equal((await ask('/v1/embeddings')).headers.get('allow'), 'POST')
  assert.equal((await ask('/v1/models', {})).headers.get('allow'), 'GET, HEAD')
  const head = await ask('/v1/models', undefined, { method: 'HEAD' })
  assert.deepEqual([head.status, head.text], [200, ''])
})

test('E19 E20 a compressed body, and any type but JSON, is 415 with the line of curl that works', async () => {
  for (const type of [
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
  ]) {
    const told = await ask('/v1/embeddings', '{"input":"good"}', { headers: { 'content-type': type } })
    checkError(told, 415)
    assert.match(
      errorOf(told).message,
      /curl http:\/\/localhost\/v1\/embeddings -H 'content-type: application\/json' -d '\{/,
    )
  }
  const two = askOf(createHandler([main, { ...main, name: 'other' }]))
  assert.match(
    errorOf(await two('/v1/embeddings', '{"input":"good"}', { headers: { 'content-type': 'text/plain' } }))
      .message,
    /-d '\{"model":"main","input":\[/,
  )
  for (const type of [
    'application/json',
    'APPLICATION/JSON; Charset="UTF-8"',
    'application/json;charset=utf-8',
  ])
    assert.equal(
      (await ask('/v1/embeddings', '{"input":"good"}', { headers: { 'content-type': type } })).status,
      200,
    )
  const told = await ask('/v1/embeddings', '{"input":"good"}', { headers: { 'content-encoding': 'gzip' } })
  checkError(told, 415)
})

test('E17 bodies that are made to hurt are refused at once', async () => {
  const keys = Array.from({ length: 1_000_000 }, (_, i) => `"${i.toString(36)}":1`).join()
  const utf16 = new Uint8Array(Buffer.from('{"input":"good"}', 'utf16le'))
  const wrong: readonly (string | Uint8Array)[] = [
    '['.repeat(8_000_000),
    `{"input":${'['.repeat(17)}${']'.repeat(17)}}`,
    `{"a":${'{"a":'.repeat(1_000_000)}`,
    `{${keys.slice(0, 8_000_000)}}`,
    '{"input":"good","input":"bad"}',
    '{"input":"good","inp\\u0075t":"bad"}',
    '\ufeff{"input":"good"}',
    utf16,
    new Uint8Array([...Buffer.from('{"input":"'), 0xff, 0xc0, ...Buffer.from('"}')]),
    '{"input":"\\ud800"}',
    '{"input":["good","\\udc00x"]}',
    '{"input":"good"} x',
    '{"input":"good"}{}',
    "{'input':'good'}",
    '{"input":"go\u0000od"}',
  ]
  const handler = createHandler([main])
  for (const body of wrong) {
    const init = { method: 'POST', body: body as BodyInit, headers: { 'content-type': 'application/json' } }
    const request = new Request('http://localhost/v1/embeddings', init)
    const { user, system } = process.cpuUsage()
    const response = await handler(request)
    const used = process.cpuUsage({ user, system })
    assert.equal(response.status, 400, String(body).slice(0, 40))
    assert.match((await response.json()).error.message, /^Cannot answer: /)
    assert.ok(
      used.user + used.system < 100_000,
      `${(used.user + used.system) / 1000} ms for ${String(body).slice(0, 40)}`,
    )
  }
})

test('E22 odd paths are 404 or 400, and no file', async () => {
  const handler = askOf(createHandler([main]))
  for (const path of [
    '/v1/models/..%2f..%2fetc%2fpasswd',
    '/v1/models/%00',
    '/v1/models/%ff',
    '/v1/models/%',
    '//v1/models',
    '/v1//models',
    `/${'a'.repeat(8192)}`,
    '/v1/models/a/b',
    '/V1/MODELS',
  ])
    assert.ok([400, 404].includes((await handler(path)).status), path)
})

test('any bytes get an error object or an answer', async () => {
  const handler = createHandler([main])
  const paths = fc.constantFrom(
    '/v1/embeddings',
    '/v1/nearest',
    '/v1/similarity',
    '/v2/rerank',
    '/v1/odd-one-out',
    '/v1/analogy',
  )
  const words = fc.constantFrom(
    'good',
    'film',
    'xq',
    '',
    '__proto__',
    3,
    null,
    [1, 2],
    ['good', 'bad', 'film'],
    -1,
    Number.POSITIVE_INFINITY,
  )
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json().map(text => Buffer.from(text)),
    fc
      .dictionary(
        fc.constantFrom(
          'input',
          'word',
          'words',
          'positive',
          'count',
          'pairs',
          'query',
          'documents',
          'a',
          'b',
          'c',
          'model',
          'queries',
          'unknown',
          'dimensions',
          'threshold',
        ),
        fc.oneof(words, fc.array(words, { maxLength: 4 })),
      )
      .map(value => Buffer.from(JSON.stringify(value))),
  )
  await fc.assert(
    fc.asyncProperty(paths, bodies, async (path, body) => {
      const init = { method: 'POST', body: body as BodyInit, headers: { 'content-type': 'application/json' } }
      const response = await handler(new Request(`http://localhost${path}`, init))
      const json = await response.json()
      if (response.status === 200) assert.equal(json.error, undefined)
      else {
        assert.ok([400, 404].includes(response.status), JSON.stringify(json))
        assert.ok(json.error.message.startsWith('Cannot answer: '), json.error.message)
      }
    }),
    { numRuns: 400 },
  )
})

test('a mistake of the server is 500 without a word of its inside, and told to its owner', async () => {
  const failures: unknown[] = []
  const failing = {
    ...main,
    vectors: main.vectors.with({
      textRules: {
        hasLengthOne: false,
        rowsOf: () => {
          throw new TypeError('secret')
        },
      },
    }),
  }
  const told = await serverOf({ onFailure: error => failures.push(error) }, [failing])('/v1/embeddings', {
    input: 'good',
  })
  checkError(told, 500)
  assert.doesNotMatch(told.text, /secret|TypeError/)
  assert.match(String(failures), /secret/)
})
