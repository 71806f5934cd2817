import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorker } from '#threads/worker.browser'

/** As far as a page uses one. */
class FakeWorker {
  posted: unknown[] = []
  isOver = false
  onmessage: (event: { data: unknown }) => void = () => {}
  onerror: (event: { message?: string }) => void = () => {}
  onmessageerror: (event: object) => void = () => {}

  postMessage(message: unknown): void {
    this.posted.push(message)
  }

  terminate(): void {
    this.isOver = true
  }
}

const beside = 'http://127.0.0.1/dist/room/script.browser.js'

function opened() {
  const worker = new FakeWorker()
  const taken: unknown[] = []
  const failures: Error[] = []
  const script = { start: () => worker as unknown as Worker, beside }
  const wire = openWorker(
    script,
    'task',
    { name: 'a thread of a test' },
    { take: message => taken.push(message), fail: error => failures.push(error) },
  )
  return { worker, wire, taken, failures }
}

test('in a page the task is the first message', async () => {
  const { worker, wire, taken } = opened()
  wire.post('request', [])
  worker.onmessage({ data: 'answer' })
  await wire.end()
  assert.deepEqual([worker.posted, taken, worker.isOver], [['task', 'request'], ['answer'], true])
})

test('in a page an error without a word is a script that cannot be loaded', () => {
  const { worker, failures } = opened()
  worker.onerror({})
  worker.onerror({ message: 'Uncaught TypeError: planted' })
  worker.onmessageerror({})
  assert.deepEqual(
    failures.map(error => [(error as { code?: string }).code, error.message]),
    [
      [
        'no-input',
        'Cannot start a thread of a test: http://127.0.0.1/dist/room/: its script cannot be loaded. Serve it from the origin of the page and with the same headers.',
      ],
      ['internal', 'a thread of a test failed: Uncaught TypeError: planted'],
      ['internal', 'a thread of a test failed: a message could not be read'],
    ],
  )
})

test('a browser that refuses to start a worker is answered with a sentence', () => {
  const start = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  assert.throws(
    () => openWorker({ start, beside }, 'task', { name: 'a thread' }, { take: () => {}, fail: () => {} }),
    {
      code: 'no-input',
      message: /^Cannot start a thread: http:\/\/127.0.0.1\/dist\/room\/: its script cannot be loaded\. /,
    },
  )
})
