import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { expandSigns } from '#cli/terminal/signs'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)

test('a list of words is taken byte for byte, blanks of text included', async () => {
  write('blank.vec', '2 2\nthe 1 0.5\n\u00a0 0.5 1\n')
  write('blank.list', '\ufeffthe\r\n\u00a0\n\n \t\n')
  const blank = await run('convert', 'blank.vec', 'o.glove', '--words', 'blank.list')
  assert.deepEqual([blank.stderr, blank.stdout.slice(0, 8)], ['', '2 words '])
  write('inv.vec', Buffer.from('3 2\nab\xff 1 0.5\nab\xfe -1 2\nfine 0 1\n', 'latin1'))
  write('inv.list', Buffer.from('ab\xff\nfine\n', 'latin1'))
  const invalid = await run('convert', 'inv.vec', 'o.glove', '--words', 'inv.list')
  assert.deepEqual([invalid.stderr, invalid.stdout.slice(0, 8)], ['', '2 words '])
  write('none.list', ' \n\n')
  assert.match(
    (await run('convert', 'inv.vec', 'o.glove', '--words', 'none.list')).stderr,
    /no word is in it/,
  )
})

test('a word that begins with a sign is found as it is written', async () => {
  write('dash.vec', '4 2\n-LRB- 1 0\n-lrb- 1 0.1\nman 0 1\nking 1 1\n')
  assert.match((await run('nearest', 'dash.vec', '-LRB-', '-n', '1')).stdout, /^-LRB-\n {2}-lrb- /)
  assert.match((await run('nearest', 'dash.vec', '--plus', '-LRB-', '-n', '1')).stdout, /^-LRB-\n {2}-lrb- /)
  assert.match((await run('nearest', 'dash.vec', 'king', '-man', '-n', '1')).stdout, /^king − man\n/)
  assert.deepEqual(expandSigns(['nearest', 'f', '--minus', '-x', '--plus', 'y', '--json']), [
    'nearest',
    'f',
    '--minus=-x',
    '--plus',
    'y',
    '--json',
  ])
})

test('lines of sentences come out as they went in, and what has no vector is told', async () => {
  write('s.glove', 'good 1 0\nfilm 0 1\n')
  write('lines.txt', 'good film\n\nunknown\nfilm\n')
  const printed = await run('sentences', 's.glove', 'lines.txt', '--pooling', 'mean')
  assert.equal(printed.stdout, '0.5 0.5\n0 0\n0 0\n0 1\n')
  assert.match(
    printed.stderr,
    /^wordloom: 2 of 4 sentences have no word with a vector, and zeros for a vector\n$/,
  )
  write('again.txt', 'film\n\nfilm\n\ngood\n')
  const kept = await run('sentences', 's.glove', 'again.txt', '--pooling', 'mean', '-o', 'l.safetensors')
  assert.match(kept.stderr, /^wordloom: lines left out: 2 blank, 1 that came before\n$/)
  assert.match(kept.stdout, /^2 sentences, 2 with known words/)
})

test('sentences that are not UTF-8 are told, unless their encoding is named', async () => {
  write('s.glove', 'good 1 0\nfilm 0 1\n')
  write('latin1.txt', Buffer.from('good König film\n', 'latin1'))
  const untold = await run('sentences', 's.glove', 'latin1.txt', '--pooling', 'mean')
  assert.match(
    untold.stderr,
    /latin1\.txt: 1 of the first 16 bytes \(6\.3 %\) are not UTF-8, and split words/,
  )
  const sentence = await run('sentences', 's.glove', 'good film', '--pooling', 'mean')
  assert.match(
    sentence.stderr,
    /or give a sentence on standard input: echo SENTENCE \| wordloom sentences VECTORS/,
  )
  const named = await run('sentences', 's.glove', 'latin1.txt', '--pooling', 'mean', '--encoding', 'latin1')
  assert.equal(named.stderr, '')
})

test('an output never takes the place of its input', async () => {
  write('edges.tsv', 'a\tb\t2\nb\tc\t1\n')
  write('corpus.txt', 'a b\nb c\n')
  for (const verb of [
    ['walks', 'edges.tsv', '-o', 'edges.tsv'],
    ['phrases', 'corpus.txt', '-o', 'corpus.txt'],
    ['convert', 's.glove', 's.glove'],
  ]) {
    const { code, stderr } = await run(...verb)
    assert.equal(code, 64, verb.join(' '))
    assert.match(stderr, /is named twice, to be read and to be written/)
  }
})
