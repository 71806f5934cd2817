import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
writeFileSync(join(folder, 'a.vec'), '2 2\nx 1 2\ny 3 4\n')
writeFileSync(join(folder, 'b.vec'), '2 2\ny 30 40\nz 5 6\n')
writeFileSync(join(folder, 'wide.vec'), '1 3\ny 1 1 1\n')

const run = (...args: string[]) => wordloom(args, { cwd: folder })
const contentOf = (name: string) => readFileSync(join(folder, name), 'utf8')

test('join writes the words of all files, and says how many more than one has', async () => {
  const first = await run('join', 'a.vec', 'b.vec', '-o', 'c.vec')
  assert.equal(
    first.stdout,
    '3 words × 2 dimensions → c.vec (word2vec-text)\n  1 word is in more than one file: the first row was taken\n',
  )
  assert.equal(contentOf('c.vec'), '3 2\nx 1 2\ny 3 4\nz 5 6\n')
  const mean = await run('join', 'a.vec', 'b.vec', '-o', '-', '--both', 'mean')
  assert.equal(mean.stdout, '3 2\nx 1 2\ny 16.5 22\nz 5 6\n')
  assert.match(mean.stderr, /standard output \(word2vec-text\)\n.*the mean of their rows was taken/)
  const refused = await run('join', 'a.vec', 'b.vec', '-o', 'c.vec', '--both', 'refuse')
  assert.equal(refused.code, 65)
  assert.match(refused.stderr, /such as "y". Say with --both which row to take/)
})

test('join --columns sets rows side by side', async () => {
  const { stdout } = await run('join', 'a.vec', 'wide.vec', '-o', 'c.tsv', '--columns')
  assert.equal(
    stdout,
    '1 word × 5 dimensions → c.tsv and c.metadata.tsv (projector)\n  1 word is not in every file: left out\n',
  )
  assert.equal(contentOf('c.tsv'), '3\t4\t1\t1\t1\n')
  const zeros = await run(
    'join',
    'a.vec',
    'wide.vec',
    '-o',
    'c.vec',
    '--columns',
    '--missing',
    'zeros',
    '--json',
  )
  const facts = JSON.parse(zeros.stdout)
  assert.deepEqual([facts.words, facts.dimensions, facts.shared, facts.partial], [2, 5, 1, 1])
  assert.equal(contentOf('c.vec'), '2 5\nx 1 2 0 0 0\ny 3 4 1 1 1\n')
})

test('join refuses what cannot be meant', async () => {
  for (const [args, code, message] of [
    [['a.vec', '-o', 'c.vec'], 64, /one file is named. Name two or more/],
    [['a.vec', 'b.vec', '-o', 'a.vec'], 64, /named twice/],
    [
      ['a.vec', 'b.vec', '-o', 'c.vec', '--missing', 'zeros'],
      64,
      /without --columns no file can lack a word/,
    ],
    [['a.vec', 'b.vec', '-o', 'c.vec', '--columns', '--both', 'last'], 64, /--both chooses one/],
    [
      ['a.vec', 'wide.vec', '-o', 'c.vec'],
      65,
      /wide\.vec: its rows have 3 numbers; expected 2, as those of a\.vec/,
    ],
    [['a.vec', 'none.vec', '-o', 'c.vec'], 66, /none\.vec: no such file/],
  ] as const) {
    const ended = await run('join', ...args)
    assert.equal(ended.code, code, ended.stderr)
    assert.match(ended.stderr, message)
  }
})

test('convert --without leaves words out, and says how many', async () => {
  writeFileSync(join(folder, 'list.txt'), 'y\nnobody\n')
  const { stderr } = await run('convert', 'a.vec', 'd.vec', '--without', 'list.txt')
  assert.equal(stderr, '1 word was left out; 1 more of list.txt is not in it\n')
  assert.equal(contentOf('d.vec'), '1 2\nx 1 2\n')
  writeFileSync(join(folder, 'all.txt'), 'x\ny\n')
  const none = await run('convert', 'a.vec', 'd.vec', '--without', 'all.txt')
  assert.equal(none.code, 64)
  assert.match(none.stderr, /no word would be left/)
})
