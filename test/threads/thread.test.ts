import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Thread } from '#threads/index'
import { nodeAt } from './node-at.js'
import type { Request } from './test-service.js'

const SCRIPT = new URL('./test-worker.js', import.meta.url)
const LONG = 60_000 // milliseconds that nobody waits

function started(t: TestContext, task = 'serve'): Thread<string, Request, unknown, number> {
  const thread = new Thread<string, Request, unknown, number>(SCRIPT, task, { name: 'a thread of a test' })
  t.after(() => thread.end())
  return thread
}

test('many requests at once get their own answers, in their order', async t => {
  const thread = started(t)
  const answered: number[] = []
  const numbers = Array.from({ length: 1000 }, (_, i) => i)
  const asked = numbers.map(echo => thread.ask({ echo }).then(answer => answered.push(answer as number)))
  assert.equal(thread.busy, 1000)
  await Promise.all(asked)
  assert.deepEqual(answered, numbers)
  assert.equal(thread.busy, 0)
})

test('a request that gives way lets shorter ones pass', async t => {
  const thread = started(t)
  let isOver = false
  const slow = thread.ask({ after: 1000 }).finally(() => {
    isOver = true
  })
  assert.equal(await thread.ask({ echo: 'short' }), 'short')
  assert.ok(!isOver)
  assert.equal(await slow, 1000)
})

test('reports come before the answer, to the listener of their call', async t => {
  const thread = started(t)
  const reports: number[] = []
  const counted = thread.ask('count', { onReport: report => reports.push(report) })
  assert.equal(await counted, 'done')
  assert.deepEqual(reports, [1, 2, 3])
  const onReport = () => {
    throw new Error('the listener has failed')
  }
  await assert.rejects(thread.ask('count', { onReport }), { message: 'the listener has failed' })
  assert.equal(await thread.ask('count'), 'done')
})

test('buffers are handed over with the request and with the answer', async t => {
  const buffer = Uint8Array.of(1, 2, 3).buffer
  const answer = started(t).ask({ buffer }, { transfer: [buffer] })
  assert.equal(buffer.byteLength, 0)
  assert.deepEqual([...new Uint8Array((await answer) as ArrayBuffer)], [1, 2, 3])
})

test('what a service refuses is refused with its code, a mistake in it with its cause; it answers on', async t => {
  const thread = started(t)
  await assert.rejects(thread.ask('refuse'), {
    name: 'WordloomError',
    code: 'unknown-word',
    message: 'no such word',
  })
  await assert.rejects(thread.ask('throw'), (error: Error & { code: string; cause: Error }) => {
    assert.equal(error.code, 'internal')
    assert.equal(error.message, 'a thread of a test failed: TypeError: planted')
    assert.equal(error.cause.message, 'planted')
    assert.match(error.cause.stack!, /test-service/)
    return true
  })
  assert.equal(await thread.ask({ echo: 1 }), 1)
})

test('a service that cannot be made says why to all that it is asked', async t => {
  const thread = started(t, 'no service')
  const refusal = { code: 'bad-data', message: 'the task is not a task' }
  await assert.rejects(thread.ask({ echo: 1 }), refusal)
  await assert.rejects(thread.ask('count'), refusal)
})

test('what cannot be posted rejects its call alone', async t => {
  const thread = started(t)
  await assert.rejects(thread.ask({ echo: () => {} }), { name: 'DataCloneError' })
  await assert.rejects(thread.ask('uncloneable'), { code: 'internal', message: /DataCloneError/ })
  assert.equal(thread.busy, 0)
  assert.equal(await thread.ask({ echo: 1 }), 1)
})

test('a script that cannot be loaded is named', async () => {
  const script = new URL('./nowhere.js', import.meta.url)
  const thread = new Thread(script, undefined, { name: 'a thread of a test' })
  const refusal = {
    code: 'no-input',
    message: new RegExp(`^Cannot start a thread of a test: ${script}: its script cannot be loaded. `),
  }
  await assert.rejects(thread.ask(undefined), refusal)
  await assert.rejects(thread.ask(undefined), refusal)
  await thread.end()
})

for (const [act, message] of [
  ['exit', 'a thread of a test ended early with exit code 3'],
  ['die later', 'a thread of a test failed: Error: planted between requests'],
] as const)
  test(`a worker that dies (${act}) rejects all that it was asked, and is asked in vain`, async t => {
    const thread = started(t)
    const asked = [thread.ask({ after: LONG }), thread.ask({ after: LONG }), thread.ask(act)]
    for (const ending of await Promise.allSettled(asked)) {
      assert.equal(ending.status, 'rejected')
      assert.equal(ending.reason.code, 'internal')
      assert.equal(ending.reason.message, message)
      if (act === 'die later') assert.match(ending.reason.cause.stack, /test-service/)
    }
    await assert.rejects(thread.ask({ echo: 1 }), { message })
  })

test('a thread that is ended rejects what it was asked, for the reason given', async t => {
  const [first, second] = [started(t), started(t)]
  const asked = first.ask({ after: LONG })
  const also = assert.rejects(asked, { code: 'aborted', message: 'a thread of a test was ended' })
  await first.end()
  await also
  await assert.rejects(first.ask({ echo: 1 }), { code: 'aborted' })
  const refused = assert.rejects(second.ask({ after: LONG }), /closed for the night/)
  await second.end(new Error('closed for the night'))
  await refused
})

test('an answer that is not wanted any more can be left out', async t => {
  const thread = started(t)
  const abort = new AbortController()
  const { signal } = abort
  const asked = thread.ask('until unwanted', { signal, onReport: () => abort.abort() })
  await assert.rejects(asked, { code: 'aborted' })
  await assert.rejects(thread.ask({ echo: 1 }, { signal }), { code: 'aborted' })
  assert.equal(await thread.ask({ echo: 1 }), 1)
})

const asking = (acts: string) => `
  import { Thread } from ${JSON.stringify(import.meta.resolve('#threads/index'))}
  const thread = new Thread(new URL(${JSON.stringify(SCRIPT)}), 'serve', { name: 'a thread of a test' })
  ${acts}`

test('a thread keeps the process alive while it is asked, and no longer', { timeout: LONG }, async () => {
  const { code, stdout, stderr } = await nodeAt([
    '--input-type=module',
    '--eval',
    asking(`console.log(await thread.ask({ after: 100 }))
      await new Promise(resolve => setTimeout(resolve, 100))
      console.log(await thread.ask({ echo: 'again' }))`),
  ])
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '100\nagain\n', stderr: '' })
})

test('flags of the process do not reach threads, and NODE_OPTIONS do', async () => {
  const program = asking(`console.log(JSON.stringify(await thread.ask('flags')))`)
  const flags = ['--input-type=module', '--no-warnings', '--eval', program]
  assert.deepEqual(await nodeAt(flags), { code: 0, stdout: '[]\n', stderr: '' })
  const hook = `data:text/javascript,import{isMainThread}from'node:worker_threads';console.log(isMainThread)`
  const { stdout } = await nodeAt(flags, { NODE_OPTIONS: `--import=${hook}` })
  assert.deepEqual(stdout.split('\n').sort(), ['', '[]', 'false', 'true'])
})

test('a system without threads to give is told as such', async () => {
  // The error as Node throws it; a limit to threads does not bind every user.
  const none = `
    import { syncBuiltinESMExports } from 'node:module'
    import threads from 'node:worker_threads'
    threads.Worker = class {
      constructor() {
        throw Object.assign(new Error('Worker initialization failure: EAGAIN'), { code: 'ERR_WORKER_INIT_FAILED' })
      }
    }
    syncBuiltinESMExports()
    const { train } = await import(${JSON.stringify(import.meta.resolve('wordloom'))})
    const lines = Array.from({ length: 100 }, () => 'the cat eats the fish')
    await train({ lines }, { minCount: 1 }).catch(({ code, message }) => console.log(code, message))`
  const { stdout } = await nodeAt(['--input-type=module', '--eval', none])
  assert.match(
    stdout,
    /^too-large Cannot start training thread 1: the system gives no more threads \(.*EAGAIN\)\. /,
  )
})

test('training runs in a program that is given on the command line', async () => {
  const program = `
    import { train } from ${JSON.stringify(import.meta.resolve('wordloom'))}
    const lines = Array.from({ length: 100 }, () => 'the cat eats the fish')
    console.log((await train({ lines }, { minCount: 1, threads: 2 })).vectors.size)`
  assert.deepEqual(await nodeAt(['--input-type=module', '--eval', program]), {
    code: 0,
    stdout: '4\n',
    stderr: '',
  })
})
