import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { knownText } from '../prediction/known-text.js'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })
const size = [
  '--dimensions',
  '8',
  '--min-count',
  '1',
  '--subsampling',
  '0',
  '--learning-rate',
  '0.05',
  '--epochs',
]

before(async () => {
  const lines = knownText(1000).map(line => line.join(' '))
  writeFileSync(join(folder, 't.txt'), `${lines.join('\n')}\n`)
  const documents = ['--architecture', 'pv-dbow', '--objective', 'hierarchical-softmax']
  for (const args of [
    ['-o', 'm.safetensors', '--window', '1', ...size, '20'],
    ['-o', 'd.safetensors', ...documents, ...size, '3'],
  ]) {
    const { code, stderr } = await run('train', 't.txt', '--threads', '1', '-q', ...args)
    assert.equal(code, 0, stderr)
  }
})

test('predict lists the words that a context predicts, and the contexts of a word', async () => {
  const { stdout, stderr } = await run('predict', 'm.safetensors', 'bright', '--count', '2')
  assert.equal(stderr, '')
  assert.match(stdout, /^bright\n {2}word +probability +lift\n {2}sun +[78]\d\.\d\d % +\d\.\d+\n {2}\w+/)
  const json = JSON.parse(
    (await run('predict', 'm.safetensors', 'strong', 'hot', '--by', 'lift', '--json')).stdout,
  )
  assert.deepEqual(json.context, ['strong', 'hot'])
  assert.deepEqual(Object.keys(json.predicted[0]), ['word', 'probability', 'lift'])
})

test('a document predicts its words by its name', async () => {
  const of = ['--documents', 'd.documents.safetensors', '--document']
  const { code, stdout, stderr } = await run('predict', 'd.safetensors', ...of, '1')
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^\(document 1\)\n/)
  const none = await run('predict', 'd.safetensors', ...of, 'x')
  assert.equal(none.code, 65)
  assert.match(
    none.stderr,
    /d\.documents\.safetensors: no document is named "x"; expected a name such as "1"/,
  )
})

test('what predict cannot do is told in sentences', async () => {
  const converted = await run('convert', 'm.safetensors', 'm.vec')
  assert.match(
    converted.stderr,
    /word2vec-text has no room for counts and output vectors; safetensors keeps them, from which predict and infer work\n/,
  )
  for (const [args, code, says] of [
    [
      ['m.vec', 'tea'],
      64,
      /m\.vec: these vectors came without output vectors; expected .* Take the \.safetensors file that training wrote, as other formats drop output vectors, or train one: wordloom train/,
    ],
    [['m.safetensors', 'tee'], 65, /"tee" is not in the vocabulary/],
    [['d.documents.safetensors', '1'], 64, /If this is the file of documents, give the one of words/],
    [['m.safetensors'], 64, /predict needs <word>/],
    [['m.safetensors', 'tea', '--document', '1'], 64, /only one of them is given/],
    [['d.safetensors', 'tea'], 64, /pv-dbow learns nothing of words from words: only documents predict/],
  ] as const) {
    const ended = await run('predict', ...args)
    assert.match(ended.stderr, says)
    assert.equal(ended.code, code)
  }
  const skipped = await run('predict', 'm.safetensors', 'tee', 'tea', '--unknown', 'skip')
  assert.match(skipped.stderr, /skipped, not in the vocabulary: tee/)
})
