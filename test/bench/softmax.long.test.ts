import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Random } from '#math/random'
import { sentencesText } from '../assignment/small-treebank.js'

test('bench softmax prints losses by epoch for both texts, and times by words and form', t => {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const treebank = join(folder, 'datasetSentences.txt')
  const json = join(folder, 'softmax.json')
  const chance = new Random(5, 0)
  const sentences = Array.from({ length: 200 }, () =>
    Array.from({ length: 10 }, () => `w${chance.below(30)}`),
  )
  writeFileSync(treebank, sentencesText(sentences))
  const program = fileURLToPath(new URL('../../bench/main.js', import.meta.url))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...[program, 'softmax', '--treebank', treebank, '--epochs', '2', '--dimensions', '8'],
      ...['--words', '20,50', '--rounds', '1', '--seconds', '0.01', '--json', json],
    ],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  const { results } = JSON.parse(readFileSync(json, 'utf8'))
  assert.equal(results.courses.softmax.length, 3)
  assert.equal(results.courses['negative-sampling'].length, 3)
  assert.ok(
    results.courses.softmax.every(
      (losses: { setAside: { ofScores: number } }) => losses.setAside.ofScores > 0,
    ),
  )
  assert.match(stdout, /pairs of sentences set aside/)
  assert.match(stdout, /\n\| +50 \| kernel, plain SIMD +\| +[\d.]+ \| +[\d.]+ \|\n/)
})
