import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { allOf, answersIn, connected, main, raw, requestOf, running, someVectors } from './served.js'
import { pause } from './training-child.js'

const failures: unknown[] = []
const start = (options = {}) => running([main], { onFailure: error => failures.push(error), ...options })
const server = start()

/** The only answer, which is an error object, on a connection that ended with it. */
async function refused(port: number, bytes: string | Uint8Array, status: number): Promise<string> {
  const text = await raw(port, bytes)
  const [answer, ...more] = answersIn(text)
  assert.ok(answer && more.length === 0, text)
  assert.equal(answer.status, status, text)
  assert.match(answer.head, /connection: close/i)
  const { error } = JSON.parse(answer.body)
  assert.match(error.type, /_error$/)
  assert.match(error.message, /\.$/)
  return error.code
}

test('E1 a body is refused by its length before it is sent, and at the first byte too many without a length', async () => {
  const { port } = await server
  const head = requestOf('POST /v1/nearest', ['Content-Type: application/json'])
  const lies = head.replace('\r\n\r\n', '\r\nContent-Length: 10000000000\r\n\r\n{')
  assert.equal(await refused(port, lies, 413), 'body_too_large')
  const waits = lies.replace('\r\n\r\n{', '\r\nExpect: 100-continue\r\n\r\n')
  assert.equal(await refused(port, waits, 413), 'body_too_large')
  const socket = connected(port)
  const answer = allOf(socket)
  socket.write(head.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'))
  let sent = 0
  const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
  while (!socket.closed && sent < 64 << 20) {
    sent += chunk.length
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
    await pause(0)
  }
  assert.equal(answersIn(await answer)[0]!.status, 413)
  assert.ok(sent < 64 << 20, `${sent} bytes were taken`)
})

test('E1 a body of one-byte chunks is one body, and its memory is given back', async () => {
  const { port, ask } = await start({ limits: { bodies: 8_192 } })
  const body = `{"word":"film","count":${' '.repeat(5_000)}1}`
  const chunks = [...body].map(letter => `1\r\n${letter}\r\n`).join('')
  const head = requestOf('POST /v1/nearest', [
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
    'Connection: close',
  ])
  for (let i = 0; i < 3; i++)
    assert.equal(answersIn(await raw(port, `${head}${chunks}0\r\n\r\n`))[0]!.status, 200)
  assert.equal(
    (await ask('/v1/nearest', { word: 'film', more: ' '.repeat(9_000) })).json.error.code,
    'overloaded',
  )
  assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 200)
})

test('E2 headers, or a body, that do not arrive in time are 408, and the others are answered meanwhile', async () => {
  const { port, ask } = await running([main], {}, { headers: 500, request: 1_000 })
  const slow = ['GET /health HTTP/1.1\r\nHost: loc', post('Content-Length: 100', '{"word"')]
  const ends = slow.map(bytes => refused(port, bytes, 408))
  assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 200)
  await Promise.all(ends)
})

test('E2 headers over 16 KiB are 431; a thousand empty ones, and 8 KiB of path, have an answer', async () => {
  const { port } = await server
  await refused(port, requestOf('GET /health', [`X: ${'a'.repeat(20_000)}`]), 431)
  await refused(port, requestOf(`GET /${'a'.repeat(20_000)}`), 431)
  const many = requestOf('GET /health', [...Array(3_000).fill('a:'), 'Connection: close'])
  assert.equal(answersIn(await raw(port, many))[0]!.status, 200)
  await refused(port, requestOf(`GET /${'a'.repeat(9_000)}`, ['Connection: close']), 404)
})

const smuggled = 'GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n'
const post = (headers: string, body: string) =>
  `POST /v1/nearest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`

for (const [name, bytes, status] of [
  [
    'a length beside chunks',
    post('Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`),
    400,
  ],
  [
    'chunks beside a length',
    post('Transfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${smuggled}`),
    400,
  ],
  ['two lengths', post('Content-Length: 2\r\nContent-Length: 3', `{}${smuggled}`), 400],
  ['a length with a sign', post('Content-Length: +2', `{}${smuggled}`), 400],
  ['chunks that are not the last encoding', post('Transfer-Encoding: chunked, identity', '0\r\n\r\n'), 400],
  ['an encoding that is none', post('Transfer-Encoding: xchunked', '0\r\n\r\n'), 400],
  ['a blank before a colon', post('Content-Length : 2', '{}'), 400],
  ['a folded header', post('X: 1\r\n folded', ''), 400],
  ['bare line feeds', 'GET /health HTTP/1.1\nHost: localhost\n\n', 400],
  ['a NUL in the target', 'GET /health\0 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['a chunk of a length that is none', post('Transfer-Encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n'), 400],
  [
    '16 KiB behind the length of a chunk',
    post('Transfer-Encoding: chunked', `1;${'a'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`),
    413,
  ],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a greeting of TLS', Buffer.from('16030100c8010000c40303', 'hex'), 400],
  ['CONNECT', 'CONNECT evil:443 HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
  ['TRACE', requestOf('TRACE /health', ['Connection: close']), 405],
  ['an expectation that is none', requestOf('GET /health', ['Expect: 200-maybe']), 417],
  ['no host', 'GET /health HTTP/1.1\r\n\r\n', 400],
] as const)
  test(`E21 ${name} is ${status}, one error object, and the end of the connection`, async () => {
    await refused((await server).port, bytes, status)
  })

test('E21 requests behind one another are answered in their order, also before one that is broken', async () => {
  const { port } = await server
  const question = requestOf('POST /v1/nearest', [], '{"word":"film","count":1}')
  const text = await raw(port, `${question}${requestOf('GET /health')}${question}NO REQUEST\r\n\r\n`)
  const answers = answersIn(text)
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 400],
  )
  assert.deepEqual(JSON.parse(answers[1]!.body), { status: 'ok' })
  assert.equal(answers[0]!.body, answers[2]!.body)
})

test('E21 an upgrade is not made, and trailers are no headers', async () => {
  const { port } = await server
  for (const [kind, ...more] of [['websocket'], ['h2c', 'HTTP2-Settings: AAMAAABk']] as const) {
    const asks = requestOf('GET /health', ['Connection: Upgrade, close', `Upgrade: ${kind}`, ...more])
    assert.equal(answersIn(await raw(port, asks))[0]!.status, 200)
  }
  const body = '{"word":"film"}'
  const trailer = post(
    'Transfer-Encoding: chunked\r\nConnection: close',
    `f\r\n${body}\r\n0\r\nHost: evil\r\n\r\n`,
  )
  assert.equal(answersIn(await raw(port, trailer))[0]!.status, 200)
})

for (const [name, head] of [
  ['of a stranger', 'GET /health HTTP/1.1\r\nHost: evil.example\r\n'],
  ['of two headers', 'GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n'],
  ['of nobody', 'GET /health HTTP/1.1\r\nHost:\r\n'],
  ['that is missing in HTTP/1.0', 'GET /health HTTP/1.0\r\n'],
  ['with a dot behind it', 'GET /health HTTP/1.1\r\nHost: localhost.\r\n'],
  ['in an absolute target', 'GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n'],
  ['behind a name', 'GET http://localhost@evil.example/health HTTP/1.1\r\nHost: localhost\r\n'],
] as const)
  test(`E8 a host ${name} is 403`, async () => {
    assert.equal(
      await refused((await server).port, `${head}Connection: close\r\n\r\n`, 403),
      'host_not_allowed',
    )
  })

test('E8 the names of this machine are answered, with any port, and as an absolute target', async () => {
  const { port } = await server
  for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]:1', 'LOCALHOST'])
    for (const target of ['/health', `http://${host}/health`])
      assert.equal(
        answersIn(await raw(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))[0]!
          .status,
        200,
      )
})

test('E9 clients that go, before or within an answer, leave nothing behind and are no failures of ours', async () => {
  const told: { status: number; code?: string | undefined }[] = []
  const { port, ask, service } = await running(
    [{ name: 'main', vectors: someVectors({ words: 3_000, dimensions: 100 }) }],
    { onAnswer: event => told.push(event), onFailure: error => failures.push(error) },
  )
  const texts = Array.from({ length: 2_000 }, (_, i) => `w${i} film`)
  const long = requestOf('POST /v1/embeddings', [], JSON.stringify({ input: texts }))
  for (let i = 0; i < 60; i++) {
    const socket = connected(port)
    socket.write(i % 3 === 0 ? long.slice(0, 5_000) : long)
    if (i % 3 === 1) await pause(5)
    if (i % 3 === 2) await once(socket, 'data')
    socket.destroy()
  }
  while (service.working > 0) await pause(10)
  assert.equal((await ask('/v1/embeddings', { input: 'film' })).status, 200)
  assert.ok(told.some(({ status, code }) => status === 408 && code === 'client_gone'))
  assert.deepEqual([...new Set(told.map(({ status }) => status))].sort(), [200, 408])
})

test('E25 slow readers of large answers are cut off, and have bounded memory: who asks beside them is told to ask again', async () => {
  const vectors = someVectors({ words: 100, dimensions: 1_000 })
  const served = [{ name: 'main', vectors }]
  const limits = { answers: 64 << 20 }
  const bounds = { slowest: 1_500, unsent: 20 << 20 }
  const { port, ask, service } = await running(served, { limits }, bounds)
  const input = Array.from({ length: 1_000 }, (_, i) => `w${20 + (i % 70)}`)
  const question = requestOf('POST /v1/embeddings', [], JSON.stringify({ input, encoding_format: 'base64' }))
  const before = process.memoryUsage().rss
  const sockets = Array.from({ length: 100 }, () => connected(port).pause())
  for (const socket of sockets) socket.write(question)
  await pause(100)
  while (service.working > 0) await pause(20)
  const rss = process.memoryUsage().rss - before
  assert.ok(rss < 400 << 20, `${rss >> 20} MiB for 100 answers of 5 MiB`)
  const { status, headers } = await ask('/v1/embeddings', { input: 'film' })
  assert.deepEqual([status, headers['retry-after']], [503, '1'])
  assert.equal((await ask('/health')).status, 200)
  await pause(bounds.slowest)
  const ends = await Promise.all(sockets.map(socket => allOf(socket.resume())))
  const large = ends.filter(text => text.startsWith('HTTP/1.1 200'))
  assert.ok(large.length > 0 && large.length < 12, `${large.length} were answered`)
  assert.ok(large.every(text => text.length < 5 << 20)) // cut off
  assert.ok(ends.every(text => large.includes(text) || answersIn(text)[0]!.status === 503))
  assert.equal((await ask('/v1/embeddings', { input: 'film' })).status, 200)
})

test('E21 no request of this file made the server fail', () => assert.deepEqual(failures, []))
