import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder, wordloom } from '../cli/wordloom.js'

const folder = temporaryFolder()
const tiny = [
  '--vocabulary-sizes',
  '40,20',
  '--negative-samples',
  '1,2,4',
  '--dimensions',
  '3',
  '--seconds',
  '0.1',
]

function cost(...args: string[]) {
  return wordloom(['equations', 'cost', ...args], { cwd: folder })
}

test('the times are printed with their slopes, and drawn', async () => {
  const { code, stdout, stderr } = await cost(...tiny, '--picture', 'cost.svg')
  assert.equal(code, 0, stderr)
  assert.match(
    stdout,
    /^ *\|V\| +naive softmax +batched softmax +sampling, all rows +hierarchical softmax +negative sampling$/m,
  )
  assert.match(stdout, /^ *20( +[\d.]+ [mµn]?s){5}$/m)
  assert.match(stdout, /^ *40( +[\d.]+ [mµn]?s){5}$/m)
  assert.match(stdout, /^ *slope( +-?\d+\.\d\d){5}$/m)
  assert.match(stdout, /^ *K +negative sampling$/m)
  assert.match(stdout, /^ *4 +[\d.]+ [mµn]?s$/m)
  assert.match(stderr, /^Node \d+/)
  assert.match(readFileSync(join(folder, 'cost.svg'), 'utf8'), /^<svg [\s\S]*<\/svg>\n$/)
})

test('as JSON they come with the machine', async () => {
  const report = JSON.parse((await cost(...tiny, '--json')).stdout)
  assert.equal(report.dimensions, 3)
  assert.equal(report.node, process.version)
  assert.ok(report.processor.length > 0)
  assert.equal(report.byVocabulary.length, 5)
  assert.ok(
    report.byNegatives[0].points.every((point: { secondsPerPair: number }) => point.secondsPerPair > 0),
  )
})

test('what cannot be meant is refused before anything is timed', async () => {
  const mistakes: [string[], number, RegExp][] = [
    [['--vocabulary-sizes', '1000'], 64, /expected 2 or more whole numbers from 2 to 1,000,000/],
    [['--vocabulary-sizes', '1,10'], 64, /from 2 to 1,000,000/],
    [['--negative-samples', '5,5'], 64, /--negative-samples is .*; expected 2 or more/],
    [
      ['--negative-samples', '5,x'],
      64,
      /--negative-samples is "5,x"; expected 2 or more whole numbers from 1 to 10,000/,
    ],
    [['--seconds', '0'], 64, /--seconds is "0"/],
    [['--picture', 'cost.png'], 64, /--picture is cost\.png; expected a name that ends in \.svg/],
    [['--picture', 'no/such/cost.svg'], 74, /does not exist/],
    [['--vocabulary-sizes', '10,1000000', '--dimensions', '1000'], 71, /Take fewer of either/],
  ]
  const ends = await Promise.all(mistakes.map(([args]) => cost(...args)))
  ends.forEach(({ code, stdout, stderr }, i) => {
    assert.equal(stdout, '')
    assert.match(stderr, mistakes[i]![2])
    assert.equal(code, mistakes[i]![1], stderr)
  })
})
