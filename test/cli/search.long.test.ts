import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save } from '#formats/index'
import { plantedVectors } from '../search/planted-vectors.js'
import { shell, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const path = join(folder, 'vectors.safetensors')
await save(plantedVectors(400, 12), path)
const small = join(folder, 'small.safetensors')
await save(plantedVectors(40, 12), small)

test('every kind of search answers on the command line, and says what it finds', async () => {
  const plain = await wordloom(['nearest', path, 'w3', 'w9', '-n', '3'])
  for (const kind of ['exact', 'int8', 'product']) {
    const { code, stdout, stderr } = await wordloom([
      'nearest',
      path,
      'w3',
      'w9',
      '-n',
      '3',
      '--search',
      kind,
      '--threads',
      '2',
    ])
    assert.deepEqual([code, stdout], [0, plain.stdout], kind)
    if (kind !== 'exact')
      assert.match(stderr, /search finds \d+\.\d\d % of the 10 nearest \(100 words drawn\)/)
  }
})

test('a graph is built once, kept, and taken from its file', async () => {
  const args = ['nearest', path, 'w3', '--search', 'approximate', '--index', join(folder, 'v.usearch')]
  const built = await wordloom(args)
  assert.match(built.stderr, /a graph of 400 words, built in .* → .*v\.usearch/)
  const kept = await wordloom(args)
  assert.equal(kept.stdout, built.stdout)
  assert.doesNotMatch(kept.stderr, /built/)
})

test('a graph that cannot be written is told, and nothing stands in its place, exit 74', {
  skip: process.platform === 'win32' && 'there is no ulimit here',
}, async () => {
  const index = join(folder, 'none.usearch')
  const args = `nearest ${path} w3 --search approximate --index`
  const full = await shell(`ulimit -f 8; wordloom ${args} ${index}`, folder)
  assert.equal(full.code, 74, full.stderr)
  assert.match(full.stderr, /^wordloom: Cannot write .*none\.usearch: the graph could not be written whole/m)
  assert.doesNotMatch(full.stderr, /→/)
  const absent = await wordloom([...args.split(' '), join(folder, 'absent', 'i.usearch')])
  assert.equal(absent.code, 74, absent.stderr)
  assert.deepEqual(
    readdirSync(folder).filter(name => name.includes('none')),
    [],
  )
})

test('convert makes smaller files, prints the loss and keeps it in them', async () => {
  for (const flags of [
    ['--precision', 'int8'],
    ['--precision', 'pq', '--bytes', '4'],
    ['--dimensions', '6'],
  ]) {
    const small = join(folder, 'small.safetensors')
    const { code, stdout } = await wordloom(['convert', path, small, '--limit', '300', ...flags])
    assert.equal(code, 0)
    assert.match(stdout, /mean cosine to the original 0\.\d{5}, \d+\.\d % of the 10 nearest kept/)
    const { size, metadata } = await load(small)
    assert.equal(size, 300)
    assert.match(metadata.meanCosine!, /^0\.\d{6}$/)
    assert.match(metadata.neighborsKept!, /^[01]\.\d{4}$/)
  }
})

test('flags that do not go together get one sentence', async () => {
  const wrong: [string[], RegExp][] = [
    [['nearest', path, 'w1', '--index', 'x'], /--index keeps a graph/],
    [
      ['nearest', path, 'w1', '--search', 'fast'],
      /--search is "fast"; expected one of exact, int8, product, approximate/,
    ],
    [
      ['nearest', path, 'w1', '--also', small, '--search', 'int8'],
      /--also compares models by exact search on one thread\. Leave --search out/,
    ],
    [['convert', path, join(folder, 'a.bin'), '--precision', 'int8'], /kept by safetensors only/],
    [
      ['convert', path, join(folder, 'a.safetensors'), '--bytes', '3'],
      /--bytes is for vectors that are made smaller\. Add --precision or --dimensions/,
    ],
    [
      ['convert', path, join(folder, 'a.safetensors'), '--seed', '3'],
      /--seed is for vectors that are made smaller/,
    ],
    [['convert', path, join(folder, 'a.safetensors'), '--dimensions', '13'], /from 1 to 12/],
  ]
  for (const [args, message] of wrong) {
    const { code, stderr } = await wordloom(args)
    assert.equal(code, 64)
    assert.match(stderr, message)
    assert.equal(stderr.trim().split('\n').length, 1)
  }
})
