import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstatSync, renameSync, rmSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { load, train } from 'wordloom'
import { acquireLock, openRanges, plainSize, readBytes } from '#files/index'
import { program } from '../cli/wordloom.js'
import { temporaryFolder } from '../text/temporary.js'

const skip = process.platform === 'win32'
const files = temporaryFolder({ 'text.txt': 'a b c d a b\n'.repeat(20), 'v.vec': '2 2\na 1 2\nb 2 1\n' })

function pipe(name: string): string {
  rmSync(files(name), { force: true })
  execFileSync('mkfifo', [files(name)])
  return files(name)
}

test('a pipe is read from its first writer to its last byte', { skip }, async () => {
  const path = pipe('late')
  const bytes = Buffer.alloc(300_000, 'text ')
  void setTimeout(100).then(() => spawn('sh', ['-c', `cat > '${path}'`]).stdin.end(bytes))
  const parts: Uint8Array[] = []
  for await (const part of readBytes(path)) parts.push(Buffer.from(part))
  assert.deepEqual(Buffer.concat(parts), bytes)
})

test('vectors are loaded from a pipe', { skip }, async () => {
  const path = pipe('vectors')
  execFileSync('sh', ['-c', `cat '${files('v.vec')}' > '${path}' &`], { stdio: 'ignore' })
  const vectors = await load(path)
  assert.deepEqual([...vectors.vocabulary.words()], ['a', 'b'])
})

test('a pipe that nobody writes into holds nobody: what needs a plain file refuses it', {
  skip,
}, async () => {
  const path = pipe('empty')
  assert.equal(await plainSize(path), undefined)
  await assert.rejects(openRanges(path), { code: 'no-input', message: /this is not a plain file/ })
})

test('a signal ends a process that waits for a writer', { skip }, async () => {
  const path = pipe('nobody')
  for (const line of [
    ['train', files('text.txt'), '-o', files('x.vec'), '--from', path],
    ['nearest', path, 'a'],
    ['train', path, '-o', files('x.vec')],
  ]) {
    const child = spawn(process.execPath, [program, ...line], { stdio: 'ignore' })
    const exit = once(child, 'exit')
    await setTimeout(1500)
    const signals = setInterval(() => child.kill('SIGTERM'), 300)
    const [code, signal] = await exit
    clearInterval(signals)
    assert.ok(code === 143 || signal === 'SIGTERM', `${line}: ${code} ${signal}`)
  }
})

test('a checkpoint whose place a pipe has taken is refused', { skip }, async () => {
  const checkpoint = files('kept.checkpoint')
  pipe('kept.checkpoint.1')
  await assert.rejects(train(files('text.txt'), { checkpoint, resume: true }), {
    code: 'usage',
    message: /is not a checkpoint of Wordloom/,
  })
})

test('a lock whose place a pipe has taken is not ours any more', { skip }, async () => {
  const path = files('lock')
  const lock = await acquireLock(path, 'testing')
  renameSync(pipe('other'), path)
  await lock.release()
  assert.ok(lstatSync(path).isFIFO(), 'it is not ours to remove')
})
