import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import * as zlib from 'node:zlib'
import { gzipSync } from 'node:zlib'
import { load } from 'wordloom'
import {
  blocks,
  digestOf,
  filesOf,
  hasCheckpoint,
  onWindows,
  preload,
  scratchFolder,
  topicText,
  train,
  trainer,
  writeText,
} from './training-child.js'

const folder = scratchFolder()
const text = writeText(folder)
const long = [...blocks, '--epochs', '40']
let expected = ''

before(async () => {
  const { code, stderr } = await train(folder, [text, '-o', 'whole.safetensors', ...long, '--no-checkpoint'])
  assert.equal(code, 0, stderr)
  expected = digestOf(join(folder, 'whole.safetensors'))
})

/** A run that was stopped half-way. */
async function stopped(output: string, source = text): Promise<string[]> {
  const args = [source, '-o', output, ...long]
  const { child, ended, says } = trainer(folder, args)
  await says(/epoch \d/)
  child.kill('SIGTERM')
  assert.equal((await ended).code, 143)
  return args
}

test('A10 other options are refused with a list of them, exit 65, and the checkpoint stands', {
  skip: onWindows,
}, async () => {
  const args = await stopped('other.safetensors')
  const { code, stderr } = await train(folder, [
    ...args,
    '--resume',
    '--epochs',
    '41',
    '--negative-samples',
    '7',
    '--seed',
    '2',
  ])
  assert.equal(code, 65, stderr)
  assert.match(
    stderr,
    /holds another run: --epochs: 40 there, 41 here; .*--negative-samples: 5 there, 7 here; .*--seed: 1 there, 2 here\. Go on with the same options, text and vectors as before, or begin anew with --restart/,
  )
  const resumed = await train(folder, [...args, '--resume', '--threads', '1'])
  assert.equal(resumed.code, 0, resumed.stderr)
  assert.equal(digestOf(join(folder, 'other.safetensors')), expected)
})

test('A10 another text is refused, exit 65', { skip: onWindows }, async () => {
  writeFileSync(join(folder, 'changed.txt'), topicText(3000))
  const args = await stopped('changed.safetensors', 'changed.txt')
  const bytes = readFileSync(join(folder, 'changed.txt'))
  for (const changed of [
    Buffer.concat([bytes, Buffer.from('w1 w2 w3\n')]), // longer
    bytes.subarray(0, -40), // shorter
    Buffer.from(bytes.toString().replace('w1 ', 'w2 ')), // of the same length
  ]) {
    writeFileSync(join(folder, 'changed.txt'), changed)
    const { code, stderr } = await train(folder, [...args, '--resume'])
    assert.equal(code, 65, stderr)
    assert.match(
      stderr,
      /holds another run: the text: [\d,]+ words, SHA-256 \w{12}… there, [\d,]+ words, SHA-256 \w{12}… here/,
    )
  }
  assert.ok(hasCheckpoint(folder, 'changed.safetensors'))
})

test('A10 other frozen words and other vectors to start from are refused, exit 65', {
  skip: onWindows,
}, async () => {
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content)
  for (const [name, seed] of [
    ['base.safetensors', '1'],
    ['other-base.safetensors', '2'],
  ] as const) {
    const made = await train(folder, [text, '-o', name, ...blocks, '--epochs', '1', '--seed', seed])
    assert.equal(made.code, 0, made.stderr)
  }
  copyFileSync(join(folder, 'base.safetensors'), join(folder, 'given.safetensors'))
  write('list.txt', 'w2\nw3\n')
  const args = [
    text,
    '-o',
    'frozen.safetensors',
    ...long,
    '--from',
    'given.safetensors',
    '--freeze',
    'list.txt',
  ]
  const { child, ended, says } = trainer(folder, args)
  await says(/epoch \d/)
  child.kill('SIGTERM')
  assert.equal((await ended).code, 143)

  write('list.txt', 'w4\nw5\n')
  const otherWords = await train(folder, [...args, '--resume'])
  assert.equal(otherWords.code, 65, otherWords.stderr)
  assert.match(
    otherWords.stderr,
    /holds another run: the frozen words: SHA-256 \w{12}… there, SHA-256 \w{12}… here\. Go on with /,
  )
  write('list.txt', 'w3\nw2\n') // the same ones
  copyFileSync(join(folder, 'other-base.safetensors'), join(folder, 'given.safetensors'))
  const otherRows = await train(folder, [...args, '--resume'])
  assert.equal(otherRows.code, 65, otherRows.stderr)
  assert.match(
    otherRows.stderr,
    /holds another run: the vectors given: .*; the history of the vectors given: /,
  )
  copyFileSync(join(folder, 'base.safetensors'), join(folder, 'given.safetensors'))
  const resumed = await train(folder, [...args, '--resume'])
  assert.equal(resumed.code, 0, resumed.stderr)
})

test('A10 a checkpoint of another version is refused, exit 65', { skip: onWindows }, async () => {
  const output = 'version.safetensors'
  const args = await stopped(output)
  const path = join(folder, `${output}.checkpoint.1`)
  const bytes = readFileSync(path)
  const headerEnd = 8 + Number(bytes.readBigUInt64LE(0))
  const at = bytes.indexOf('wordloom 0.')
  assert.ok(at > 0 && at < headerEnd)
  bytes.write('wordloom 9.', at)
  const digests = bytes.length - 9 * 64
  bytes.write(createHash('sha256').update(bytes.subarray(0, headerEnd)).digest('hex'), digests)
  writeFileSync(path, bytes)
  const { code, stderr } = await train(folder, [...args, '--resume'])
  assert.equal(code, 65, stderr)
  assert.match(stderr, /holds another run: made by: wordloom 9\.[\d.]+ there, wordloom 0\.[\d.]+ here/)
})

test('A11 a second trainer on the same output is refused with the number of the first, exit 74', {
  skip: onWindows,
}, async () => {
  const args = [text, '-o', 'twice.safetensors', ...long]
  const { child, ended, says } = trainer(folder, args)
  await says(/epoch \d/)
  child.kill('SIGSTOP') // it must not come to its end while the others start
  for (const other of [
    args,
    [text, '-o', 'elsewhere.safetensors', ...long, '--checkpoint', 'twice.safetensors.checkpoint'],
  ]) {
    const second = await train(folder, other)
    assert.equal(second.code, 74, second.stderr)
    assert.match(
      second.stderr,
      new RegExp(`process ${child.pid} is training .*. Wait for its end or stop it, or give another name`),
    )
  }
  child.kill('SIGKILL')
  await ended
  assert.ok(existsSync(join(folder, 'twice.safetensors.lock')))
  const after = await train(folder, [...args, '--resume']) // the lock of a dead process is taken over
  assert.equal(after.code, 0, after.stderr)
  assert.deepEqual(filesOf(folder, 'twice'), ['twice.safetensors'])
})

test('A11 locks of a machine before its restart, of a number used again, and of a crash are taken over', {
  skip: process.platform !== 'linux' && 'only Linux tells when it and its processes were started',
}, async () => {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  const alive = { pid: process.pid, host: hostname(), boot, started: '1', id: 'x' }
  for (const lock of [
    JSON.stringify({ ...alive, boot: 'another' }),
    JSON.stringify(alive), // this process runs, but was not started then
    JSON.stringify({ ...alive, pid: 2 ** 22 + 1 }),
    '',
    '{"pid":',
  ]) {
    writeFileSync(join(folder, 'stale.bin.lock'), lock)
    const { code, stderr } = await train(folder, [text, '-o', 'stale.bin', ...blocks, '--epochs', '1'])
    assert.equal(code, 0, `${lock}: ${stderr}`)
  }
  writeFileSync(join(folder, 'stale.bin.lock'), JSON.stringify({ ...alive, host: 'another' }))
  const { code, stderr } = await train(folder, [text, '-o', 'stale.bin', ...blocks, '--epochs', '1'])
  assert.equal(code, 74)
  assert.match(stderr, /process \d+ on another is training for stale\.bin\. .*remove stale\.bin\.lock/)
})

test('A13 what will not fit in --max-memory is refused before it is allocated, exit 71', async () => {
  const args = [text, '-o', 'large.bin', ...blocks, '--dimensions', '8192', '--max-memory', '200000000']
  const { code, stderr } = await train(folder, args)
  assert.equal(code, 71, stderr)
  assert.match(
    stderr,
    /training needs \d{3} MiB .*, and --max-memory is 191 MiB\. Keep .*words .*, lower --dimensions, or raise --max-memory/,
  )
  const fits = await train(folder, [text, '-o', 'fits.safetensors', ...long, '--max-memory', '400000000'])
  assert.equal(fits.code, 0, fits.stderr)
  assert.equal(digestOf(join(folder, 'fits.safetensors')), expected)
})

test('A13 where the system gives no more memory, training ends with a sentence, exit 71', {
  skip: process.platform !== 'linux' && 'there is no ulimit -v here',
}, async t => {
  const limit = 'ulimit -v 3000000'
  const starts = await train(folder, ['--help'], { before: limit })
  if (starts.code !== 0) return t.skip('Node does not start in so little address space')
  const args = [text, '-o', 'limited.bin', ...blocks, '--dimensions', '8192', '--no-checkpoint']
  const { code, signal, stderr } = await train(folder, args, { before: limit })
  assert.deepEqual([code, signal], [71, null], stderr)
  assert.match(
    stderr,
    /does not give the address space that WebAssembly reserves|this machine cannot give the [\d.]+ [MG]iB/,
  )
})

test('A13 whatever the limit to addresses, training ends well or with a sentence, exit 71', {
  skip: process.platform !== 'linux' && 'there is no ulimit -v here',
}, async () => {
  const args = [text, '-o', 'addresses.bin', ...blocks, '--epochs', '1', '--no-checkpoint', '--threads', '2']
  const ends: Record<string, string> = {}
  for (const gigabytes of [10, 11, 11.5, 12, 12.5, 13, 14, 16, 40]) {
    const limit = `ulimit -v ${gigabytes * 1e6}`
    const { code, signal, stderr } = await train(folder, args, { before: limit })
    assert.equal(signal, null, stderr)
    if (code !== 0) assert.match(stderr, /^wordloom: Cannot .* \(ulimit -v unlimited\)/m)
    ends[gigabytes] = `${code}`
  }
  assert.deepEqual([ends[10], ends[12], ends[40]], ['71', '71', '0'], JSON.stringify(ends))
})

for (const rate of ['1', '100'])
  test(`A15 steps that are too large (${rate}) end training with the rate, the epoch and a word, and no checkpoint is lost to them`, async () => {
    const output = `rate-${rate}.safetensors`
    const args = [text, '-o', output, ...long, '--learning-rate', rate, '--checkpoint-every', '10ms']
    const { code, stderr } = await train(folder, args)
    assert.equal(code, 64, stderr)
    assert.match(
      stderr,
      new RegExp(
        `the vectors grew past all bounds in epoch \\d+(, the vector of "w\\d+" is not finite any more)?, and --learning-rate is ${rate}\\. Lower --learning-rate`,
      ),
    )
    for (const file of filesOf(folder, output)) await load(join(folder, file)) // refuses what is not finite
    assert.ok(!existsSync(join(folder, output)))
  })

for (const [how, change] of [
  ['grows', `fs.appendFileSync(path, 'w1 w2 w3\\n')`],
  ['shrinks', 'fs.truncateSync(path, 1000)'],
] as const)
  test(`A16 a text that ${how} while it is read is noticed, exit 65`, async () => {
    const name = `${how}.txt`
    writeFileSync(join(folder, name), topicText(3000))
    const hooked = preload(
      folder,
      how,
      `import fs from 'node:fs'
       import { syncBuiltinESMExports } from 'node:module'
       const open = fs.createReadStream
       fs.createReadStream = (path, options) => {
         if (String(path).endsWith('${name}')) ${change}
         return open(path, options)
       }
       syncBuiltinESMExports()`,
    )
    const { code, stderr } = await train(folder, [name, '-o', `${how}.bin`, ...blocks], hooked)
    assert.equal(code, 65, stderr)
    assert.match(
      stderr,
      /the file changed while it was read: it had [\d,]+ bytes before, and [\d,]+ were read/,
    )
    assert.deepEqual(filesOf(folder, `${how}.bin`), [])
  })

test('A17 a pipe with a name, standard input, gzip and Zstandard give the bytes of the file', {
  skip: onWindows,
}, async () => {
  const bytes = readFileSync(join(folder, text))
  writeFileSync(join(folder, 'text.gz'), gzipSync(bytes))
  const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: (bytes: Uint8Array) => Uint8Array }
  if (zstdCompressSync) writeFileSync(join(folder, 'text.zst'), zstdCompressSync(bytes))
  execFileSync('mkfifo', [join(folder, 'pipe.txt')])
  const sources = ['text.gz', ...(zstdCompressSync ? ['text.zst'] : []), 'pipe.txt', '-']
  for (const source of sources) {
    const output = `of-${source.replace(/\W/g, '_')}.safetensors`
    const { child, ended } = trainer(folder, [source, '-o', output, ...long])
    child.stdin!.end(source === '-' ? bytes : '')
    if (source === 'pipe.txt') appendFileSync(join(folder, source), bytes)
    const { code, stderr } = await ended
    assert.equal(code, 0, `${source}: ${stderr}`)
    assert.equal(digestOf(join(folder, output)), expected, source)
  }
})

test('A17 a run on standard input goes on when it gets the same text again', {
  skip: onWindows,
}, async () => {
  const args = ['-', '-o', 'stdin.safetensors', ...long]
  const { child, ended, says } = trainer(folder, args)
  createReadStream(join(folder, text)).pipe(child.stdin!)
  await says(/epoch \d/)
  child.kill('SIGINT')
  const { code, stderr } = await ended
  assert.equal(code, 130)
  assert.match(
    stderr,
    /go on with: (?:npx )?wordloom train - .* --resume \(with the same text on standard input\)\n$/,
  )
  const again = trainer(folder, [...args, '--resume'])
  createReadStream(join(folder, text)).pipe(again.child.stdin!)
  assert.equal((await again.ended).code, 0)
  assert.equal(digestOf(join(folder, 'stdin.safetensors')), expected)
})
