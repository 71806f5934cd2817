import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHandler } from 'wordloom/server'
import { Keys } from '#server/http/keys'
import { answersIn, askOf, main, raw, requestOf, running } from './served.js'

const KEY = 'a-long-secret'
const OTHER = 'another-secret'

for (const [name, headers] of [
  ['missing', []],
  ['wrong', ['Authorization: Bearer wrong-secret']],
  ['a beginning of the right one', [`Authorization: Bearer ${KEY.slice(0, -1)}`]],
  ['longer than the right one', [`Authorization: Bearer ${KEY}x`]],
  ['of 8 KiB', [`Authorization: Bearer ${'x'.repeat(8_192)}`]],
  ['of another scheme', [`Authorization: Basic ${KEY}`]],
  ['without a scheme', [`Authorization: ${KEY}`]],
  ['empty', ['Authorization: Bearer ']],
  ['given twice', [`Authorization: Bearer ${KEY}`, `Authorization: Bearer ${KEY}`]],
  ['one of two in a header', [`Authorization: Bearer wrong, ${KEY}`]],
] as const)
  test(`E23 a key that is ${name} is 401, before a body is read`, async () => {
    const { port } = await guarded
    const lies = requestOf('POST /v1/embeddings', [...headers, 'Content-Length: 1000', 'Connection: close'])
    const [answer] = answersIn(await raw(port, lies))
    assert.equal(answer!.status, 401)
    assert.match(answer!.head, /www-authenticate: Bearer\r\n/i)
    assert.equal(JSON.parse(answer!.body).error.code, 'invalid_api_key')
    assert.ok(!answer!.body.includes('secret'))
  })
const guarded = running([main], { keys: [KEY, OTHER] })

test('E23 each of the keys opens, whatever case its scheme is in; health and readiness need none', async () => {
  const { ask } = await guarded
  for (const authorization of [`Bearer ${KEY}`, `bearer ${OTHER}`, `BEARER   ${KEY}`])
    assert.equal((await ask('/v1/models', undefined, { authorization })).status, 200)
  for (const path of ['/health', '/ready']) assert.equal((await ask(path)).status, 200)
  for (const path of ['/v1/models', '/models', '/v1/models/main', '/v1/complete?prefix=a'])
    assert.equal((await ask(path)).status, 401)
  assert.equal((await ask('/admin/reload', '')).status, 401)
})

test('E23 keys are compared by digests, all of them and to their ends, whatever is asked', () => {
  const looked: number[] = []
  const real = String.prototype.charCodeAt
  const asks = (key: string) => {
    let looks = 0
    String.prototype.charCodeAt = function (this: string, at: number) {
      if (this.length === 64) looks++ // of digests in hexadecimal
      return real.call(this, at)
    }
    try {
      new Keys([KEY, OTHER, 'third-secret']).check({
        header: (name: string) => (name === 'authorization' ? `Bearer ${key}` : undefined),
      } as never)
    } catch {
      // refused
    } finally {
      String.prototype.charCodeAt = real
    }
    looked.push(looks)
  }
  for (const key of [KEY, OTHER, 'third-secret', 'x', `${KEY}x`, 'x'.repeat(1_000)]) asks(key)
  assert.ok(looked[0]! >= 3 * 64)
  assert.deepEqual([...new Set(looked)], [looked[0]])
})

for (const origin of [
  'https://evil.example',
  'null',
  'http://localhost:1',
  'http://localhost.evil.example',
  'file://',
])
  test(`E8 a page of ${origin} is 403, asks what it may, and is told nothing by headers`, async () => {
    for (const cors of [[], ['https://app.example']]) {
      const ask = askOf([main], { cors })
      for (const [path, body] of [['/v1/models'], ['/v1/embeddings', { input: 'film' }]] as const) {
        const { status, headers } = await ask(path, body, { origin })
        assert.equal(status, 403)
        assert.equal(headers['access-control-allow-origin'], undefined)
      }
    }
  })

test('E8 what a page can send without asking first is refused: forms and plain text', async () => {
  const ask = askOf()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    assert.equal((await ask('/v1/embeddings', '{"input":"film"}', { 'content-type': type })).status, 415)
})

const stainless = ['os', 'arch', 'lang', 'runtime', 'runtime-version', 'package-version', 'retry-count']

const preflight = (names: string, cors: readonly string[] | 'any' = ['https://app.example']) =>
  createHandler([main], { cors, keys: [KEY] })(
    new Request('http://localhost/v1/embeddings', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': names,
      },
    }),
  )

for (const cors of [['https://app.example'], 'any'] as const)
  test(`E24 a page with openai may ask if ${cors === 'any' ? 'all' : 'its origin'} may`, async () => {
    const names = ['authorization', 'content-type', ...stainless.map(name => `x-stainless-${name}`)]
    const { status, headers } = await preflight(names.join(','), cors)
    assert.equal(status, 204)
    assert.equal(headers.get('access-control-allow-origin'), cors === 'any' ? '*' : 'https://app.example')
    assert.equal(headers.get('access-control-allow-headers'), names.join(', '))
    assert.equal(headers.get('access-control-allow-methods'), 'POST')
    const ask = askOf([main], { cors, keys: [KEY] })
    const sent = { origin: 'https://app.example', authorization: `Bearer ${KEY}` }
    const answer = await ask('/v1/embeddings', { input: 'film' }, sent)
    assert.deepEqual([answer.status, typeof answer.headers['access-control-allow-origin']], [200, 'string'])
    const refused = await ask('/v1/embeddings', { input: 'film' }, { origin: sent.origin })
    assert.deepEqual([refused.status, typeof refused.headers['access-control-allow-origin']], [401, 'string'])
  })

test('E24 a list of headers that is long, or names what is none, is 400', async () => {
  for (const names of ['a,'.repeat(8_000), `${' ,'.repeat(8_000)}x y`, 'a\tb', 'a;b', 'x'.repeat(5_000)])
    assert.equal((await preflight(names)).status, 400, names.slice(0, 20))
})
