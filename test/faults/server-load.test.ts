import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type ScanEvent, Shelf } from 'wordloom/server'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import { FairQueue } from '#server/models/fair-queue'
import {
  type Ask,
  answersIn,
  askAt,
  askOf,
  connected,
  main,
  raw,
  requestOf,
  running,
  saved,
  serving,
  someVectors,
  temporaryFolder,
  WORDS,
} from './served.js'
import { onWindows, pause, preload } from './training-child.js'

const served = { name: 'main', vectors: someVectors({ words: 3_000, dimensions: 50 }) }

test('E3 of more requests than may be worked on the rest is 503 at once, to be asked again', async () => {
  const { ask } = await running([served], { limits: { requests: 10 } })
  const input = Array.from({ length: 500 }, (_, i) => `w${i + 20}`)
  const told = await Promise.all(Array.from({ length: 100 }, () => ask('/v1/embeddings', { input })))
  const refused = told.filter(({ status }) => status === 503)
  assert.ok(refused.length >= 50 && refused.length <= 99, `${refused.length} of 100`)
  assert.ok(told.every(({ status }) => status === 200 || status === 503))
  for (const { headers, json } of refused) {
    assert.equal(headers['retry-after'], '1')
    assert.deepEqual([json.error.code, json.error.type], ['overloaded', 'server_error'])
    assert.doesNotMatch(json.error.message, /quota|billing/i)
  }
  assert.equal((await ask('/v1/embeddings', { input })).status, 200)
})

test('E3 questions that wait for a scan, and bodies in memory, are bounded', async () => {
  const shelf = new Shelf([served], { waiting: 100 })
  const ask = askOf(shelf, { limits: { bodies: 4_000 } })
  const many = await ask('/v1/nearest', { queries: Array(101).fill('film') })
  const large = await ask('/v1/embeddings', { input: 'film '.repeat(1_000) })
  for (const { status, json } of [many, large])
    assert.deepEqual([status, json.error.code], [503, 'overloaded'])
  assert.equal((await ask('/v1/nearest', { queries: Array(100).fill('film') })).status, 200)
})

test('E3 five thousand requests behind one another on one connection are all answered, some with 503', async () => {
  const { port } = await running([main], { limits: { requests: 500 } })
  const question = requestOf('POST /v1/nearest', [], '{"word":"film","count":1}')
  const text = await raw(port, question.repeat(5_000) + requestOf('GET /health', ['Connection: close']))
  const statuses = answersIn(text).map(({ status }) => status)
  assert.equal(statuses.length, 5_001)
  assert.ok(statuses.every(status => status === 200 || status === 503))
  assert.equal(statuses.at(-1), 200)
})

test('E3 connections past the most that there may be are closed, and the server goes on', async () => {
  const { ask, port } = await running([main], {}, { connections: 50 })
  const sockets = Array.from({ length: 200 }, () => connected(port))
  await pause(300)
  const open = sockets.filter(({ closed }) => !closed).length
  assert.ok(open <= 50, `${open} are open`)
  for (const socket of sockets) socket.destroy()
  await pause(100)
  assert.equal((await ask('/health')).status, 200)
})

test('E10 after thousands of requests, good and bad, there are no more descriptors, timers and listeners than before', {
  skip: onWindows,
}, async () => {
  const warned: Error[] = []
  const onWarning = (warning: Error) => warned.push(warning)
  process.on('warning', onWarning)
  const { port, service } = await running([served])
  const ask = askAt(port)
  const mixed = async (i: number) => {
    await ask('/v1/embeddings', { input: [`w${i % 3_000}`, 'the film'] })
    await ask('/v1/nearest', i % 5 === 0 ? '{"word":' : { word: `w${20 + (i % 2_900)}` })
    if (i % 7 === 0) await ask('/v1/nearest', { word: `nobody${i}` })
    if (i % 11 === 0) connected(port).resume().end('NO REQUEST\r\n\r\n')
  }
  const round = async () => {
    for (let i = 0; i < 200; i += 10) await Promise.all(Array.from({ length: 10 }, (_, j) => mixed(i + j)))
    await pause(200)
  }
  const state = () => ({
    descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
    resources: process.getActiveResourcesInfo().length,
  })
  await round()
  const before = state()
  await round()
  await round()
  const after = state()
  assert.equal(service.working, 0)
  assert.ok(after.descriptors <= before.descriptors + 5, JSON.stringify([before, after]))
  assert.ok(after.resources <= before.resources + 5, JSON.stringify([before, after]))
  process.off('warning', onWarning)
  assert.deepEqual(warned, []) // of listeners that are never taken away
})

/** Asks over and over until it is told to end; the answers by their digests. */
function asking(ask: Ask, path: string, body: object) {
  let isOver = false
  const found = new Map<string, number>()
  const ended = (async () => {
    while (!isOver) {
      const { status, text } = await ask(path, body)
      assert.equal(status, 200, text)
      found.set(text, (found.get(text) ?? 0) + 1)
    }
    return found
  })()
  return () => {
    isOver = true
    return ended
  }
}

test('E26 a hundred reloads under load, also to other dimensions: no request fails, and none mixes two models', async () => {
  const models = [0, 1, 2].map(i => ({
    name: 'main',
    created: 1,
    vectors: someVectors({ words: 400, dimensions: 20 + 10 * i, seed: i + 1 }),
  }))
  const shelf = new Shelf([models[0]!])
  const { ask } = await running(shelf)
  const requests: [string, object][] = [
    ['/v1/embeddings', { input: ['the film', 'w50 w60', 'good'], encoding_format: 'base64' }],
    ['/v1/nearest', { queries: ['film', 'good', 'w99'], count: 5 }],
    ['/v1/similarity', { pairs: [['film', 'good']] }],
  ]
  const clients = requests.flatMap(([path, body]) => [asking(ask, path, body), asking(ask, path, body)])
  for (let i = 1; i <= 100; i++) {
    await shelf.replace([models[i % 3]!])
    await pause(2)
  }
  const told = await Promise.all(clients.map(end => end()))
  for (const [i, [path, body]] of requests.entries()) {
    const right = await Promise.all(models.map(async model => (await askOf([model])(path, body)).text))
    for (const text of [...told[2 * i]!.keys(), ...told[2 * i + 1]!.keys()])
      assert.ok(right.includes(text), text)
  }
})

test('E26 reloads leave no thread and little memory behind', { skip: onWindows }, async () => {
  const folder = temporaryFolder()
  const path = await saved(someVectors({ words: 35_000, dimensions: 90 }), folder) // 12 MiB and more are searched on threads
  const { ask, child } = await serving([path, '--log', 'none'])
  const rss = () => {
    const isLinux = process.platform === 'linux'
    const text = isLinux ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : 'Threads: 0\nVmRSS: 0'
    return {
      threads: Number(/Threads:\s+(\d+)/.exec(text)![1]),
      kilobytes: Number(/VmRSS:\s+(\d+)/.exec(text)![1]),
    }
  }
  const reload = async () => {
    assert.equal((await ask('/admin/reload', '')).status, 200)
    assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 200)
  }
  for (let i = 0; i < 2; i++) await reload()
  const before = rss()
  for (let i = 0; i < 5; i++) await reload()
  await pause(200)
  const after = rss()
  assert.ok(after.threads <= before.threads, JSON.stringify([before, after]))
  assert.ok(after.kilobytes < before.kilobytes + 100_000, JSON.stringify([before, after]))
  child.kill()
})

test('E26 a model that cannot be served takes no place, and leaves no thread', async () => {
  const shelf = new Shelf([main])
  const uncounted = new WordVectors({
    vocabulary: Vocabulary.of(WORDS, new Float64Array(WORDS.length)),
    matrix: main.vectors.matrix,
  })
  const wrong = { name: 'other', vectors: uncounted, pooling: 'sif' as const }
  await assert.rejects(shelf.replace([main, wrong]))
  await assert.rejects(shelf.replace([main, main]))
  await assert.rejects(shelf.replace([]))
  assert.equal((await askOf(shelf)('/v1/nearest', { word: 'film' })).status, 200)
})

test('E27 a search whose thread ends is 503, and the next one has another, once the system gives one', {
  skip: process.platform !== 'linux' && 'signals of Linux',
}, async () => {
  const folder = temporaryFolder()
  const path = await saved(someVectors({ words: 35_000, dimensions: 90 }), folder)
  const killing = preload(
    folder,
    'killing',
    `import threads from 'node:worker_threads'
     import { syncBuiltinESMExports } from 'node:module'
     const { Worker } = threads
     const workers = []
     let none = 0 // until when the system gives no thread
     threads.Worker = class extends Worker {
       constructor(...args) {
         if (performance.now() < none) throw Object.assign(new Error('no thread'), { code: 'EAGAIN' })
         super(...args)
         workers.push(this)
       }
     }
     syncBuiltinESMExports()
     const kill = () => { for (const worker of workers.splice(0)) worker.terminate() }
     if (threads.isMainThread) process.on('SIGUSR2', kill).on('SIGPWR', () => { none = performance.now() + 700; kill() })`,
  )
  const { ask, child } = await serving([path, '--log', 'none', '--threads', '2'], killing)
  const first = (await ask('/v1/nearest', { word: 'film' })).text
  for (let i = 0; i < 5; i++) {
    child.kill('SIGUSR2')
    const told = await Promise.all(Array.from({ length: 10 }, () => ask('/v1/nearest', { word: 'film' })))
    for (const { status, json, text } of told)
      if (status !== 200) assert.deepEqual([status, json.error.code], [503, 'search_failed'], text)
      else assert.equal(text, first)
    assert.equal((await ask('/v1/embeddings', { input: 'film' })).status, 200)
  }
  child.kill('SIGPWR') // no thread takes the place of those that end
  await pause(50)
  for (let i = 0; i < 5; i++) assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 503)
  assert.equal((await ask('/v1/embeddings', { input: 'film' })).status, 200)
  for (let i = 0; i < 40 && (await ask('/v1/nearest', { word: 'film' })).status !== 200; i++) await pause(100)
  assert.equal((await ask('/v1/nearest', { word: 'film' })).text, first)
  child.kill()
})

test('E32 a key that asks a thousand questions holds up another no longer than one scan does', async () => {
  const scans: ScanEvent[] = []
  const shelf = new Shelf([served], { waiting: 500, onScan: event => scans.push(event) })
  const ask = askOf(shelf, { keys: ['greedy-secret', 'modest-secret'], limits: { requests: 30 } })
  const greedy = { authorization: 'Bearer greedy-secret' }
  const modest = { authorization: 'Bearer modest-secret' }
  const flood = Array.from({ length: 40 }, () =>
    ask('/v1/nearest', { queries: Array(100).fill('film') }, greedy),
  )
  await pause(0)
  const [before] = [scans.length]
  const own = await ask('/v1/nearest', { word: 'good', count: 3 }, modest)
  assert.equal(own.status, 200, own.text)
  assert.ok(scans.length - before <= 3, `${scans.length - before} scans before its own`)
  const told = await Promise.all(flood)
  assert.equal(told.filter(({ status }) => status === 200).length, 5) // 500 questions may wait
  assert.ok(told.every(({ status }) => status === 200 || status === 503))
})

test('E32 long answers of one key hold up those of another no longer than one does', async () => {
  const ask = askOf([served], { keys: ['greedy-secret', 'modest-secret'] })
  const input = Array.from({ length: 2_000 }, (_, i) => `w${20 + (i % 900)} film`)
  const ended: string[] = []
  const asks = (key: string) =>
    ask('/v1/embeddings', { input }, { authorization: `Bearer ${key}` }).then(({ status }) => {
      assert.equal(status, 200)
      ended.push(key)
    })
  const flood = Array.from({ length: 10 }, () => asks('greedy-secret'))
  await Promise.all([...flood, asks('modest-secret')])
  assert.ok(ended.indexOf('modest-secret') < 5, String(ended))
})

test('E32 each key has its turn: first the first question of each, and who was served is last', () => {
  const queue = new FairQueue<string>()
  for (const job of ['a1', 'a2', 'b1', 'a3', 'c1', 'b2']) queue.push(job.charCodeAt(0), job)
  const names = () => [...queue.inTurn()].join(' ')
  assert.equal(names(), 'a1 b1 c1 a2 b2 a3')
  queue.pass('a'.charCodeAt(0))
  assert.equal(names(), 'b1 c1 a1 b2 a2 a3')
  queue.remove('b'.charCodeAt(0), 'b1')
  queue.pass('b'.charCodeAt(0))
  assert.equal(names(), 'c1 a1 b2 a2 a3')
})

test('E33 a clock that jumps back a day changes no time that is measured, and ends no wait', async () => {
  const real = Date.now
  const seconds: number[] = []
  const { ask } = await running([served], { onAnswer: event => seconds.push(event.seconds) })
  try {
    for (const shift of [0, -86_400_000, 86_400_000, -86_400_000]) {
      Date.now = () => real() + shift
      assert.equal((await ask('/v1/nearest', { word: 'film' })).status, 200)
      assert.equal((await ask('/v1/embeddings', { input: 'film' })).status, 200)
    }
  } finally {
    Date.now = real
  }
  assert.equal(seconds.length, 8)
  assert.ok(
    seconds.every(one => one >= 0 && one < 60),
    String(seconds),
  )
})
