import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHandler } from 'wordloom/server'
import { errorOf, main, serverOf } from './small-models.js'

const handler = createHandler([main])
const statusOf = async (url: string, headers: Record<string, string> = {}, use = handler) =>
  (await use(new Request(url, { headers }))).status

test('E8 a host that is not this machine is 403, whatever names it', async () => {
  for (const host of ['localhost', 'localhost:80', '127.0.0.1:4225', '127.9.9.9', '[::1]:1', 'LOCALHOST'])
    assert.equal(await statusOf(`http://${host}/health`), 200, host)
  for (const host of [
    'evil.com',
    'localhost.evil.com',
    '127.0.0.1.evil.com',
    '10.0.0.1',
    'localhost.',
    '[::2]',
  ])
    assert.equal(await statusOf(`http://${host}/health`), 403, host)
  for (const host of ['evil.com', 'localhost, evil.com', '', 'localhost.', 'evil.com:80'])
    assert.equal(await statusOf('http://localhost/health', { host }), 403, host)
  const allowing = createHandler([main], { allowHosts: ['vectors.example'] })
  assert.equal(await statusOf('http://vectors.example:8080/health', {}, allowing), 200)
  assert.equal(await statusOf('http://evil.example/health', {}, allowing), 403)
  assert.equal(
    await statusOf('http://evil.example/health', {}, createHandler([main], { allowHosts: 'any' })),
    200,
  )
  const open = createHandler([main], { isLocal: false })
  assert.equal(await statusOf('http://10.1.2.3:80/health', {}, open), 200)
  assert.equal(await statusOf('http://evil.example/health', {}, open), 403)
})

test('E8 a page of another site is 403; a page of this server may ask', async () => {
  for (const origin of ['https://evil.com', 'null', 'http://localhost:1', 'http://localhost.evil.com'])
    assert.equal(await statusOf('http://localhost/health', { origin }), 403, origin)
  assert.equal(await statusOf('http://localhost:4225/health', { origin: 'http://localhost:4225' }), 200)
  assert.equal(
    await statusOf('http://localhost:4225/health', {
      host: 'localhost:4225',
      origin: 'https://localhost:4225',
    }),
    200,
  )
})

test('E24 pages of other sites may ask if they are named: the preflight of openai in a page', async () => {
  const origin = 'https://app.example'
  const stainless = [
    'os',
    'arch',
    'lang',
    'runtime',
    'runtime-version',
    'package-version',
    'retry-count',
  ].map(name => `x-stainless-${name}`)
  const asked = ['authorization', 'content-type', ...stainless].join(',')
  for (const cors of [[origin], 'any'] as const) {
    const ask = serverOf({ cors, keys: ['a-long-secret'] })
    const preflight = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked,
    }
    const told = await ask('/v1/embeddings', undefined, { method: 'OPTIONS', headers: preflight })
    assert.equal(told.status, 204)
    assert.equal(told.headers.get('access-control-allow-origin'), cors === 'any' ? '*' : origin)
    assert.equal(told.headers.get('access-control-allow-headers'), asked.replaceAll(',', ', '))
    assert.match(told.headers.get('access-control-allow-methods')!, /POST/)
    const answer = await ask(
      '/v1/embeddings',
      { input: 'good' },
      { headers: { origin, authorization: 'Bearer a-long-secret' } },
    )
    assert.equal(answer.status, 200)
    assert.ok(answer.headers.get('access-control-allow-origin'))
    const refused = await ask('/v1/embeddings', { input: 'good' }, { headers: { origin } })
    assert.equal(refused.status, 401)
    assert.ok(refused.headers.get('access-control-allow-origin'), 'a page must be able to read why')
  }
  const named = serverOf({ cors: [origin] })
  assert.equal(
    (await named('/health', undefined, { headers: { origin: 'https://other.example' } })).status,
    403,
  )
})

test('E24 a long list of headers is refused in linear time', async () => {
  const ask = serverOf({ cors: 'any' })
  for (const names of [`${'a,'.repeat(4000)}b`, 'a b', `${' '.repeat(8000)}x y`]) {
    const headers = {
      origin: 'https://a.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': names,
    }
    const start = performance.now()
    assert.equal((await ask('/v1/embeddings', undefined, { method: 'OPTIONS', headers })).status, 400)
    assert.ok(performance.now() - start < 200)
  }
})

test('E23 keys: one of several opens; none, a wrong one, part of one and two at once do not', async () => {
  const ask = serverOf({ keys: ['first-secret', 'second-secret'] })
  const withKey = (authorization?: string) =>
    ask('/v1/models', undefined, { headers: authorization === undefined ? {} : { authorization } })
  for (const value of ['Bearer first-secret', 'bearer second-secret', 'BEARER  first-secret'])
    assert.equal((await withKey(value)).status, 200, value)
  for (const value of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer first-secre',
    'Bearer first-secret2',
    'Basic first-secret',
    'first-secret',
    'Bearer first-secret, Bearer first-secret',
    'Bearer first-secret x',
  ]) {
    const told = await withKey(value)
    assert.equal(told.status, 401, value)
    assert.equal(told.headers.get('www-authenticate'), 'Bearer')
    assert.equal(errorOf(told).code, 'invalid_api_key')
    assert.doesNotMatch(told.text, /first|secret/)
  }
  for (const open of ['/health', '/ready', '/openapi.json']) assert.equal((await ask(open)).status, 200)
})

test('the models are read anew by who has a key, or by this machine if it is alone', async () => {
  let reloads = 0
  const reload = async () => void reloads++
  const post = { method: 'POST' }
  assert.equal((await serverOf({ reload, isLocal: true })('/admin/reload', undefined, post)).status, 200)
  assert.equal((await serverOf({ reload })('/admin/reload', undefined, post)).status, 403)
  const ask = serverOf({ reload, keys: ['a-long-secret'] })
  assert.equal((await ask('/admin/reload', undefined, post)).status, 401)
  assert.equal(
    (await ask('/admin/reload', undefined, { ...post, headers: { authorization: 'Bearer a-long-secret' } }))
      .status,
    200,
  )
  assert.equal(reloads, 2)
  assert.equal((await serverOf({ isLocal: true })('/admin/reload', undefined, post)).status, 404)
})
