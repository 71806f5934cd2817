import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  allOf,
  answersIn,
  connected,
  lines,
  requestOf,
  saved,
  serving,
  someVectors,
  startOf,
  temporaryFolder,
} from './served.js'
import { onWindows, pause, preload } from './training-child.js'

const folder = temporaryFolder()
const path = saved(someVectors({ words: 500, dimensions: 20 }), folder)

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`E6 ${signal} under load: what was begun is answered, nothing is reset, and the end is 0`, {
    skip: onWindows,
  }, async () => {
    const { child, port, ended } = await serving([await path, '--log', 'none'])
    const last = requestOf('POST /v1/nearest', ['Connection: close'], '{"word":"film","count":3}')
    let [answers, isEnding] = [0, false]
    const client = async () => {
      for (;;) {
        const socket = connected(port)
        let error: NodeJS.ErrnoException | undefined
        socket.once('error', one => {
          error = one
        })
        socket.write(last)
        const text = await allOf(socket)
        if (error?.code === 'ECONNREFUSED') return // nobody listens any more
        if (error && text === '' && isEnding) continue // it was never taken
        assert.equal(error, undefined)
        const told = answersIn(text)
        assert.equal(told.length, 1)
        for (const { status, body } of told) {
          assert.ok(status === 200 || status === 503, body)
          assert.ok(JSON.parse(body)) // whole
        }
        answers += told.length
      }
    }
    const clients = Array.from({ length: 10 }, client)
    while (answers < 100) await pause(20)
    isEnding = true
    child.kill(signal)
    const { code, stderr } = await ended
    await Promise.all(clients)
    assert.equal(code, 0, stderr)
  })

test('E6 clients that wait in silence do not hold up the end', { skip: onWindows }, async () => {
  const { child, port, ended, ask } = await serving([await path, '--log', 'none'])
  const silent = [connected(port), connected(port), connected(port)]
  silent[1]!.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n')
  silent[2]!.write('GET /hea')
  assert.equal((await ask('/ready')).status, 200)
  child.kill('SIGTERM')
  assert.equal((await ended).code, 0)
  for (const socket of silent) socket.destroy()
})

test('E6 a signal while files are read ends it', { skip: onWindows }, async () => {
  const slow = preload(
    folder,
    'slow-files',
    `import fs from 'node:fs'
     import { syncBuiltinESMExports } from 'node:module'
     const open = fs.promises.open
     fs.promises.open = async (path, ...rest) => {
       if (String(path).endsWith('.safetensors')) { console.error('reads'); await new Promise(r => setTimeout(r, 60_000)) }
       return open(path, ...rest)
     }
     const create = fs.createReadStream
     fs.createReadStream = (path, ...rest) => { console.error('reads'); return create('/dev/zero', ...rest) }
     syncBuiltinESMExports()`,
  )
  const { child, ended, says } = startOf([await path], slow)
  await says(/reads/)
  await pause(200)
  const start = performance.now()
  child.kill('SIGTERM')
  const { code, stderr } = await ended
  assert.ok(performance.now() - start < 15_000)
  assert.equal(code, 143, stderr)
  assert.match(stderr, /the server was ended while it read its files/)
})

test('E7 a reload reads what lies there now; a file that is cut off, of another kind or gone leaves the old one', async () => {
  const own = temporaryFolder()
  const file = await saved(someVectors({ words: 50, seed: 1 }), own)
  const server = await serving([file, '--json'])
  const answer = async () => (await server.ask('/v1/embeddings', { input: 'film' })).json.data[0].embedding
  const first = await answer()
  const other = await saved(someVectors({ words: 50, seed: 2, dimensions: 5 }), own, 'next.safetensors')
  const whole = readFileSync(other)
  for (const bytes of [
    whole.subarray(0, whole.length - 40),
    whole.subarray(0, 10),
    Buffer.from('no vectors'),
  ]) {
    writeFileSync(file, bytes)
    const told = await server.ask('/admin/reload', '')
    assert.ok(told.status >= 400 && told.json.error.message.length > 10, told.text)
    assert.deepEqual(await answer(), first)
  }
  renameSync(file, join(own, 'gone'))
  assert.ok((await server.ask('/admin/reload', '')).status >= 400)
  assert.deepEqual(await answer(), first)
  renameSync(other, file)
  assert.equal((await server.ask('/admin/reload', '')).status, 200)
  assert.equal((await answer()).length, 5)
  renameSync(await saved(someVectors({ words: 50, seed: 3, dimensions: 7 }), own, 'third.safetensors'), file)
  server.child.kill('SIGHUP')
  for (let i = 0; i < 100 && (await answer()).length !== 7; i++) await pause(50)
  assert.equal((await answer()).length, 7)
  assert.doesNotMatch(server.output.stderr, /mistake in Wordloom/)
})

test('E28 a port that is taken is one sentence, and 64', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const { code, stderr } = await startOf([await path, '--port', String(port)]).ended
  other.close()
  assert.equal(code, 64, stderr)
  assert.match(
    stderr,
    new RegExp(`^wordloom: Cannot serve: port ${port} is taken by another program\\. Give`, 'm'),
  )
})

for (const host of ['192.0.2.1', 'no-such-host.invalid', '::2', 'a b', '999.1.1.1'])
  test(`E28 ${host} for --host is one sentence, and 64`, async () => {
    const { code, stderr } = await startOf([await path, '--host', host, '--no-key']).ended
    assert.equal(code, 64, stderr)
    assert.match(stderr, /^wordloom: Cannot serve: --host is .*, which is no address of this machine\./m)
  })

test('E28 on a machine with IPv6 it can listen there alone', async () => {
  const { output, ended, says } = startOf([await path, '--host', '::1', '--json'])
  await Promise.race([says(/listening/).catch(() => {}), ended])
  if (output.stdout.includes('listening')) assert.match(output.stdout, /http:\/\/\[::1\]:\d+/)
  else assert.match(output.stderr, /which is no address of this machine/)
})

test('E28 without a descriptor left it takes connections again once some are free', {
  skip: onWindows,
}, async () => {
  const { port, ask, child } = await serving([await path, '--log', 'none'], { before: 'ulimit -n 256' })
  const sockets = Array.from({ length: 400 }, () => connected(port))
  await pause(500)
  for (const socket of sockets) socket.destroy()
  await pause(200)
  assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 200)
  assert.equal(child.exitCode, null)
})

test('E29 a server writes no file, so that nothing is half written whenever it is killed', {
  skip: onWindows,
}, async () => {
  const own = temporaryFolder()
  const file = await saved(someVectors({ words: 50 }), own)
  const state = () =>
    readdirSync(own).map(name => [
      name,
      statSync(join(own, name)).mtimeMs,
      readFileSync(join(own, name)).length,
    ])
  const before = state()
  let first: unknown
  for (let i = 0; i < 3; i++) {
    const { child, ask, ended } = await serving([file, '--log', 'none'], { before: `cd '${own}'` })
    const { json } = await ask('/v1/embeddings', { input: 'the film', encoding_format: 'base64' })
    first ??= json
    assert.deepEqual(json, first)
    const left = [ask('/v1/nearest', { word: 'film' }), ask('/admin/reload', '')]
    child.kill('SIGKILL')
    await Promise.allSettled(left)
    await ended
    assert.deepEqual(state(), before)
  }
})

test('E34 no text, word, vector or key is in the logs, and no line of a stranger', async () => {
  mkdirSync(join(folder, 'keys'))
  const keys = lines(join(folder, 'keys'), 'keys.txt', 'a-long-secret\n')
  const { ask, child, ended } = await serving([await path, '--key', keys, '--json'])
  const right = { authorization: 'Bearer a-long-secret' }
  const private_ = 'xyzzyword'
  await ask('/v1/embeddings', { input: `${private_} film` }, right)
  await ask('/v1/nearest', { word: private_ }, right)
  await ask('/v1/nearest', { vector: [1234.5678] }, right)
  await ask('/v1/embeddings', { model: private_, input: 'film' }, right)
  await ask(`/v1/complete?prefix=${private_}`, undefined, right)
  await ask(`/v1/models/${private_}`, undefined, right)
  await ask(`/${private_}`, undefined, right)
  await ask('/v1/embeddings', `{"${private_}`, right)
  await ask('/v1/models', undefined, { authorization: `Bearer ${private_}` })
  await ask('/v1/models', undefined, {
    ...right,
    'x-request-id': 'a"}\u00ffb',
    traceparent: private_,
    'user-agent': private_,
  })
  child.kill('SIGTERM')
  const { stdout, stderr } = await ended
  assert.doesNotMatch(stdout + stderr, /xyzzyword|a-long-secret|1234\.5/)
  const requests = stdout.split('\n').filter(line => line.includes('"event":"request"'))
  assert.equal(requests.length, 10)
  for (const line of requests) assert.match(JSON.parse(line).id, /^[\w-]{1,64}$/)
})

test('E34 if nobody reads the log any more, or its disk is full, the server goes on without it', {
  skip: onWindows,
}, async () => {
  const { ask, child, says } = await serving([await path])
  child.stdout!.destroy()
  for (let i = 0; i < 5; i++) {
    assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 200)
    await pause(30)
  }
  await says(/wordloom: the log ends here, since standard output takes no more \(EPIPE\); the server goes on/)
  const full = process.platform === 'linux' && (await serving([await path], { before: 'exec >/dev/full' }))
  if (!full) return
  for (let i = 0; i < 5; i++) assert.equal((await full.ask('/v1/nearest', { word: 'film' })).status, 200)
  await full.says(/the log ends here, since standard output takes no more \(ENOSPC\)/)
  assert.equal((await full.ask('/v1/nearest', { word: 'film' })).status, 200)
})
