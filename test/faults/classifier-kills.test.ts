import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { Random } from '#math/random'
import { fill } from './full-disk.js'
import {
  digestOf,
  filesOf,
  onWindows,
  pause,
  scratchFolder,
  train,
  trainer,
  writeLabelledLines,
} from './training-child.js'

/** A tenth of those that trainings of word vectors get. */
const KILLS = Math.max(4, Math.round(Number(process.env.FAULT_KILLS ?? 200) / 10))
const SEED = Number(process.env.FAULT_SEED ?? 1)

const folder = scratchFolder()
const lines = writeLabelledLines(folder)
const setting = { verb: ['classify', 'train'] }
/** Of two slices of columns, so that two threads share the work. */
const options = ['--dimensions', '50', '--epochs', '12', '--held-out', '0.1', '--threads', '2']

for (const [index, objective] of [
  'softmax',
  'one-vs-all',
  'hierarchical-softmax',
  'negative-sampling',
].entries()) {
  const args = [...options, '--objective', objective]
  const kills = Math.ceil(KILLS / 4)
  test(`A1 a classifier by ${objective}: killed at ${kills} random instants and resumed, also on more threads, training gives the bytes of a run that was not`, {
    skip: onWindows,
    timeout: 300_000 + kills * 5000,
  }, async t => {
    const begun = performance.now()
    const whole = await train(folder, [lines, '-o', 'whole.safetensors', ...args, '--no-checkpoint'], setting)
    const duration = performance.now() - begun
    assert.equal(whole.code, 0, whole.stderr)
    const expected = digestOf(join(folder, 'whole.safetensors'))
    const random = new Random(SEED, 10 + index)
    const output = `${objective}.safetensors`
    const attempt = [lines, '-o', output, ...args, '--checkpoint-every', '60ms', '--resume']
    const count = { killed: 0, resumed: 0, runs: 0 }
    while (count.killed < kills || count.runs === 0) {
      const threads = ['--threads', String(1 + random.below(4))]
      const { child, ended, says } = trainer(folder, [...attempt, ...threads], setting)
      child.stdin!.end()
      const instant = random.uniform() * duration * 0.5 // from when it learns
      const isSpared = count.killed === kills
      const killed = says(/epoch \d/)
        .then(() => pause(instant))
        .then(() => isSpared || child.kill('SIGKILL'))
        .catch(() => {}) // it was over before
      const { code, signal, stderr } = await ended
      await killed
      if (stderr.includes('going on from')) count.resumed++
      if (signal === 'SIGKILL') count.killed++
      else {
        assert.equal(code, 0, stderr)
        assert.equal(digestOf(join(folder, output)), expected, `after ${count.killed} kills`)
        assert.deepEqual(filesOf(folder, output), [output])
        count.runs++
      }
    }
    assert.ok(count.resumed > count.killed / 3, JSON.stringify(count))
    t.diagnostic(
      `${count.killed} kills, ${count.resumed} resumed, ${count.runs} runs to the end, one takes ${Math.round(duration)} ms`,
    )
  })
}

const long = [...options, '--epochs', '40']
let expected = ''

before(async () => {
  const { code, stderr } = await train(folder, [lines, '-o', 'long.safetensors', ...long], setting)
  assert.equal(code, 0, stderr)
  expected = digestOf(join(folder, 'long.safetensors'))
})

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`A3 ${signal} leaves a checkpoint of a classifier, says how to go on, and ends with ${exitCode}`, {
    skip: onWindows,
  }, async () => {
    const output = `${signal}.safetensors`
    const args = [lines, '-o', output, ...long]
    const { child, ended, says } = trainer(folder, args, setting)
    await says(/epoch \d/)
    child.kill(signal)
    const { code, stderr } = await ended
    assert.equal(code, exitCode, stderr)
    assert.deepEqual(filesOf(folder, output), [`${output}.checkpoint.1`])
    const [, line] =
      /stopped; go on with: (?:npx )?wordloom classify train (.*)\n$/.exec(stderr) ?? assert.fail(stderr)
    assert.equal(line, `${args.join(' ')} --resume`)
    const again = await train(folder, args, setting)
    assert.equal(again.code, 64)
    assert.match(
      again.stderr,
      /holds a run that is not finished \(in epoch \d+ of 40\)\. Go on with --resume/,
    )
    const resumed = await train(folder, line!.split(' '), setting)
    assert.equal(resumed.code, 0, resumed.stderr)
    assert.match(resumed.stderr, /going on from .*checkpoint\.1, in epoch \d+/)
    assert.equal(digestOf(join(folder, output)), expected)
    assert.deepEqual(filesOf(folder, output), [output])
  })

test('A5 on a disk that is full a classifier is trained to its end, the bytes are told, and the last checkpoint stands', async t => {
  const disk = join(folder, 'full')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return t.skip('mounting a small disk is not permitted here')
  }
  t.after(() => execFileSync('umount', [disk]))
  const kept = ['--checkpoint', 'full/run', '--checkpoint-every', '50ms']
  const { ended, says } = trainer(folder, [lines, '-o', 'full.safetensors', ...long, ...kept], setting)
  while (!existsSync(join(disk, 'run.1'))) await Promise.race([pause(5), ended])
  fill(join(disk, 'filler'))
  await says(
    /the disk is full \(\d+\.\d MB are needed, \d+\.\d MB are free\), and the checkpoint of before stands in full\/run\.[12]\. .*\. Training goes on\./,
  )
  rmSync(join(disk, 'filler'))
  const { code, stderr } = await ended
  assert.equal(code, 0, stderr)
  assert.equal(digestOf(join(folder, 'full.safetensors')), expected)
  assert.deepEqual(readdirSync(disk), [])
})

test('A6 on a disk that is full there is no classifier under its name, and it is safe elsewhere, exit 74', async t => {
  const disk = join(folder, 'small')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return t.skip('mounting a small disk is not permitted here')
  }
  t.after(() => execFileSync('umount', [disk]))
  const args = [lines, '-o', 'small/c.safetensors', ...long, '--checkpoint', 'small-run']
  const { code, stderr } = await train(folder, args, { ...setting, env: { TMPDIR: folder } })
  assert.equal(code, 74, stderr)
  assert.deepEqual(readdirSync(disk), [])
  const [, rescued] = /the classifier is safe in (\S+\.safetensors)/.exec(stderr) ?? assert.fail(stderr)
  assert.equal(digestOf(rescued!), expected)
})
