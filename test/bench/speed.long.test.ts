import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Random } from '#math/random'

const program = fileURLToPath(new URL('../../bench/main.js', import.meta.url))
let folder: string

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'wordloom-test-'))
  writeFileSync(join(folder, 'corpus.txt'), Array.from(sentences(3000)).join('\n'))
})

after(() => rmSync(folder, { recursive: true }))

function* sentences(count: number): Generator<string> {
  for (let s = 0; s < count; s++) {
    const random = new Random(5, s)
    yield Array.from({ length: 12 }, () => `w${random.below(200)}`).join(' ')
  }
}

function bench(...args: string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
}

test('bench speed trains every variant in every round and prints a table of them', () => {
  const json = join(folder, 'speed.json')
  const { status, stdout, stderr } = bench(
    ...['speed', '--corpus', join(folder, 'corpus.txt'), '--rounds', '2', '--dimensions', '8,12'],
    ...['--schedule', 'blocks,windows', '--json', json],
  )
  assert.equal(status, 0, stderr)
  const rows = stdout.split('\n').filter(line => line.startsWith('|'))
  assert.equal(rows.length, 2 + 4)
  assert.match(rows[0]!, /dimensions \| schedule \| kw\/s of CPU/)
  assert.match(stdout, /36,000 tokens, 36,000 of them in a vocabulary of 200/)
  const { results } = JSON.parse(readFileSync(json, 'utf8'))
  assert.deepEqual(
    results.map((one: { rounds: unknown[] }) => one.rounds.length),
    [2, 2, 2, 2],
  )
})

test('bench text reads a text plain and packed, on one thread and on two', () => {
  const { status, stdout, stderr } = bench('text', '--corpus', join(folder, 'corpus.txt'), '--rounds', '1')
  assert.equal(status, 0, stderr)
  const rows = stdout.split('\n').filter(line => line.startsWith('|'))
  assert.equal(rows.length, 2 + 4)
  assert.match(rows[0]!, /system +\| MB\/s of CPU \| × last/)
})

test('bench says what it lacks, with the exit codes of the command line', () => {
  const missing = bench('speed', '--corpus', join(folder, 'nowhere.txt'))
  assert.equal(missing.status, 66)
  assert.match(missing.stderr, /nowhere\.txt: there is no such file; give a text with --corpus/)
  assert.equal(bench('speed', '--simd', 'wide').status, 64)
  assert.equal(bench('speed', '--fast').status, 64)
  assert.equal(bench('sped').status, 64)
})
