import assert from 'node:assert/strict'
import { syncBuiltinESMExports } from 'node:module'
import { test } from 'node:test'
import threads, { Worker, type WorkerOptions } from 'node:worker_threads'
import { createHandler, type ScanEvent, Shelf } from 'wordloom/server'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import type { Refusal } from '#server/http/refusal'
import { Scans } from '#server/models/scans'
import { askOf, errorOf, main, smallVectors, WORDS } from './small-models.js'

test('questions that wait with the same options become one scan; the first waits for nothing', async () => {
  const scans: ScanEvent[] = []
  const ask = askOf(createHandler(new Shelf([main], { onScan: event => scans.push(event) })))
  const asked = WORDS.slice(0, 9).flatMap(word => [
    ask('/v1/nearest', { word, count: 3 }),
    ask('/v1/nearest', { word, count: 2 }),
  ])
  const told = await Promise.all(asked)
  told.forEach((one, i) => {
    assert.deepEqual(one.json.nearest, main.vectors.nearest(WORDS[i >> 1]!, i % 2 ? 2 : 3))
  })
  assert.equal(scans[0]!.batch, 1)
  assert.ok(scans.length < 9, `${scans.length} scans for 18 questions`)
  assert.equal(
    scans.reduce((sum, { batch }) => sum + batch, 0),
    18,
  )
})

test('a long list of questions does not hold back a short one', async () => {
  const scans: ScanEvent[] = []
  const ask = askOf(createHandler(new Shelf([main], { onScan: event => scans.push(event) })))
  let isLongOver = false
  const long = ask('/v1/nearest', { queries: Array(1024).fill('film') }).then(told => {
    isLongOver = true
    return told
  })
  const short = await ask('/v1/nearest', { word: 'good', count: 3 })
  assert.equal(short.status, 200)
  assert.equal(isLongOver, false)
  assert.equal((await long).json.results.length, 1024)
})

test('E3 more questions than may wait are refused at once, to be asked again', async () => {
  const ask = askOf(createHandler(new Shelf([main], { waiting: 100 })))
  const told = await ask('/v1/nearest', { queries: Array(101).fill('film') })
  assert.deepEqual(
    [told.status, errorOf(told).code, told.headers.get('retry-after')],
    [503, 'overloaded', '1'],
  )
  assert.equal((await ask('/v1/nearest', { queries: Array(100).fill('film') })).status, 200)
})

test('E9 a question whose client has gone is not computed', async () => {
  const scans: ScanEvent[] = []
  const handler = createHandler(new Shelf([main], { onScan: event => scans.push(event) }))
  const gone = new AbortController()
  const request = (signal?: AbortSignal) =>
    handler(
      new Request('http://localhost/v1/nearest', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"word":"film"}',
        ...(signal && { signal }),
      }),
    )
  const first = request()
  const second = request(gone.signal)
  await new Promise(resolve => setImmediate(resolve))
  gone.abort()
  await Promise.all([first, second])
  const asked = scans.reduce((sum, { batch }) => sum + batch, 0)
  assert.ok(asked <= 2)
})

test('E7 E26 models change under load: no answer fails, and none mixes two generations', async () => {
  const shelf = new Shelf([main])
  const ask = askOf(createHandler(shelf))
  const generations = [main.vectors, smallVectors(2), smallVectors(3, 12)]
  const expected = generations.map(vectors => JSON.stringify(vectors.nearestBatch(['film', 'good'], 5)))
  let isOver = false
  const asking = Array.from({ length: 8 }, async () => {
    let answers = 0
    while (!isOver) {
      const told = await ask('/v1/nearest', { queries: ['film', 'good'], count: 5 })
      assert.equal(told.status, 200)
      const found = told.json.results.map(({ nearest }: { nearest: unknown }) => nearest)
      assert.ok(expected.includes(JSON.stringify(found)))
      answers++
    }
    return answers
  })
  for (let i = 1; i <= 60; i++) {
    await shelf.replace([{ name: 'main', vectors: generations[i % 3]! }])
    await new Promise(resolve => setImmediate(resolve))
  }
  isOver = true
  assert.ok((await Promise.all(asking)).every(answers => answers > 0))
})

test('names that two models have, other names of nothing, and no model at all are refused', () => {
  const wrong: readonly (readonly [() => Shelf, RegExp])[] = [
    [() => new Shelf([]), /there is no model/],
    [() => new Shelf([main, main]), /two models are called main/],
    [
      () => new Shelf([main], { aliases: { a: 'b' } }),
      /a is to be another name of b, and there is no model b; expected main/,
    ],
    [() => new Shelf([main], { aliases: { main: 'main' } }), /names that differ/],
  ]
  for (const [make, message] of wrong) assert.throws(make, message)
})

test('E32 one key that floods the server does not hold back another', async () => {
  const ask = askOf(createHandler(new Shelf([main]), { keys: ['first-long-key', 'second-long-key'] }))
  const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })
  let answered = 0
  const flood = Array.from({ length: 60 }, () =>
    ask('/v1/nearest', { queries: Array(100).fill('film') }, withKey('first-long-key')).then(told => {
      answered++
      return told
    }),
  )
  const other = await ask('/v1/nearest', { word: 'good', count: 2 }, withKey('second-long-key'))
  assert.equal(other.status, 200)
  assert.ok(answered < 30, `${answered} of the flood were answered first`)
  assert.ok((await Promise.all(flood)).every(({ status }) => status === 200 || status === 503))
})

test('E27 a thread that dies costs its questions a 503, and another takes its place', async () => {
  const workers = new Set<Worker>()
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (...args) {
    workers.add(this)
    return postMessage.apply(this, args)
  }
  try {
    const large = manyVectors()
    const shelf = new Shelf([{ name: 'large', vectors: large, threads: 2 }])
    const ask = askOf(createHandler(shelf))
    const expected = large.nearest('w7', 3)
    for (let round = 0; round < 3; round++) {
      assert.deepEqual((await ask('/v1/nearest', { word: 'w7', count: 3 })).json.nearest, expected)
      const asked = ask('/v1/nearest', { queries: Array(200).fill('w7'), count: 3 })
      await new Promise(resolve => setTimeout(resolve, 10))
      await Promise.all([...workers].map(worker => worker.terminate()))
      workers.clear()
      const told = await asked
      assert.ok(
        told.status === 200 || (told.status === 503 && errorOf(told).code === 'search_failed'),
        told.text,
      )
    }
    assert.deepEqual((await ask('/v1/nearest', { word: 'w7', count: 3 })).json.nearest, expected)
    shelf.close()
  } finally {
    Worker.prototype.postMessage = postMessage
  }
})

test('E27 a thread that hangs costs its questions a 503 within a bound, and leaves nothing behind', async () => {
  const { Worker: Real } = threads
  const alive = new Set<Worker>()
  let hangs = true
  threads.Worker = class extends Real {
    constructor(script: URL, options: WorkerOptions) {
      if (hangs)
        super("require('node:worker_threads').parentPort.on('message', () => { for (;;); })", { eval: true })
      else super(script, options)
      alive.add(this)
      this.once('exit', () => alive.delete(this))
    }
  }
  syncBuiltinESMExports()
  try {
    const vectors = manyVectors()
    const scans = new Scans(vectors, { threads: 2, most: 100, patience: 500 })
    const asked = [0, 1, 2].map(() => scans.nearest(['w7'], { count: 3 })) // two wait behind the first
    await assert.rejects(
      asked[0]!,
      (error: Refusal) => error.code === 'search_failed' && error.status === 503,
    )
    hangs = false
    await Promise.allSettled(asked)
    const again = () => scans.nearest(['w7'], { count: 3 }).catch(() => undefined)
    let found = await again()
    for (let i = 0; !found && i < 20; i++) found = await again() // new threads take longer to start than that on a busy machine
    assert.deepEqual(found?.[0], vectors.nearest('w7', 3))
    await scans.close()
    for (let i = 0; alive.size > 0 && i < 500; i++) await new Promise(resolve => setTimeout(resolve, 20))
    assert.equal(alive.size, 0)
    assert.equal(scans.waiting, 0)
  } finally {
    threads.Worker = Real
    syncBuiltinESMExports()
  }
})

/** More than one thread reads at once. */
function manyVectors(): WordVectors {
  const [words, columns] = [40_000, 100]
  const data = Float32Array.from({ length: words * columns }, (_, i) => Math.sin(i * i))
  return new WordVectors({
    vocabulary: Vocabulary.of(Array.from({ length: words }, (_, i) => `w${i}`)),
    matrix: { data, rows: words, columns, stride: columns },
  })
}
