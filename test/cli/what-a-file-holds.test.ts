import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { load } from '#formats/index'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })

before(async () => {
  writeFileSync(join(folder, 't.txt'), 'alpha beta gamma delta epsilon zeta\n'.repeat(100))
  const { code } = await run(
    ...['train', 't.txt', '-o', 's.safetensors', '--subwords', '--buckets', '500', '--dimensions', '4'],
    ...['--epochs', '1', '--threads', '1', '--subsampling', '0', '--quiet'],
  )
  assert.equal(code, 0)
  writeFileSync(join(folder, 'plain.vec'), '3 2\na 1 0\nb 1 0.1\nc 0 1\n')
})

test('info says what a file holds and how it was made', async () => {
  const { stdout } = await run('info', 's.safetensors')
  assert.match(stdout, /^s\.safetensors\nwords +6\ndimensions +4\nfirst words +alpha /)
  assert.match(stdout, /\ntokens +600\n/)
  assert.match(stdout, /\nsub-words +3 to 6 characters\n/)
  assert.match(stdout, /\noptions\n {2}dimensions +4\n/)
  const card = JSON.parse((await run('info', 's.safetensors', '--json')).stdout)
  assert.deepEqual([card.words, card.dimensions, card.tokens, card.precision], [6, 4, 600, 'float32'])
  assert.deepEqual(card.subwords, { minNgram: 3, maxNgram: 6, buckets: 500 })
  assert.equal(card.metadata.options.epochs, 1)
  const plain = JSON.parse((await run('info', 'plain.vec', '--json')).stdout)
  assert.deepEqual([plain.tokens, plain.subwords, plain.metadata], [null, null, {}])
})

test('ngrams lists the parts of a word, whose mean is the vector of an unknown one', async () => {
  const parts = JSON.parse((await run('ngrams', 's.safetensors', 'alphabet', '--json')).stdout)
  assert.equal(parts[0].ngram, '<al')
  const vector = (await load(join(folder, 's.safetensors'))).vector('alphabet')!
  for (const [i, x] of vector.entries()) {
    const sum = parts.reduce((total: number, part: { vector: number[] }) => total + part.vector[i]!, 0)
    assert.ok(Math.abs(sum / parts.length - x) < 1e-6)
  }
  const { stdout } = await run('ngrams', 's.safetensors', 'alphabet')
  assert.equal(stdout.split('\n')[0], `<al ${parts[0].vector.join(' ')}`)
  const { code, stderr } = await run('ngrams', 'plain.vec', 'a')
  assert.equal(code, 65)
  assert.match(stderr, /Cannot list n-grams: plain\.vec: these vectors have no sub-words/)
})

test('classes has a number for each word, near words have the same, and a seed gives the same file', async () => {
  const { stdout } = await run('classes', 'plain.vec', '-o', 'c.txt', '--classes', '2')
  assert.equal(stdout, '3 words in 2 classes → c.txt\n')
  const lines = readFileSync(join(folder, 'c.txt'), 'utf8')
  const ofWord = new Map(
    lines
      .trim()
      .split('\n')
      .map(line => line.split(' ') as [string, string]),
  )
  assert.equal(ofWord.get('a'), ofWord.get('b'))
  assert.notEqual(ofWord.get('a'), ofWord.get('c'))
  await run('classes', 'plain.vec', '-o', 'again.txt', '--classes', '2')
  assert.equal(readFileSync(join(folder, 'again.txt'), 'utf8'), lines)
  await run('classes', 'plain.vec', '-o', 'all.txt', '--classes', '50')
  assert.equal(readFileSync(join(folder, 'all.txt'), 'utf8').trim().split('\n').length, 3)
  assert.equal((await run('classes', 'plain.vec', '-o', 'c.txt', '--classes', '2001')).code, 64)
  assert.equal((await run('classes', 'plain.vec')).code, 64)
})
