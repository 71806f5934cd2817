import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { acquireLock } from '#files/index'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-lock-'))
after(() => rmSync(folder, { recursive: true }))

const notLinux = process.platform !== 'linux' && 'only Linux tells threads and namespaces'

/** A lock as this process makes it, with other facts. */
async function lockOf(name: string, other: object): Promise<string> {
  const path = join(folder, name)
  const lock = await acquireLock(path, 'testing')
  const holder = JSON.parse(readFileSync(path, 'utf8'))
  await lock.release()
  writeFileSync(path, `${JSON.stringify({ ...holder, ...other })}\n`)
  return path
}

function age(path: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds
  utimesSync(path, then, then)
}

test('a lock is had once, and again when it is released', async () => {
  const path = join(folder, 'once')
  const lock = await acquireLock(path, 'testing')
  await assert.rejects(acquireLock(path, 'testing twice'), {
    code: 'not-written',
    message: new RegExp(`process ${process.pid} is testing twice\\. Wait for its end or stop it, or give`),
  })
  await lock.release()
  await (await acquireLock(path, 'testing')).release()
  assert.ok(!existsSync(path))
})

for (const [name, other, where] of [
  ['another namespace', { namespace: 'pid:[1]', pid: 1 }, `in another container on ${hostname()}`],
  ['another machine', { host: 'pod-1', pid: 1 }, 'on pod-1'],
] as const)
  test(`a lock of ${name} holds while it is renewed, and is taken over when it is not`, {
    skip: notLinux,
  }, async () => {
    const path = await lockOf(name, other)
    age(path, 50)
    await assert.rejects(acquireLock(path, 'training'), {
      code: 'not-written',
      message: new RegExp(
        `process 1 ${where} is training\\. .* \\(it was seen \\d+ seconds ago, and its lock is free after 60; `,
      ),
    })
    age(path, 61)
    await (await acquireLock(path, 'training')).release()
  })

test('a lock without a lease, as older versions made them, holds on other machines for ever', async () => {
  const path = await lockOf('old', { host: 'pod-1', lease: undefined })
  age(path, 1e6)
  await assert.rejects(acquireLock(path, 'training'), /on pod-1 is training\. .*if it is over, remove/)
})

test('the lock of a worker that was terminated is free at once, while its process goes on', {
  skip: notLinux,
}, async () => {
  const path = join(folder, 'worker')
  const files = new URL('../../../dist/files/index.js', import.meta.url).href
  const code = `
    import(${JSON.stringify(files)}).then(async ({ acquireLock }) => {
      await acquireLock(${JSON.stringify(path)}, 'working')
      require('node:worker_threads').parentPort.postMessage('has it')
      setInterval(() => {}, 1000)
    })`
  const worker = new Worker(code, { eval: true })
  await new Promise(resolve => worker.once('message', resolve))
  await assert.rejects(acquireLock(path, 'training'), /process \d+ is training/)
  await worker.terminate()
  await (await acquireLock(path, 'training')).release()
})

test('a lock that is held is renewed, and one that another took is lost', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const path = join(folder, 'renewed')
  const lock = await acquireLock(path, 'testing')
  age(path, 30)
  t.mock.timers.tick(10_000)
  while (Date.now() - statSync(path).mtimeMs > 20_000) await setTimeout(5)
  assert.equal(lock.isLost, false)
  const other = { ...JSON.parse(readFileSync(path, 'utf8')), id: 'another' }
  writeFileSync(path, JSON.stringify(other))
  t.mock.timers.tick(10_000)
  while (!lock.isLost) await setTimeout(5)
  await lock.release()
  assert.ok(existsSync(path), 'it is not ours to remove')
})

test('a pipe in the place of a lock is refused, and not waited for', { skip: notLinux }, async () => {
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  await assert.rejects(acquireLock(path, 'testing'), /this file is there already and is no lock of Wordloom/)
})
