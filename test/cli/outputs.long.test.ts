import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { plantedText } from './planted-text.js'
import { shell, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const file = (name: string) => join(folder, name)
const here = { cwd: folder }
const onWindows = process.platform === 'win32' && 'Windows has no such files'
const vectors = '2 2\ncat 0.5 1\ndog 1 2\n'
const training = ['--dimensions', '8', '--epochs', '1', '--min-count', '1']

before(() => {
  writeFileSync(file('v.vec'), vectors)
  writeFileSync(file('text.txt'), plantedText(300))
  writeFileSync(file('edges.tsv'), 'a\tb\nb\tc\nc\ta\n')
  writeFileSync(file('lines.txt'), 'cat dog\ndog\n')
})

test('a device of its own is written into, never replaced; nothing is put beside it', {
  skip: process.getuid?.() !== 0 && 'only root makes devices',
}, async t => {
  try {
    mkdirSync(file('devices'))
    execFileSync('mknod', ['devices/null', 'c', '1', '3'], here)
    execFileSync('mknod', ['devices/full', 'c', '1', '7'], here)
    writeFileSync(file('devices/null'), 'x')
  } catch {
    return t.skip('no devices can be made here')
  }
  const lines = [
    ['convert', 'v.vec', 'devices/null'],
    ['walks', 'edges.tsv', '-o', 'devices/null'],
    ['phrases', 'text.txt', '-o', 'devices/null', '-q'],
    ['map', 'v.vec', '-o', 'devices/null'],
    ['train', 'text.txt', '-o', 'devices/null', ...training],
    ['equations', 'cost', '--picture', 'devices/null', '--seconds', '0.1', '--vocabulary-sizes', '100,200'],
  ]
  for (const line of lines) {
    const { code, stderr } = await wordloom(line, here)
    assert.equal(code, 0, `${line.join(' ')}: ${stderr}`)
  }
  const full = await wordloom(['convert', 'v.vec', 'devices/full'], here)
  assert.equal(full.code, 74)
  assert.match(full.stderr, /devices\/full: the disk is full/)
  const resumed = await wordloom(['train', 'text.txt', '-o', 'devices/null', '--resume', ...training], here)
  assert.equal(resumed.code, 64)
  assert.match(
    resumed.stderr,
    /no checkpoint lies beside devices\/null, and --resume needs one\. Name one with --checkpoint/,
  )
  assert.deepEqual(readdirSync(file('devices')).sort(), ['full', 'null'])
  for (const name of ['null', 'full']) assert.ok(statSync(file(`devices/${name}`)).isCharacterDevice())
})

test('- is standard output for every verb that writes a file, and what is told goes to standard error', async () => {
  const rows = /^32 8\n(\S+( \S+){8}\n){32}$/
  const lines: [line: string[], stdout: RegExp, stderr: RegExp][] = [
    [['convert', 'v.vec', '-'], /^2 2\ncat 0\.5 1\ndog 1 2\n$/, /→ standard output \(word2vec-text\)/],
    [['convert', 'v.vec', '-', '--to', 'glove'], /^cat 0\.5 1\ndog 1 2\n$/, /\(glove\)/],
    [['convert', 'v.vec', '-', '--json'], /^2 2\ncat/, /^\{"input":"v\.vec","output":"-",/],
    [['train', 'text.txt', '-o', '-', ...training], rows, /wrote {3}standard output/],
    [
      ['train', 'text.txt', '-o', '-', '-q', '--format', 'glove', ...training, '--epochs', '200'],
      /^(\S+( \S+){8}\n){32}$/,
      /^$/,
    ],
    [
      ['train', 'text.txt', '-o', 't.vec', '--save-vocabulary', '-', ...training],
      /^(\S+ \d+\n){32}$/,
      /wrote/,
    ],
    [['walks', 'edges.tsv', '-o', '-'], /^([abc]( [abc])*\n){30}$/, /→ standard output/],
    [['phrases', 'text.txt', '-o', '-', '-q'], /^(\S+( \S+)*\n)+$/, /^$/],
    [
      ['sentences', 'v.vec', 'lines.txt', '-o', '-', '--pooling', 'mean'],
      /^[\s\S]{8}\{"__metadata__"/,
      /2 sentences.* → standard output/,
    ],
    [['map', 'v.vec', '-o', '-'], /^<!doctype html>[\s\S]*<\/html>\s*$/i, /2 words → standard output/],
    [
      ['equations', 'cost', '--picture', '-', '--seconds', '0.1', '--vocabulary-sizes', '100,200'],
      /^<svg[\s\S]*<\/svg>\s*$/,
      /naive softmax/,
    ],
  ]
  for (const [line, out, err] of lines) {
    const { code, stdout, stderr } = await wordloom(line, here)
    assert.equal(code, 0, `${line.join(' ')}: ${stderr}`)
    assert.match(stdout, out, line.join(' '))
    assert.match(stderr, err, line.join(' '))
  }
  assert.deepEqual(
    readdirSync(folder).filter(name => name.startsWith('-') || /lock|checkpoint|partial/.test(name)),
    [],
  )
  const piped = await shell(
    'cat text.txt | wordloom train - -o - --epochs 1 -q | wordloom nearest - cat -n 1',
    folder,
  )
  assert.equal(piped.code, 0, piped.stderr)
  const cut = await shell('wordloom walks edges.tsv --walks-per-node 100000 -o - | head -1', folder)
  assert.deepEqual([cut.code, cut.stderr], [0, ''])
})

test('what needs a file of its own beside it, or twice the same place, is refused for standard output', async () => {
  const refused: [string[], RegExp][] = [
    [
      ['convert', 'v.vec', '-', '--to', 'npy'],
      /Cannot write npy to standard output: this format keeps its words in a second file/,
    ],
    [['convert', 'v.vec', '-', '--to', 'model2vec'], /Cannot write model2vec to standard output/],
    [['train', 'text.txt', '-o', '-', '--map', '-'], /-: it is named twice/],
    [
      ['train', 'text.txt', '-o', '-', '--architecture', 'pv-dm'],
      /Name a place for the vectors of documents with --documents/,
    ],
    [
      ['train', 'text.txt', '-o', '-', '--checkpoint', '-'],
      /--checkpoint is -; expected a plain file, in which a run can be kept/,
    ],
    [['nearest', 'v.vec', 'cat', '--search', 'approximate', '--index', '-'], /--index is -/],
    [
      ['assignment', '--treebank', 'text.txt', '--checkpoint', '-'],
      /--checkpoint is -; expected a plain file, from which a run could go on/,
    ],
  ]
  for (const [line, says] of refused) {
    const { code, stdout, stderr } = await wordloom(line, here)
    assert.equal(code, 64, line.join(' '))
    assert.equal(stdout, '')
    assert.match(stderr, says)
  }
})

test('an output over a file that is read is refused, by whatever name', { skip: onWindows }, async () => {
  symlinkSync('edges.tsv', file('edges-link.tsv'))
  const names = ['v.vec', 'edges.tsv', 'text.txt', 'lines.txt']
  const contents = names.map(name => readFileSync(file(name), 'utf8'))
  for (const line of [
    ['walks', 'edges.tsv', '-o', 'edges.tsv'],
    ['walks', 'edges.tsv', '-o', './edges-link.tsv'],
    ['walks', 'edges-link.tsv', '-o', 'edges.tsv'],
    ['walks', 'edge?.tsv', '-o', 'edges.tsv'],
    ['phrases', 'text.txt', '-o', 'text.txt'],
    ['convert', 'v.vec', 'v.vec', '--limit', '1'],
    ['sentences', 'v.vec', 'lines.txt', '-o', 'lines.txt', '--format', 'glove'],
    ['train', 'text.txt', '-o', 'x.vec', '--save-vocabulary', 'text.txt'],
    ['train', 'edges.tsv', '-o', 'x.npy', '--save-vocabulary', 'x.words.txt'],
  ]) {
    const { code, stderr } = await wordloom(line, here)
    assert.equal(code, 64, line.join(' '))
    assert.match(stderr, /it is named twice/)
  }
  assert.deepEqual(
    names.map(name => readFileSync(file(name), 'utf8')),
    contents,
  )
})
