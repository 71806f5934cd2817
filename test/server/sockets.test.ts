import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { before, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import { Shelf } from 'wordloom/server'
import { listen } from '#cli/serve/http-server'
import { Service } from '#server/inner'
import { type Running, running } from './running.js'
import { main } from './small-models.js'

let server: Running
before(async () => {
  server = await running()
})

const BODY = '{"input":"a good film"}'
const POST = `POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
const posted = (body: string, more = '') =>
  `${POST}${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const get = (target: string, headers = 'Host: localhost\r\n', version = '1.1') =>
  `GET ${target} HTTP/${version}\r\n${headers}\r\n`

interface Heard {
  readonly text: string
  readonly statuses: readonly number[]
  readonly isClosed: boolean
}

/** Milliseconds until a first answer, on a machine that has much to do. */
const LONGEST = 5_000

/** All that comes back for these bytes, until nothing has come for a while or the connection ends. */
async function heard(bytes: string | Buffer, { quiet = 250, port = server.port } = {}): Promise<Heard> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  let [text, isClosed] = ['', false]
  let last = performance.now()
  socket.on('data', chunk => {
    text += chunk
    last = performance.now()
  })
  socket.on('close', () => {
    isClosed = true
  })
  socket.write(bytes)
  while (!isClosed && performance.now() - last < (text === '' ? Math.max(LONGEST, quiet) : quiet))
    await passed(20)
  socket.destroy()
  return {
    text,
    statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
    isClosed,
  }
}

test('E8 two hosts, none, an absolute target for another host: 403; one for this host is fine', async () => {
  const asked: readonly (readonly [string, number])[] = [
    [get('/health'), 200],
    [get('/health', 'Host: localhost\r\nHost: evil.com\r\n'), 403],
    [get('/health', 'Host: evil.com\r\nHost: localhost\r\n'), 403],
    [get('/health', '', '1.0'), 403],
    [get('/health', 'Host:\r\n'), 403],
    [get('/health', 'Host: localhost.\r\n'), 403],
    [get('/health', 'Host: [::1]:80\r\n'), 200],
    [get('http://evil.com/health'), 403],
    [get('http://localhost/health'), 200],
    [get('http://localhost/health', 'Host: evil.com\r\n'), 403],
    [get('//health'), 404],
    [get('*'), 404],
    [get('/health', 'Host: localhost\r\nOrigin: null\r\n'), 403],
    [get('/health', 'Host: localhost\r\nOrigin: http://evil.com\r\n'), 403],
  ]
  for (const [bytes, status] of asked) assert.deepEqual((await heard(bytes)).statuses, [status], bytes)
})

test('E21 what smuggles, and what is no request, is refused with an error object, and ends the connection', async () => {
  const wrong: readonly (readonly [string, number])[] = [
    [`${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [`${POST}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`, 400],
    [`${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 400],
    [`GET /health HTTP/1.1\nHost: localhost\n\n`, 400],
    [`GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n`, 400],
    [get('/health', ''), 400],
    [get('/health', `Host: localhost\r\nX: ${'x'.repeat(17_000)}\r\n`), 431],
    ['CONNECT evil.com:443 HTTP/1.1\r\nHost: evil.com:443\r\n\r\n', 405],
    ['nonsense\r\n\r\n', 400],
    ['\u0016\u0003\u0001\u0002\u0000\u0001\u0000', 400],
  ]
  for (const [bytes, status] of wrong) {
    const told = await heard(bytes)
    assert.equal(told.statuses[0], status, bytes.slice(0, 80))
    assert.ok(told.isClosed, bytes.slice(0, 80))
  }
  for (const bytes of [wrong[0]![0], wrong[6]![0], wrong[7]![0]])
    assert.equal(
      JSON.parse((await heard(bytes)).text.split('\r\n\r\n')[1]!).error.type,
      'invalid_request_error',
    )
})

test('E21 one answer for each request of a pipeline, in order; TRACE and Upgrade are requests like others', async () => {
  const told = await heard(get('/health') + posted(BODY) + get('/nothing') + get('/ready'))
  assert.deepEqual(told.statuses, [200, 200, 404, 200])
  assert.deepEqual((await heard(get('/health').replace('GET', 'TRACE'))).statuses, [405])
  const upgrade = await heard(
    get('/health', 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'),
  )
  assert.deepEqual(upgrade.statuses, [200])
})

test('E1 a body without a length, in chunks of one byte, is read in one buffer; too much of it is 413', async () => {
  const chunked = [...BODY].map(letter => `1\r\n${letter}\r\n`).join('')
  const small = await heard(`${POST}Transfer-Encoding: chunked\r\n\r\n${chunked}0\r\n\r\n`)
  assert.deepEqual(small.statuses, [200])
  const mebibyte = `100000\r\n${'x'.repeat(1 << 20)}\r\n`
  const large = await heard(`${POST}Transfer-Encoding: chunked\r\n\r\n${mebibyte.repeat(12)}`, {
    quiet: 3_000,
  })
  assert.deepEqual(large.statuses, [413])
  assert.match(large.text, /connection: close/i)
  assert.ok(large.isClosed)
})

test('E1 a length of 10 GB is 413 before a byte of it is read, and a shorter one than there are bytes ends there', async () => {
  const told = await heard(`${POST}Content-Length: 10000000000\r\n\r\n{`, { quiet: 3_000 })
  assert.deepEqual(told.statuses, [413])
  assert.ok(told.isClosed)
  const short = await heard(`${POST}Content-Length: 5\r\n\r\n${BODY}`)
  assert.equal(short.statuses[0], 400)
})

test('Expect: 100-continue gets its word only if the body is wanted', async () => {
  const socket = connect(server.port, '127.0.0.1')
  let text = ''
  socket.on('data', chunk => {
    text += chunk
  })
  socket.write(`${POST}Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`)
  while (!text.includes('\r\n\r\n')) await passed(10)
  assert.match(text, /^HTTP\/1\.1 100 /)
  socket.write(BODY)
  while (!text.includes('usage')) await passed(10)
  socket.destroy()
  const refused = await heard(`${POST}Expect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n`, {
    quiet: 2_000,
  })
  assert.deepEqual(refused.statuses, [413])
  const other = await heard(posted(BODY, 'Expect: the-unexpected\r\n'))
  assert.equal(other.statuses[0], 417)
})

test('E23 two keys at once are none', async () => {
  const { port } = await running({ keys: ['a-long-secret'] })
  const key = 'Authorization: Bearer a-long-secret\r\n'
  const asked = (more: string) => heard(get('/v1/models', `Host: localhost\r\n${more}`), { port })
  assert.deepEqual((await asked(key)).statuses, [200])
  assert.deepEqual((await asked(key + key)).statuses, [401])
  assert.deepEqual((await asked('')).statuses, [401])
})

test('E9 a client that goes while it sends, or before its answer, leaves nothing behind', async () => {
  for (let i = 0; i < 50; i++) {
    const socket: Socket = connect(server.port, '127.0.0.1').on('error', () => {})
    socket.write(i % 2 === 0 ? posted(BODY) : `${POST}Content-Length: 1000\r\n\r\n{`)
    await passed(2)
    socket.destroy()
  }
  await passed(200)
  assert.equal(server.service.working, 0)
  assert.deepEqual((await heard(posted(BODY))).statuses, [200])
})

test('E2 a head that does not end is 408 after ten seconds', async () => {
  const start = performance.now()
  const told = await heard('GET /health HTTP/1.1\r\nHost: loc', { quiet: 15_000 })
  const seconds = (performance.now() - start) / 1000
  assert.deepEqual(told.statuses, [408])
  assert.ok(told.isClosed && seconds > 9 && seconds < 14, `${seconds} s`)
})

test('E6 a server that ends answers what was begun, says that connections end, and takes nothing new', async () => {
  const ending = await running()
  const slow = connect(ending.port, '127.0.0.1')
  let text = ''
  slow.on('data', chunk => {
    text += chunk
  })
  const idle = connect(ending.port, '127.0.0.1').on('error', () => {})
  slow.write(`${POST}Content-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, 5)}`)
  await passed(100)
  const drained = ending.drain()
  await passed(50)
  slow.write(BODY.slice(5))
  const start = performance.now()
  await drained
  assert.ok(performance.now() - start < 3_000)
  assert.match(text, /^HTTP\/1\.1 200 OK[\s\S]*connection: close/i)
  assert.match(text, /usage/)
  idle.destroy()
  await assert.rejects(fetch(`${ending.url}/health`))
})

test('a client that waits for a long answer is not idle; one that says nothing is', async () => {
  const reload = () => new Promise<void>(resolve => setTimeout(resolve, 700))
  const service = new Service(new Shelf([main]), { isLocal: true, reload })
  const bounds = { idle: 200 }
  const server = await listen(service, { host: '127.0.0.1', port: 0, keepAlive: 5_000, bounds })
  const silent = connect(server.port, '127.0.0.1').on('error', () => {})
  const closed = new Promise(resolve => silent.once('close', resolve))
  const told = await fetch(`http://127.0.0.1:${server.port}/admin/reload`, { method: 'POST' })
  assert.equal(told.status, 200)
  await closed
  await server.drain()
})
