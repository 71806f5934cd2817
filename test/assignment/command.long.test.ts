import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder, wordloom } from '../cli/wordloom.js'
import { sentencesText, smallSentences } from './small-treebank.js'

const folder = temporaryFolder()
writeFileSync(join(folder, 'datasetSentences.txt'), sentencesText(smallSentences()))

function assignment(...args: string[]) {
  return wordloom(['assignment', ...args], { cwd: folder })
}

test('the checks are printed and pass; those of the program that loses repeats do not', async () => {
  const [right, losing] = await Promise.all([
    assignment(),
    assignment('--lose-repeats', '--python', '2', '--json'),
  ])
  assert.equal(right.code, 0)
  assert.equal(right.stderr, '')
  assert.match(right.stdout, /negative sampling, 50 windows +\d+\.\d{6} +\d\.\de-1\d +passed/)
  assert.match(right.stdout, /loss +16\.1511928536332\d*\npublished {2}16\.15119285363322 {2}passed/)
  assert.match(
    right.stdout,
    /^c +-4\.54650789 +-1\.85942252 +0\.76397441 +-0\.45528438 +0\.20891737 +1\.58918512$/m,
  )
  assert.ok(!right.stdout.includes('failed'))
  assert.equal(losing.code, 65)
  assert.match(String(JSON.parse(losing.stdout).printed[1].loss), /^14\.3018669326531/)
  assert.match(losing.stderr, /gradient check of negative sampling, most of all at \(\d, \d\)/)
})

test('a run stopped at a checkpoint goes on to the same bytes, and draws its map', async () => {
  const whole = await assignment(
    '--treebank',
    '.',
    '--iterations',
    '60',
    '--checkpoint',
    'whole',
    '--map',
    'a.svg',
  )
  assert.equal(whole.code, 0, whole.stderr)
  assert.match(
    whole.stdout,
    /^iteration {2}smoothed loss\n +10 +\d+\.\d{6}\n +60 +\d+\.\d{6}\n200 sentences, \d+ words/,
  )
  await assignment('--treebank', 'datasetSentences.txt', '--iterations', '25', '--checkpoint', 'part')
  const run = ['--treebank', '.', '--resume', 'part', '--checkpoint', 'part', '--iterations', '60', '--json']
  const resumed = JSON.parse((await assignment(...run)).stdout)
  assert.deepEqual(
    [resumed.sentences, resumed.checkpoint, resumed.losses.at(-1).iteration],
    [200, 'part', 60],
  )
  assert.ok(readFileSync(join(folder, 'part')).equals(readFileSync(join(folder, 'whole'))))
  assert.match(readFileSync(join(folder, 'a.svg'), 'utf8'), />queen<\/text>/)
})

test('what cannot be meant is refused before anything is done', async () => {
  await assignment('--treebank', '.', '--iterations', '20', '--checkpoint', 'short')
  const mistakes: [string[], number, RegExp][] = [
    [['--iterations', '5'], 64, /--iterations is for the training run\. Add --treebank/],
    [['--treebank', '.', '--python', '2'], 64, /Python 3/],
    [['--treebank', '.', '--map', 'a.png'], 64, /--map is a\.png; expected a name that ends in \.svg/],
    [['--treebank', '.', '--map', 'b.svg', '--checkpoint', './b.svg'], 64, /named twice/],
    [['--treebank', '.', '--checkpoint', 'datasetSentences.txt'], 64, /named twice/],
    [
      ['--treebank', '.', '--resume', 'short', '--iterations', '10'],
      64,
      /short stands at iteration 20, and --iterations is 10/,
    ],
    [
      ['--treebank', '.', '--resume', 'short', '--lose-repeats'],
      64,
      /keeps repeats\. Leave out --lose-repeats/,
    ],
    [['--treebank', '.', '--resume', 'datasetSentences.txt'], 65, /not a whole checkpoint/],
    [['--treebank', 'nowhere'], 66, /nowhere/],
    [['--treebank', '.', '--checkpoint', 'no/such/folder'], 74, /does not exist/],
  ]
  const ends = await Promise.all(mistakes.map(([args]) => assignment(...args)))
  ends.forEach(({ code, stdout, stderr }, i) => {
    assert.equal(stdout, '', mistakes[i][0].join(' '))
    assert.match(stderr, mistakes[i][2])
    assert.equal(code, mistakes[i][1])
  })
})
