import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { plantedText } from './planted-text.js'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })
const made = 'wordloom: not in the vocabulary, made from sub-words: '

before(async () => {
  writeFileSync(join(folder, 'text.txt'), plantedText(2000))
  const size = ['--dimensions', '8', '--epochs', '2', '--threads', '1', '--quiet']
  const { code, stderr } = await run(
    'train',
    'text.txt',
    '-o',
    'v.bin',
    ...size,
    '--subwords',
    '--buckets',
    '900',
  )
  assert.deepEqual([code, stderr], [0, ''])
})

test('unknown words are answered by their sub-words, and the verbs say so', async () => {
  const nearest = await run('nearest', 'v.bin', 'horses', 'cat', 'horses')
  assert.deepEqual([nearest.code, nearest.stderr], [0, `${made}horses\n`])
  assert.match(nearest.stdout, /^horses\n/)
  const similarity = await run('similarity', 'v.bin', 'horses', 'horse')
  assert.deepEqual([similarity.code, similarity.stderr], [0, `${made}horses\n`])
  assert.equal((await run('odd-one-out', 'v.bin', 'cats', 'dog', 'horse')).stderr, `${made}cats\n`)
  assert.equal((await run('analogy', 'v.bin', 'cats', 'dog', 'horse')).stderr, `${made}cats\n`)
})

test('--unknown throw and skip do as they do without sub-words', async () => {
  assert.equal((await run('nearest', 'v.bin', 'horses', '--unknown', 'throw')).code, 65)
  const { code, stderr } = await run('nearest', 'v.bin', 'horses', 'cat', '--unknown', 'skip')
  assert.deepEqual([code, stderr], [0, 'wordloom: skipped, not in the vocabulary: horses\n'])
})

test('convert keeps sub-words where the format can, and else says in a sentence that they are lost', async () => {
  const kept = await run('convert', 'v.bin', 'v.safetensors')
  assert.deepEqual([kept.code, kept.stderr], [0, ''])
  assert.match((await run('convert', 'v.safetensors', 'again.bin')).stdout, /again\.bin \(fasttext\)/)
  const lost = await run('convert', 'v.bin', 'v.vec')
  assert.equal(lost.code, 0)
  assert.match(
    lost.stderr,
    /^wordloom: word2vec-text has no room for sub-words.*\nwordloom: word2vec-text has no room for counts and output vectors; .*\n$/,
  )
  assert.equal((await run('nearest', 'v.vec', 'horses')).code, 65)
  const centered = await run('convert', 'v.bin', 'centered.safetensors', '--center')
  assert.match(centered.stderr, /^wordloom: the vectors of sub-words are left out/)
})

test('sub-words that the vectors lack are not made up', async () => {
  await run('convert', 'v.bin', 'plain.vec')
  const { code, stderr } = await run('nearest', 'plain.vec', 'horses', '--unknown', 'subwords')
  assert.equal(code, 64)
  assert.match(stderr, /these vectors have no sub-words/)
})
