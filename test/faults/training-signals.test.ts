import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import {
  blocks,
  digestOf,
  filesOf,
  hasCheckpoint,
  onWindows,
  pause,
  preload,
  scratchFolder,
  train,
  trainer,
  windows,
  writeText,
} from './training-child.js'

const folder = scratchFolder()
const text = writeText(folder)
const long = [...blocks, '--epochs', '60']
let expected = ''

before(async () => {
  const { code, stderr } = await train(folder, [text, '-o', 'whole.safetensors', ...long, '--no-checkpoint'])
  assert.equal(code, 0, stderr)
  expected = digestOf(join(folder, 'whole.safetensors'))
})

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`A3 ${signal} leaves a checkpoint within ten seconds, says how to go on, and ends with ${exitCode}`, {
    skip: onWindows,
  }, async () => {
    const output = `${signal}.safetensors`
    const args = [text, '-o', output, ...long]
    const { child, ended, says } = trainer(folder, args)
    await says(/epoch \d/)
    const start = performance.now()
    child.kill(signal)
    const { code, stderr } = await ended
    assert.equal(code, exitCode, stderr)
    assert.ok(performance.now() - start < 10_000)
    assert.deepEqual(filesOf(folder, output), [`${output}.checkpoint.1`])
    const [, line] =
      /stopped; go on with: (?:npx )?wordloom train (.*)\n$/.exec(stderr) ?? assert.fail(stderr)
    assert.equal(line, `${args.join(' ')} --resume`)
    const resumed = await train(folder, line!.split(' '))
    assert.equal(resumed.code, 0, resumed.stderr)
    assert.match(resumed.stderr, /going on from .*checkpoint\.1, in epoch \d+/)
    assert.equal(digestOf(join(folder, output)), expected)
    assert.deepEqual(filesOf(folder, output), [output])
  })

test('A3 a second signal ends the process at once', { skip: onWindows }, async () => {
  const hooked = preload(
    folder,
    'slow-disk',
    `import fs from 'node:fs/promises'
     import { syncBuiltinESMExports } from 'node:module'
     const open = fs.open
     fs.open = async (path, ...rest) => {
       if (String(path).endsWith('.checkpoint.partial') && rest[0] === 'wx') { console.error('writes'); await new Promise(r => setTimeout(r, 20_000)) }
       return open(path, ...rest)
     }
     syncBuiltinESMExports()`,
  )
  const { child, ended, says } = trainer(folder, [text, '-o', 'second.safetensors', ...long], hooked)
  await says(/epoch \d/)
  child.kill('SIGTERM')
  await says(/writes/)
  const start = performance.now()
  child.kill('SIGTERM')
  const { code } = await ended
  assert.equal(code, 143)
  assert.ok(performance.now() - start < 5000)
})

test('A3 a run that is not finished is not overwritten unless that is asked for', {
  skip: onWindows,
}, async () => {
  const args = [text, '-o', 'kept.safetensors', ...long]
  const { child, ended, says } = trainer(folder, args)
  await says(/epoch \d/)
  child.kill('SIGTERM')
  await ended
  const again = await train(folder, args)
  assert.equal(again.code, 64)
  assert.match(
    again.stderr,
    /holds a run that is not finished \(in epoch \d+ of 60\)\. Go on with --resume, or .* --restart/,
  )
  assert.ok(hasCheckpoint(folder, 'kept.safetensors'))
  const anew = await train(folder, [...args, '--restart'])
  assert.equal(anew.code, 0, anew.stderr)
  assert.equal(digestOf(join(folder, 'kept.safetensors')), expected)
})

test('A4 SIGHUP and a terminal that is gone do not end training', { skip: onWindows }, async () => {
  const output = 'hung-up.safetensors'
  const { child, ended, says } = trainer(folder, [text, '-o', output, ...long])
  await says(/epoch \d/)
  child.stdout!.destroy()
  child.stderr!.destroy()
  child.kill('SIGHUP')
  for (let waited = 0; waited < 100 && !hasCheckpoint(folder, output); waited++) await pause(20)
  child.kill('SIGHUP')
  const { code, signal } = await ended
  assert.deepEqual([code, signal], [0, null])
  assert.equal(digestOf(join(folder, output)), expected)
})

test('A4 a reader of standard output that is gone is no failure', { skip: onWindows }, async () => {
  const { child, ended } = trainer(folder, [text, '-o', 'pipe.safetensors', ...blocks, '--json', '-q'])
  child.stdout!.destroy()
  const { code, stderr } = await ended
  assert.deepEqual([code, stderr], [0, ''])
})

test('A12 a clock that jumps a day to and fro changes neither the result nor the time that is left', async () => {
  const hooked = preload(
    folder,
    'jumping-clock',
    `const real = Date.now
     let calls = 0
     Date.now = () => real() + (calls++ % 2 ? 1 : -1) * 86_400_000`,
  )
  const args = [text, '-o', 'clock.safetensors', ...long, '--checkpoint-every', '100ms']
  const { code, stderr } = await train(folder, args, hooked)
  assert.equal(code, 0, stderr)
  assert.equal(digestOf(join(folder, 'clock.safetensors')), expected)
  const left = [...stderr.matchAll(/, (\d+) (\w+) left/g)]
  assert.ok(left.length > 3, stderr)
  for (const [, , unit] of left) assert.ok(unit === 's' || unit === 'min', unit)
})

test('A18 stopped by Ctrl-Z for a while, training goes on', { skip: onWindows }, async () => {
  const { child, ended, says } = trainer(folder, [
    ...[text, '-o', 'asleep.safetensors', ...long, '--checkpoint-every', '100ms'],
  ])
  await says(/epoch \d/)
  for (let i = 0; i < 3; i++) {
    child.kill('SIGSTOP')
    await pause(700)
    child.kill('SIGCONT')
    await pause(100)
  }
  const { code, stderr } = await ended
  assert.equal(code, 0, stderr)
  assert.equal(digestOf(join(folder, 'asleep.safetensors')), expected)
})

for (const [how, fault, said] of [
  ['throws', `throw new Error('planted')`, /planted/],
  ['runs out of memory', 'const hog = []; for (;;) hog.push(new Array(100_000).fill(1.5))', /memory/i],
  ['exits', 'process.exit(3)', /exit code 3/],
] as const)
  test(`A14 a thread that ${how} ends the run with 70, and the checkpoint is kept`, {
    timeout: 120_000,
  }, async () => {
    const output = `thread-${how.split(' ')[0]}.safetensors`
    const hooked = preload(
      folder,
      output,
      `import { existsSync } from 'node:fs'
       import { isMainThread, workerData } from 'node:worker_threads'
       if (!isMainThread && workerData?.plan && workerData.thread === 1) {
         const add = Atomics.add
         let calls = 0
         Atomics.add = (...args) => {
           if (calls++ % 50 === 0 && existsSync('${output}.checkpoint.2')) { ${fault} }
           return add(...args)
         }
       }`,
    )
    const args = [text, '-o', output, ...long, '--threads', '2', '--checkpoint-every', '50ms']
    const { code, stderr } = await train(folder, args, hooked)
    assert.equal(code, 70, stderr)
    assert.match(stderr, said)
    assert.match(stderr, /the last checkpoint is kept; go on with: (?:npx )?wordloom train .* --resume\n/)
    assert.ok(hasCheckpoint(folder, output))
    const resumed = await train(folder, [...args, '--resume'])
    assert.equal(resumed.code, 0, resumed.stderr)
    assert.equal(digestOf(join(folder, output)), expected)
  })

test('A18 windows on one thread go on from where they were, too', { skip: onWindows }, async () => {
  const args = [text, '-o', 'w.safetensors', ...windows, '--epochs', '12']
  const whole = await train(folder, [...args, '--no-checkpoint'])
  assert.equal(whole.code, 0, whole.stderr)
  const wanted = digestOf(join(folder, 'w.safetensors'))
  const { child, ended, says } = trainer(folder, args)
  await says(/epoch \d/)
  child.kill('SIGINT')
  assert.equal((await ended).code, 130)
  const resumed = await train(folder, [...args, '--resume'])
  assert.equal(resumed.code, 0, resumed.stderr)
  assert.equal(digestOf(join(folder, 'w.safetensors')), wanted)
})
