import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { load } from 'wordloom'
import { train as learn, removeCheckpoint } from 'wordloom/training'
import {
  blocks,
  onWindows,
  pause,
  scratchFolder,
  shell,
  train,
  trainer,
  writeText,
} from './training-child.js'

const folder = scratchFolder()
const text = writeText(folder, 400)
const file = (name: string) => join(folder, name)
const documents = ['--architecture', 'pv-dm', '--dimensions', '20', '--epochs', '1', '--min-count', '20']

/** As many words as rows, all of one letter. */
function vectorsOf(letter: string, rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `${letter}${i} ${letter.charCodeAt(0)} ${i} 1 1 1 1 1 1\n`,
  )
  return `${rows} 8\n${lines.join('')}`
}

/** A disk of its own in the folder, or the reason why there is none. */
function mount(t: TestContext, name: string, size: string): string | undefined {
  mkdirSync(file(name))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', file(name)], { stdio: 'ignore' })
  } catch {
    t.skip('mounting a small disk is not permitted here')
    return undefined
  }
  t.after(() => execFileSync('umount', [file(name)]))
  return file(name)
}

// with a limit in KB that has room for the words, and none for the rows
for (const [name, limit, args] of [
  ['x.npy', 8, []],
  ['vectors.tsv', 5, []],
  ['model.safetensors', 9, ['--to', 'model2vec']],
] as const)
  test(`A6 where the rows of ${name} find no room, the words of before stay, too`, {
    skip: onWindows,
  }, async () => {
    const place = `pair-${name}`
    mkdirSync(file(place))
    writeFileSync(file('A.vec'), vectorsOf('A', 400))
    writeFileSync(file('B.vec'), vectorsOf('B', 400))
    const convert = (from: string) => `wordloom convert ${from} ${place}/${name} ${args.join(' ')}`
    assert.equal((await shell(convert('A.vec'), folder)).code, 0)
    const before = readdirSync(file(place)).sort()
    const contents = before.map(beside => readFileSync(join(folder, place, beside)))
    const { code, stderr } = await shell(`ulimit -f ${limit}; ${convert('B.vec')}`, folder)
    assert.equal(code, 74, stderr)
    assert.deepEqual(readdirSync(file(place)).sort(), before)
    assert.deepEqual(
      before.map(beside => readFileSync(join(folder, place, beside))),
      contents,
    )
    assert.ok((await load(join(folder, place, name))).has('A7'))
  })

test('A6 where documents find no room, the words of before stay, and both are safe elsewhere', async t => {
  const disk = mount(t, 'full', '16k')
  if (!disk) return
  const args = [text, '-o', 'z.safetensors', ...documents, '--documents', 'full/d.safetensors']
  writeFileSync(file('z.safetensors'), 'words of before')
  const { code, stderr } = await train(folder, args, { env: { TMPDIR: folder } })
  assert.equal(code, 74, stderr)
  assert.equal(readFileSync(file('z.safetensors'), 'utf8'), 'words of before')
  assert.deepEqual(readdirSync(disk), [])
  const [, words, lines] =
    /the vectors are safe in (\S+\.safetensors), those of documents in (\S+\.safetensors)/.exec(stderr) ??
    assert.fail(stderr)
  assert.ok((await load(words!)).size > 0)
  assert.ok((await load(lines!)).size > 100)
})

test('A6 what is saved elsewhere goes into a new folder of its own, whatever links lie there', async t => {
  const disk = mount(t, 'full2', '16k')
  if (!disk) return
  mkdirSync(file('tmp'))
  writeFileSync(file('victim'), 'mine')
  const args = [text, '-o', 'full2/m.safetensors', ...blocks, '--epochs', '1', '--no-checkpoint']
  const { child, ended } = trainer(folder, args, { env: { TMPDIR: file('tmp') } })
  symlinkSync(file('victim'), file(`tmp/wordloom-${child.pid}.safetensors`))
  const { code, stderr } = await ended
  assert.equal(code, 74, stderr)
  assert.equal(readFileSync(file('victim'), 'utf8'), 'mine')
  const [, rescued] = /the vectors are safe in (\S+\.safetensors)/.exec(stderr) ?? assert.fail(stderr)
  assert.equal(statSync(dirname(rescued!)).mode & 0o777, 0o700)
  await load(rescued!)
})

const named = [...blocks, '--epochs', '1', '--checkpoint', 'news']

test('A11 a checkpoint never takes the names of the text or of outputs, also with --restart, exit 64', async () => {
  for (const name of ['news.1', 'news.2']) writeFileSync(file(name), readFileSync(file(text)))
  writeFileSync(file('news.partial'), 'mine')
  const before = readdirSync(folder).sort()
  for (const args of [
    ['news.1', 'news.2', '-o', 'o.vec', ...named],
    ['news.1', 'news.2', '-o', 'o.vec', ...named, '--restart'],
    ['news.[12]', '-o', 'o.vec', ...named],
    [text, '-o', 'news.2', '--format', 'glove', ...named],
    [text, '-o', 'o.vec', '--save-vocabulary', 'news.lock', ...named],
    [text, '-o', 'o.vec', '--save-vocabulary', 'o.vec.lock', ...blocks],
  ]) {
    const { code, stderr } = await train(folder, args)
    assert.equal(code, 64, stderr)
    const isLock = args.includes('o.vec.lock')
    assert.match(
      stderr,
      isLock
        ? /o\.vec\.lock, the name of its lock, is one of the files given/
        : /is read or written by this training/,
    )
    assert.doesNotMatch(stderr, /restart/)
  }
  await assert.rejects(learn([file('news.1')], { checkpoint: file('news'), restart: true }), {
    code: 'usage',
  })
  assert.deepEqual(readdirSync(folder).sort(), before)
  assert.equal(readFileSync(file('news.partial'), 'utf8'), 'mine')
})

test('A11 files that are no checkpoints are neither removed nor written over, exit 64', async () => {
  for (const end of ['1', '2', 'partial'])
    for (const [i, content] of ['mine\n', 'x', 'a longer text '.repeat(100), vectorsOf('A', 3)].entries()) {
      const name = `foreign-${end}-${i}`
      writeFileSync(file(`${name}.${end}`), content)
      const call = { checkpoint: file(name), dimensions: 4 }
      for (const more of [{}, { restart: true }, { resume: true }])
        await assert.rejects(learn(file(text), { ...call, ...more }), {
          code: 'usage',
          message: /is there already and is not a checkpoint of Wordloom, .*Give checkpoint another name/,
        })
      await assert.rejects(removeCheckpoint(file(name)), { code: 'usage' })
      assert.equal(readFileSync(file(`${name}.${end}`), 'utf8'), content)
    }
})

test('A11 a file that is no lock is not taken away', async () => {
  writeFileSync(file('held.vec.lock'), 'a file of mine\n')
  const { code, stderr } = await train(folder, [text, '-o', 'held.vec', ...blocks, '--epochs', '1'])
  assert.equal(code, 74, stderr)
  assert.match(stderr, /held\.vec\.lock: this file is there already and is no lock of Wordloom/)
  assert.equal(readFileSync(file('held.vec.lock'), 'utf8'), 'a file of mine\n')
})

test('A11 a second trainer on the same file through a link is refused, exit 74', {
  skip: onWindows,
}, async () => {
  writeFileSync(file('real.vec'), '')
  symlinkSync('real.vec', file('link.vec'))
  const { child, ended } = trainer(folder, [text, '-o', 'real.vec', ...blocks, '--epochs', '4000'])
  while (!existsSync(file('real.vec.lock'))) await Promise.race([pause(5), ended])
  const second = await train(folder, [text, '-o', 'link.vec', ...blocks, '--epochs', '1'])
  assert.equal(second.code, 74, second.stderr)
  child.kill('SIGKILL')
  await ended
  assert.ok(lstatSync(file('link.vec')).isSymbolicLink())
})

test('A6 checkpoints of an output that only its owner may read are for its owner alone, too', {
  skip: onWindows,
}, async () => {
  writeFileSync(file('private.vec'), '', { mode: 0o600 })
  const modes = () => ['1', '2'].map(end => statSync(file(`private.vec.checkpoint.${end}`)).mode & 0o777)
  const args = [text, '-o', 'private.vec', ...blocks, '--epochs', '4000', '--checkpoint-every', '20ms']
  const stopped = async (more: string[]) => {
    const { child, ended } = trainer(folder, [...args, ...more])
    while (!existsSync(file('private.vec.checkpoint.2'))) await Promise.race([pause(5), ended])
    child.kill('SIGTERM')
    assert.equal((await ended).code, 143)
  }
  await stopped([])
  assert.deepEqual(modes(), [0o600, 0o600])
  rmSync(file('private.vec'))
  rmSync(file('private.vec.checkpoint.2'))
  await stopped(['--resume'])
  assert.deepEqual(modes(), [0o600, 0o600])
})

test('A6 an output may have the longest name there is; a longer one is refused before the training', {
  skip: onWindows,
}, async () => {
  const longest = `${'n'.repeat(251)}.vec`
  for (const name of [longest, `${'ä'.repeat(115)}b.vec`]) {
    const args = [text, '-o', name, ...blocks, '--epochs', '4000', '--checkpoint-every', '20ms']
    const { child, ended, says } = trainer(folder, args)
    await says(/%|epoch/)
    child.kill('SIGTERM')
    const { code, stderr } = await ended
    assert.equal(code, 143, stderr)
    const resumed = await train(folder, [text, '-o', name, ...blocks, '--epochs', '1', '--restart'])
    assert.equal(resumed.code, 0, resumed.stderr)
    await load(file(name))
  }
  assert.deepEqual(
    readdirSync(folder).filter(name => name.includes('~')),
    [],
  )
  const epochs = [...blocks, '--epochs', '1']
  for (const args of [
    ['-o', `n${longest}`],
    ['-o', 'short.vec', '--checkpoint', longest],
  ]) {
    const { code, stderr } = await train(folder, [text, ...args, ...epochs])
    assert.equal(code, 74, stderr)
    assert.match(stderr, /this name is longer than the system allows .*Give a shorter one/)
  }
  assert.equal(existsSync(file('short.vec')), false)
})
