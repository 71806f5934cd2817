import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { load } from 'wordloom'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })
const size = ['--dimensions', '8', '--epochs', '1']

before(async () => {
  writeFileSync(join(folder, 't.txt'), 'alpha beta gamma delta epsilon zeta eta theta\n'.repeat(60))
  for (const architecture of ['pv-dm', 'skip-gram']) {
    const args = [
      'train',
      't.txt',
      '-o',
      `${architecture}.safetensors`,
      '--architecture',
      architecture,
      ...size,
    ]
    const { code, stderr } = await run(...args)
    assert.equal(code, 0, stderr)
  }
})

test('documents are written where the model that goes on learns them, and no option says so', async () => {
  const model = ['--continue', 'pv-dm.safetensors', '--epochs', '1']
  const beside = await run('train', 't.txt', ...model, '-o', 'n.safetensors')
  assert.equal(beside.code, 0, beside.stderr)
  assert.match(beside.stdout, /\nwrote {3}n\.documents\.safetensors \(60 documents, by their lines\)\n$/)
  assert.equal((await load(join(folder, 'n.documents.safetensors'))).size, 60)

  const named = await run(
    'train',
    't.txt',
    ...model,
    '-o',
    'n2.safetensors',
    '--documents',
    'd.vec',
    '--json',
  )
  assert.equal(named.code, 0, named.stderr)
  const facts = JSON.parse(named.stdout)
  assert.deepEqual([facts.documents, facts.documentsOutput], [60, 'd.vec'])
  assert.equal((await load(join(folder, 'd.vec'))).size, 60)
})

test('documents of a model that learns none are refused, and so is a file of theirs that is a text, too', async () => {
  const names = readdirSync(folder)
  const args = ['train', 't.txt', '--continue', 'skip-gram.safetensors', '-o', 'o.safetensors']
  const none = await run(...args, '--documents', 'o.documents.vec')
  assert.equal(none.code, 64, none.stderr)
  assert.match(
    none.stderr,
    /--documents is for an architecture that learns documents, and --architecture is skip-gram\. Take --architecture pv-dm/,
  )
  writeFileSync(join(folder, 'o.documents.txt'), 'alpha beta\n')
  const text = await run('train', 'o.documents.txt', '--continue', 'pv-dm.safetensors', '-o', 'o.txt')
  assert.equal(text.code, 64, text.stderr)
  assert.match(text.stderr, /o\.documents\.txt: it is named twice/)
  assert.deepEqual(readdirSync(folder).sort(), [...names, 'o.documents.txt'].sort())
})

test('what an output cannot hold is refused before the text is read, and nothing is left', async () => {
  const names = readdirSync(folder)
  writeFileSync(join(folder, 'v.txt'), 'alpha\t200\nmade up\t50\nbeta\t200\n')
  writeFileSync(join(folder, 'latin1.txt'), Buffer.from('alpha\t200\nbl\xe4u\t50\nbeta\t200\n', 'latin1'))
  for (const [args, code, says] of [
    [['none.txt', '--vocabulary', 'v.txt', '-o', 'x.vec'], 65, /x\.vec: the word "made up" has a space/],
    [['none.txt', '--vocabulary', 'v.txt', '-o', 'x.bin.gz'], 65, /x\.bin\.gz: the word "made up"/],
    [['none.txt', '--vocabulary', 'latin1.txt', '-o', 'x.parquet'], 65, /x\.parquet: .* is not UTF-8/],
  ] as const) {
    const ended = await run('train', ...args)
    assert.match(ended.stderr, says)
    assert.equal(ended.code, code)
  }
  assert.deepEqual(readdirSync(folder).sort(), [...names, 'latin1.txt', 'v.txt'].sort())
})

test('words that a list of words cannot hold are refused before training', async () => {
  const { save, train } = await import('wordloom')
  const sentences = Array.from({ length: 40 }, () => ['alpha', 'beta', 'line\nbreak'])
  const { vectors } = await train(sentences, { minCount: 1, dimensions: 4, epochs: 1, subsampling: 0 })
  await save(vectors, join(folder, 'breaks.safetensors'))
  const args = ['t.txt', '--continue', 'breaks.safetensors', '-o', 'y.safetensors', '--epochs', '100000']
  const { code, stderr } = await run('train', ...args, '--save-vocabulary', 'y.txt')
  assert.equal(code, 65, stderr)
  assert.match(stderr, /y\.txt: the word "line\\nbreak" does not fit on a line/)
})
