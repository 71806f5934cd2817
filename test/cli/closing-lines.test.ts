import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
writeFileSync(join(folder, 'v.vec'), '3 2\na 1 2\nb 3 4\nc 0.5 -1\n')
writeFileSync(join(folder, 'text.txt'), 'a b c a b c\nb c a b\n'.repeat(40))

const run = (...args: string[]) => wordloom(args, { cwd: folder })

test('the closing line names each file that was written', async () => {
  const convert = async (...args: string[]) => (await run('convert', 'v.vec', ...args)).stdout
  assert.match(await convert('x.npy'), /→ x\.npy and x\.words\.txt \(npy\)/)
  assert.match(await convert('vectors.tsv.gz'), /→ vectors\.tsv\.gz and metadata\.tsv \(projector\)/)
  assert.match(
    await convert('m.safetensors', '--to', 'model2vec'),
    /→ m\.safetensors, config\.json and tokenizer\.json \(model2vec\)/,
  )
  assert.match(await convert('plain.txt'), /→ plain\.txt \(word2vec-text\)/)
  const sentences = await run('sentences', 'v.vec', 'text.txt', '-o', 's.npy', '--pooling', 'mean')
  assert.match(sentences.stdout, /→ s\.npy and s\.words\.txt\n$/)
  const options = ['--architecture', 'pv-dm', '--dimensions', '4', '--min-count', '1']
  const training = [...options, '--epochs', '2', '--subsampling', '0']
  const trained = await run('train', 'text.txt', '-o', 't.npy', '--documents', 'd.tsv', ...training)
  assert.match(
    trained.stdout,
    /wrote {3}t\.npy and t\.words\.txt\nwrote {3}d\.tsv and d\.metadata\.tsv \(80 documents/,
  )
})

test('a format other than that of the ending is told by each verb, but not where people name files so', async () => {
  const told = 'x.safetensors is written as npy, as --format says; its ending names safetensors'
  const sentences = ['sentences', 'v.vec', 'text.txt', '-o', 'x.safetensors', '--format', 'npy']
  for (const args of [
    sentences,
    ['join', 'v.vec', 'v.vec', '-o', 'x.safetensors', '--format', 'npy'],
    ['train', 'text.txt', '-o', 'x.safetensors', '--format', 'npy', '--min-count', '1', '--epochs', '1'],
  ])
    assert.ok((await run(...args)).stderr.includes(told), args[0])
  const other = await run('convert', 'v.vec', 'x.safetensors', '--to', 'npy')
  assert.match(other.stderr, /is written as npy, as --to says/)
  for (const [name, format] of [
    ['y.txt', 'glove'],
    ['y.safetensors', 'model2vec'],
    ['y.bin', 'fasttext'],
    ['y.out', 'npy'],
    ['-', 'glove'],
  ] as const)
    assert.equal(
      (await run('convert', 'v.vec', name, '--to', format)).stderr.includes('its ending names'),
      false,
    )
})

test('errors call - standard input or standard output', async () => {
  const input = await wordloom(['convert', 'v.vec', 'x.vec', '--words', '-'], { cwd: folder, input: '' })
  assert.equal(
    input.stderr,
    'wordloom: Cannot read standard input: no word is in it; expected words, one a line.\n',
  )
  const json = await wordloom(['map', 'v.vec', '-o', 'm.html', '--color', '-'], { cwd: folder, input: '' })
  assert.doesNotMatch(json.stderr, /Cannot \w+ -[:,]/)
})
