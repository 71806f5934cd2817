import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { load } from 'wordloom'
import { plantedText } from './planted-text.js'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })
const vectors = (name: string) => load(join(folder, name))
const size = ['--dimensions', '16', '--epochs', '3', '--learning-rate', '0.05', '--threads', '1']

before(async () => {
  writeFileSync(join(folder, 'old.txt'), plantedText(3000))
  // a new animal, and none of the colours
  const animals = plantedText(2000)
    .split('\n')
    .filter(line => line.startsWith('the'))
  writeFileSync(join(folder, 'new.txt'), `${animals.join('\n').replaceAll('the cat', 'the okapi')}\n`)
  assert.equal((await run('train', 'old.txt', '-o', 'old.safetensors', ...size)).code, 0)
  assert.equal((await run('convert', 'old.safetensors', 'old.vec')).code, 0)
  const [, ...lines] = (await run('convert', 'old.safetensors', 'g.txt', '--to', 'glove')).stdout.split('\n')
  assert.ok(lines.length > 0 && existsSync(join(folder, 'g.txt')))
  writeFileSync(join(folder, 'list.txt'), 'dog\nhorse\n\nred\n')
  writeFileSync(join(folder, 'misspelt.txt'), 'dgo\n')
  writeFileSync(join(folder, 'blank.txt'), '\n')
  writeFileSync(join(folder, 'counts.txt'), 'the 5\nof 4\n')
})

test('a model goes on: what it was told, what moved, and what the file says', async () => {
  const { code, stderr, stdout } = await run(
    'train',
    'new.txt',
    '--continue',
    'old.safetensors',
    '-o',
    'new.safetensors',
    ...size,
  )
  assert.equal(code, 0, stderr)
  assert.match(
    stderr,
    /^read .*\ncontinuing old\.safetensors: 32 words, 15 of them in this text, and 1 new\n/,
  )
  assert.match(stdout, /^learned 33 words × 16 dimensions/)
  assert.match(
    stdout,
    /\nmoved {3}15 of 32 old words; mean cosine to before [01]\.\d{3}, not aligned\n {8}most: \w+ 0\.\d{3}, /,
  )
  const [before, after] = [await vectors('old.safetensors'), await vectors('new.safetensors')]
  assert.deepEqual(after.vector('red'), before.vector('red'))
  assert.equal(JSON.parse(after.metadata.history!).length, 1)
  assert.equal(after.vocabulary.tokens, before.vocabulary.tokens + 7000)
  const neighbors = after.nearest('okapi', 5).map(({ word }) => word)
  assert.ok(neighbors.filter(word => planted.includes(word)).length >= 3, neighbors.join())
})

const planted = ['cat', 'dog', 'horse', 'cow', 'sheep', 'goat', 'lion', 'wolf']

test('a model may take the place of the one it came from, and --json tells of both', async () => {
  await run('convert', 'old.safetensors', 'same.safetensors')
  const { stdout } = await run(
    'train',
    'new.txt',
    '--continue',
    'same.safetensors',
    '-o',
    'same.safetensors',
    '--json',
  )
  const { start, drift } = JSON.parse(stdout)
  assert.deepEqual(start, {
    continues: true,
    given: 32,
    matched: 32,
    fresh: 1,
    inText: 15,
    outputVectors: 'given',
    frozen: 0,
  })
  assert.deepEqual([drift.words, drift.moved, drift.most.length], [32, 15, 10])
})

test('vectors to start from: how many match, and that a text file has no output vectors', async () => {
  const { stderr, code } = await run('train', 'new.txt', '--from', 'old.vec', '-o', 'f.safetensors')
  assert.equal(code, 0)
  assert.match(
    stderr,
    /\n15 of 16 words start from old\.vec, 1 as new; the file has no output vectors, so all of those start at zero\n/,
  )
  const glove = await run('train', 'new.txt', '--from', 'g.txt', '-o', 'f.safetensors', '-q')
  assert.deepEqual([glove.code, glove.stderr, glove.stdout], [0, '', ''])
})

test('frozen words, by a list or all that are given, stay as they are in the file', async () => {
  const before = await vectors('old.safetensors')
  const list = await run(
    'train',
    'new.txt',
    '--continue',
    'old.safetensors',
    '--freeze',
    'list.txt',
    '-o',
    'l.safetensors',
  )
  assert.match(list.stderr, /and 1 new; 3 stay as they are\n/)
  const some = await vectors('l.safetensors')
  for (const word of ['dog', 'horse', 'red']) assert.deepEqual(some.vector(word), before.vector(word))
  assert.notDeepEqual(some.vector('lion'), before.vector('lion'))
  const all = await run(
    'train',
    'new.txt',
    '--continue',
    'old.safetensors',
    '--freeze',
    'given',
    '-o',
    'l.safetensors',
  )
  assert.match(all.stdout, /\nmoved {3}none of 32 old words\n/)
})

const mistakes: [does: string, args: string[], code: number, says: RegExp][] = [
  ['no vectors file', ['--from', 'new.txt'], 65, /^wordloom: Cannot read new\.txt: line 1: /],
  ['no file', ['--continue', 'none.bin'], 66, /none\.bin: no such file/],
  [
    'other dimensions',
    ['--from', 'old.vec', '--dimensions', '7'],
    64,
    /--dimensions is 7, and the vectors given have 16/,
  ],
  [
    'a model without counts',
    ['--continue', 'old.vec'],
    65,
    /the 32 words of the model to --continue old\.vec come without counts.*use --from/,
  ],
  [
    'both ways',
    ['--from', 'old.vec', '--continue', 'old.safetensors'],
    64,
    /--from and --continue are two ways/,
  ],
  [
    'freezing nothing',
    ['--freeze', 'list.txt'],
    64,
    /none are given\. Name a file with --from or --continue/,
  ],
  [
    'an unknown frozen word',
    ['--from', 'old.vec', '--freeze', 'misspelt.txt'],
    65,
    /Cannot freeze "dgo": it has no vector/,
  ],
  ['no list', ['--from', 'old.vec', '--freeze', 'none.txt'], 66, /none\.txt: no such file/],
  [
    'an empty list',
    ['--from', 'old.vec', '--freeze', 'blank.txt'],
    65,
    /Cannot read blank\.txt: no word is in it/,
  ],
  [
    'a vocabulary beside a model',
    ['--continue', 'old.safetensors', '--vocabulary', 'counts.txt'],
    64,
    /Use --from in its place, or leave out --vocabulary/,
  ],
]

test('mistakes: one line, the right exit code, nothing left behind', async t => {
  for (const [does, args, code, says] of mistakes)
    await t.test(does, async () => {
      const ended = await run('train', 'new.txt', '-o', 'x.bin', ...args)
      assert.match(ended.stderr, says)
      assert.equal(ended.stderr.trimEnd().split('\n').length, 1)
      assert.equal(ended.stdout, '')
      assert.equal(ended.code, code)
      assert.ok(!existsSync(join(folder, 'x.bin')))
    })
})
