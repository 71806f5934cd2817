import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, type TestContext, test } from 'node:test'
import { load } from 'wordloom'
import { fill } from './full-disk.js'
import {
  blocks,
  digestOf,
  filesOf,
  hasCheckpoint,
  onWindows,
  pause,
  scratchFolder,
  train,
  trainer,
  writeText,
} from './training-child.js'

const folder = scratchFolder()
const text = writeText(folder)
const long = [...blocks, '--epochs', '40', '--checkpoint-every', '50ms']
let expected = ''

before(async () => {
  const { code, stderr } = await train(folder, [text, '-o', 'whole.safetensors', ...long])
  assert.equal(code, 0, stderr)
  expected = digestOf(join(folder, 'whole.safetensors'))
})

/** A disk of its own in the folder, or the reason why there is none. */
function mount(t: TestContext, name: string, size: string): string | undefined {
  const disk = join(folder, name)
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    t.skip('mounting a small disk is not permitted here')
    return undefined
  }
  t.after(() => execFileSync('umount', [disk]))
  return disk
}

test('A5 on a disk that is full training goes on, says so with the bytes, and the last good checkpoint stands', async t => {
  const disk = mount(t, 'full', '16m')
  if (!disk) return
  const checkpoint = ['--checkpoint', 'full/run']
  const { ended, says } = trainer(folder, [text, '-o', 'full.safetensors', ...long, ...checkpoint])
  await says(/epoch \d/)
  while (!existsSync(join(disk, 'run.1'))) await pause(5)
  fill(join(disk, 'filler'))
  await says(
    /the disk is full \(\d\.\d MB are needed, \d+\.\d MB are free\), and the checkpoint of before stands in full\/run\.[12]\. .*\. Training goes on\./,
  )
  await load(join(disk, 'run.1')) // whole
  rmSync(join(disk, 'filler'))
  const { code, stderr } = await ended
  assert.equal(code, 0, stderr)
  assert.equal(digestOf(join(folder, 'full.safetensors')), expected)
})

test('A5 stopped while the disk is full, the run ends with 74 and goes on from the checkpoint of before', async t => {
  const disk = mount(t, 'full2', '16m')
  if (!disk) return
  const args = [text, '-o', 'full2.safetensors', ...long, '--checkpoint', 'full2/run']
  const { child, ended, says } = trainer(folder, args)
  while (!existsSync(join(disk, 'run.1'))) await Promise.race([pause(5), ended])
  fill(join(disk, 'filler'))
  await says(/[Tt]raining goes on/)
  child.kill('SIGTERM')
  const { code, stderr } = await ended
  assert.equal(code, 74, stderr)
  assert.match(stderr, /the last checkpoint is kept; go on with: /)
  rmSync(join(disk, 'filler'))
  const resumed = await train(folder, [...args, '--resume'])
  assert.equal(resumed.code, 0, resumed.stderr)
  assert.equal(digestOf(join(folder, 'full2.safetensors')), expected)
  assert.deepEqual(readdirSync(disk), [])
})

test('A6 where the output would be larger than is allowed, there is no output, and the checkpoint stands', {
  skip: onWindows,
}, async () => {
  const output = 'limit.safetensors'
  const args = [text, '-o', output, ...long, '--checkpoint', 'limit-run']
  const { child, ended, says } = trainer(folder, args)
  await says(/epoch \d/)
  child.kill('SIGTERM')
  await ended
  const limited = await train(folder, [...args, '--resume'], { before: 'ulimit -f 300' })
  assert.equal(limited.code, 74, limited.stderr)
  assert.match(
    limited.stderr,
    /limit-run: the file would exceed the largest size allowed here .*\. Training goes on\./,
  )
  assert.match(limited.stderr, /limit\.safetensors: .*largest size allowed/)
  assert.deepEqual(filesOf(folder, output), [])
  const resumed = await train(folder, [...args, '--resume'])
  assert.equal(resumed.code, 0, resumed.stderr)
  assert.equal(digestOf(join(folder, output)), expected)
})

test('A6 on a disk that is full there is no output under its name, the vectors are safe elsewhere, exit 74', async t => {
  const disk = mount(t, 'small', '256k')
  if (!disk) return
  const args = [text, '-o', 'small/m.safetensors', ...long, '--checkpoint', 'small-run']
  const { code, stderr } = await train(folder, args, { env: { TMPDIR: folder } })
  assert.equal(code, 74, stderr)
  assert.deepEqual(readdirSync(disk), [])
  const [, rescued] = /the vectors are safe in (\S+\.safetensors)/.exec(stderr) ?? assert.fail(stderr)
  assert.equal(digestOf(rescued!), expected)
})

test('A7 when the folder of the checkpoints vanishes, training goes on to its end', {
  skip: onWindows,
}, async () => {
  mkdirSync(join(folder, 'gone'))
  const { ended, says } = trainer(folder, [
    text,
    '-o',
    'gone.safetensors',
    ...long,
    '--checkpoint',
    'gone/run',
  ])
  while (!existsSync(join(folder, 'gone', 'run.1'))) await Promise.race([pause(5), ended])
  for (let tries = 0; existsSync(join(folder, 'gone')) && tries < 50; tries++)
    try {
      rmSync(join(folder, 'gone'), { recursive: true, force: true })
    } catch {
      // a file was being written there
    }
  await says(/gone\/run: .*\. Training goes on\./)
  const { code, stderr } = await ended
  assert.equal(code, 0, stderr)
  assert.equal(digestOf(join(folder, 'gone.safetensors')), expected)
})

test('A7 a disk that becomes read-only costs checkpoints, and the one of before stands', async t => {
  const disk = mount(t, 'read-only', '16m')
  if (!disk) return
  const { ended, says } = trainer(folder, [
    text,
    '-o',
    'ro.safetensors',
    ...long,
    '--checkpoint',
    'read-only/run',
  ])
  while (!existsSync(join(disk, 'run.2'))) await Promise.race([pause(5), ended])
  for (let frozen = false; !frozen; )
    try {
      execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'ignore' })
      frozen = true
    } catch {
      await pause(3) // a file is open to be written
    }
  await says(/[Tt]raining goes on/)
  const { code, stderr } = await ended
  execFileSync('mount', ['-o', 'remount,rw', disk])
  assert.equal(code, 0, stderr)
  assert.match(stderr, /the checkpoints read-only\/run are not needed any more, but cannot be removed/)
  assert.equal(digestOf(join(folder, 'ro.safetensors')), expected)
  for (const name of ['run.1', 'run.2']) await load(join(disk, name))
})

test('A7 a folder that may not be written to is refused before anything is read, exit 74', {
  skip: process.getuid?.() === 0 && 'root may write everywhere',
}, async () => {
  mkdirSync(join(folder, 'forbidden'))
  chmodSync(join(folder, 'forbidden'), 0o500)
  const { code, stderr } = await train(folder, [
    text,
    '-o',
    'x.bin',
    ...long,
    '--checkpoint',
    'forbidden/run',
  ])
  assert.equal(code, 74, stderr)
  assert.match(stderr, /the folder forbidden may not be written to/)
})

test('A7 a folder that does not exist is refused before anything is read, exit 74', async () => {
  const { code, stderr } = await train(folder, [text, '-o', 'x.bin', ...long, '--checkpoint', 'nowhere/run'])
  assert.equal(code, 74, stderr)
  assert.match(stderr, /the folder nowhere does not exist\. Make it first/)
})

test('A8 a damaged checkpoint is named, and the run goes on from the one before it', {
  skip: onWindows,
}, async () => {
  const output = 'flipped.safetensors'
  const args = [text, '-o', output, ...long]
  const { child, ended } = trainer(folder, args)
  while (!existsSync(join(folder, `${output}.checkpoint.2`))) await Promise.race([pause(5), ended])
  child.kill('SIGTERM')
  await ended
  const sequenceOf = (path: string) => Number(/sequence\\":(\d+)/.exec(readFileSync(path, 'latin1'))?.[1])
  const [newest] = ['1', '2']
    .map(slot => join(folder, `${output}.checkpoint.${slot}`))
    .sort((a, b) => sequenceOf(b) - sequenceOf(a))
  const bytes = readFileSync(newest!)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(newest!, bytes)
  const resumed = await train(folder, [...args, '--resume', '-q'])
  assert.equal(resumed.code, 0, resumed.stderr)
  assert.match(resumed.stderr, /checkpoint\.[12]: this checkpoint is damaged or cut off: \w+/)
  assert.match(resumed.stderr, /going on from /)
  assert.equal(digestOf(join(folder, output)), expected)
  assert.ok(!hasCheckpoint(folder, output))
})
