import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { plantedText } from './planted-text.js'
import { folder, json, run, size } from './trained-folder.js'
import { wordloom } from './wordloom.js'

test('signs and --together make one sum', async () => {
  const [sum] = await json('nearest', 'v.safetensors', 'cat', '-red', 'dog')
  assert.deepEqual([sum.plus, sum.minus], [['cat', 'dog'], ['red']])
  const both = await json('nearest', 'v.safetensors', 'cat', 'dog', '--together', '--limit', '32', '-n', '3')
  assert.equal(both.length, 1)
  assert.equal(both[0].nearest.length, 3)
  const { stdout } = await run('nearest', 'v.safetensors', 'cat', '--minus', 'red')
  assert.match(stdout, /^cat − red\n/)
})

test('words have weights, and answers a vocabulary and a threshold', async () => {
  const [sum] = await json(
    'nearest',
    'v.safetensors',
    'cat:2',
    '+dog',
    '-red:0.5',
    '--among',
    'cow,blue,horse',
  )
  assert.deepEqual([sum.plus, sum.plusWeights, sum.minusWeights], [['cat', 'dog'], [2, 1], [0.5]])
  assert.deepEqual(sum.nearest.map(({ word }: { word: string }) => word).sort(), ['blue', 'cow', 'horse'])
  const { stdout } = await run('nearest', 'v.safetensors', 'cat:2', '+dog', '-red:0.5', '--threshold', '0.9')
  assert.match(stdout, /^2 cat \+ dog − 0.5 red\n/)
  const bounded = await json('nearest', 'v.safetensors', 'cat', '-n', '100', '--threshold', '0.5')
  assert.ok(bounded[0].nearest.every(({ similarity }: { similarity: number }) => similarity >= 0.5))
  const none = await run('nearest', 'v.safetensors', 'cat', '--threshold', '1.5')
  assert.deepEqual([none.code, none.stdout], [0, 'cat\n  (no word)\n'])
  const skipped = await run('nearest', 'v.safetensors', 'cat', 'unheard', '--unknown', 'skip')
  assert.deepEqual(
    [skipped.code, skipped.stderr.trimEnd()],
    [0, 'wordloom: skipped, not in the vocabulary: unheard'],
  )
})

test('similarity and odd-one-out answer in tables and in JSON', async () => {
  const pairs = await json('similarity', 'v.safetensors', 'cat', 'dog', 'red')
  assert.deepEqual(
    pairs.map((pair: { word: string; other: string }) => [pair.word, pair.other]),
    [
      ['cat', 'dog'],
      ['cat', 'red'],
    ],
  )
  assert.ok(pairs[0].similarity > pairs[1].similarity && pairs[0].rank < pairs[1].rank)
  assert.match(
    (await run('similarity', 'v.safetensors', 'cat', 'dog')).stdout,
    /^word +other +similarity +rank\ncat +dog +-?\d\.\d{4} +\d+\n$/,
  )
  const words = ['cat', 'dog', 'red', 'horse']
  const odd = await json('odd-one-out', 'v.safetensors', ...words)
  assert.equal(odd.oddOneOut, 'red')
  assert.equal(odd.centrality.at(-1).word, 'red')
  const { stdout } = await run('odd-one-out', 'v.safetensors', ...words)
  assert.match(stdout, /^red does not go with the others\n/)
})

test('analogy answers by both methods', async () => {
  for (const method of ['add', 'multiply']) {
    const found = await json('analogy', 'v.safetensors', 'cat', 'dog', 'red', '--method', method, '-n', '3')
    assert.deepEqual([found.a, found.b, found.c, found.method], ['cat', 'dog', 'red', method])
    assert.equal(found.answers.length, 3)
  }
  const { stdout } = await run('analogy', 'v.safetensors', 'cat', 'dog', 'red')
  assert.match(stdout, /^cat is to dog as red is to …\n {2}\w+/)
})

test('evaluate puts analogies and word pairs in one table', async () => {
  writeFileSync(
    join(folder, 'questions.txt'),
    ': animals\ncat dog horse cow\n: gram1\nred green blue unknownword\n',
  )
  writeFileSync(join(folder, 'pairs.tsv'), 'cat\tdog\t9\ncat\tred\t1\nred\tblue\t8\nunknownword\tdog\t3\n')
  const [analogies, pairs] = await json('evaluate', 'v.safetensors', 'questions.txt', 'pairs.tsv')
  assert.deepEqual([analogies.total.covered, analogies.total.uncovered], [1, 1])
  assert.deepEqual([pairs.covered, pairs.uncovered], [3, 1])
  assert.ok(pairs.pearson > 0.5)
  const { stdout } = await run('evaluate', 'v.safetensors', 'questions.txt', 'pairs.tsv', '--sections')
  const lines = stdout.trimEnd().split('\n')
  assert.match(lines[0]!, /^analogies +right +95 % +all words +covered +uncovered$/)
  assert.match(lines[1]!, /^questions\.txt +\d+\.\d % +\d+\.\d…\d+\.\d +\d+\.\d % +1 +1$/)
  assert.match(lines[2]!, /^ {2}animals +\d+\.\d % +\d+\.\d…\d+\.\d +\d+\.\d % +1 +0$/)
  assert.match(lines.at(-2)!, /^word pairs +Spearman +95 % +Pearson +covered +uncovered$/)
  assert.match(lines.at(-1)!, /^pairs\.tsv +\d\.\d{3} +-?\d\.\d\d…\d\.\d\d +\d\.\d{3} +3 +1$/)
})

test('a folder of sets is one table, and two models are held against each other', async () => {
  mkdirSync(join(folder, 'sets/more'), { recursive: true })
  writeFileSync(join(folder, 'sets/questions.txt'), 'cat dog horse cow\nred green blue cat\n')
  writeFileSync(join(folder, 'sets/more/pairs.tsv'), 'cat\tdog\t9\ncat\tred\t1\nred\tblue\t8\n')
  writeFileSync(join(folder, 'sets/README.md'), 'These are questions that nobody asked.\n')
  const found = await run('evaluate', 'v.safetensors', 'sets', '--baseline', '--json')
  assert.match(found.stderr, /^wordloom: left out: .*README\.md: line 1: .* expected analogies/)
  const results = JSON.parse(found.stdout)
  assert.deepEqual(
    results.map((result: { kind: string }) => result.kind),
    ['similarity', 'analogies'],
  )
  assert.ok('accuracy' in results[1].baseline && 'spearman' in results[0].baseline)
  const named = await run('evaluate', 'v.safetensors', 'sets/README.md')
  assert.equal(named.code, 65)
  for (const flags of [['--against', 'v.safetensors'], ['--center'], ['--all-but-the-top', '2']]) {
    const paired = await json('evaluate', 'v.safetensors', 'sets', ...flags)
    assert.deepEqual(
      paired.map((result: { common: number }) => result.common),
      [3, 2],
    )
    if (flags[0] === '--against') assert.deepEqual([paired[1].difference, paired[1].p], [0, 1])
  }
  const { stdout } = await run('evaluate', 'v.safetensors', 'sets', '--center')
  assert.match(stdout, /^set +before +after +change +95 % +p +common\npairs\.tsv /)
  const both = await run('evaluate', 'v.safetensors', 'sets', '--center', '--against', 'v.safetensors')
  assert.equal(both.code, 64)
  assert.match(
    (await run('convert', 'v.safetensors', 'c.bin', '--all-but-the-top', '16')).stderr,
    /from 1 to 15/,
  )
})

test('compare tells what moved, and nearest what several models find', async () => {
  const again = ['train', 'text.txt', '-o', 'seed2.safetensors', ...size, '--seed', '2', '--quiet']
  assert.equal((await run(...again)).code, 0)
  const facts = await json('compare', 'v.safetensors', 'seed2.safetensors', '-n', '4', '--neighbors', '5')
  assert.deepEqual([facts.common, facts.changes.length], [32, 4])
  assert.ok(facts.cosineAfter > facts.cosineBefore + 0.3, JSON.stringify(facts))
  const { stdout } = await run('compare', 'v.safetensors', 'seed2.safetensors', 'cat', 'red')
  assert.match(stdout, /^32 common words: .*\n\nword +drift +kept +lost +gained\ncat +0\.\d{3} +\d+\/10 /)
  assert.ok(
    stdout.split('\n').every(line => line.length <= 80),
    stdout,
  )
  const [cat] = await json('nearest', 'v.safetensors', 'cat', '--also', 'seed2.safetensors', '-n', '3')
  assert.ok(cat.nearest.every(({ models }: { models: number }) => models === 2))
  const table = await run('nearest', 'v.safetensors', 'cat', '--also', 'seed2.safetensors', '-n', '1')
  assert.match(
    table.stdout,
    /^cat\n {2}word +mean +range +models\n {2}\w+ +\d\.\d{4} +\d\.\d\d…\d\.\d\d +[12]\/2\n$/,
  )
  const odd = await run('compare', 'v.safetensors', 'seed2.safetensors', 'nobody')
  assert.deepEqual([odd.code, odd.stdout], [65, ''])
})

test('convert goes through every format and comes back the same', async () => {
  const steps = [
    'v.bin',
    'v.txt',
    'v.npy',
    'v.parquet',
    'vectors.tsv',
    'v.glove',
    'v.vec.gz',
    'back.safetensors',
  ]
  for (const [i, output] of steps.entries()) {
    const facts = await json('convert', i === 0 ? 'v.safetensors' : steps[i - 1]!, output)
    assert.deepEqual([facts.output, facts.words, facts.dimensions], [output, 32, 16])
  }
  const near = (file: string) => json('nearest', file, 'cow')
  assert.deepEqual(await near('back.safetensors'), await near('v.safetensors'))
  const limited = await run('convert', 'v.safetensors', 'few.dat', '--to', 'word2vec-text', '--limit', '3')
  assert.equal(limited.stdout, '3 words × 16 dimensions → few.dat (word2vec-text)\n')
  assert.match(readFileSync(join(folder, 'few.dat'), 'utf8'), /^3 16\nthe /)
  writeFileSync(join(folder, 'list.txt'), 'cow\r\nunicorn\n\nthe\n')
  const listed = await run('convert', 'v.safetensors', 'two.txt', '--words', 'list.txt')
  assert.equal(listed.stdout, '2 words × 16 dimensions → two.txt (word2vec-text)\n')
  assert.match(listed.stderr, /1 of the 3 words asked for is not in it/)
})

test('text from standard input, gzipped, with a given vocabulary, gives the same vectors', async () => {
  const input = gzipSync(plantedText(6000))
  const args = ['train', '-', '-o', 'again.bin', '--vocabulary', 'words.txt', ...size, '--quiet']
  const ended = await wordloom(args, { cwd: folder, input })
  assert.deepEqual(ended, { code: 0, stdout: '', stderr: '' })
  const near = (file: string) => json('nearest', file, 'cow')
  assert.deepEqual(await near('again.bin'), await near('v.safetensors'))
})

test('equations check agrees with right numbers and names wrong ones', async () => {
  // Both words are as likely where the center word's vector is 0: loss ln 2, gradient (½ − 0)·1 + (½ − 1)·2.
  const file = (name: string, gradient: number) => {
    const expected = { loss: Math.LN2, gradV: [[gradient], [0]], gradU: [[0], [0]] }
    const window = { name: 'by hand', center: 0, outside: [1], V: [[0], [0]], U: [[1], [2]] }
    writeFileSync(join(folder, name), JSON.stringify({ cases: [{ ...window, naiveSoftmax: expected }] }))
  }
  file('right.json', -0.5)
  file('wrong.json', -0.25)
  const right = await run('equations', 'check', 'right.json')
  assert.equal(right.code, 0, right.stderr)
  assert.match(right.stdout, /^by hand +2 × 1 .* agrees$/m)
  const wrong = await run('equations', 'check', 'wrong.json', '--json')
  assert.equal(wrong.code, 65)
  assert.equal(JSON.parse(wrong.stdout).cases[0].largestDifference, 0.25)
  assert.match(wrong.stderr, /naiveSoftmax\.gradV\[0\]\[0\] of "by hand", where the file has -0\.25 and/)
})

test('equations check names what it cannot check, checks the rest, and reads columns', async () => {
  const window = { center: 0, outside: [1], V: [[0, 0]], U: [[1, 2]] }
  const naiveSoftmax = { loss: Math.LN2, gradV: [[-0.5, 0]], gradU: [[0, 0]] }
  const file = (...cases: unknown[]) => writeFileSync(join(folder, 'columns.json'), JSON.stringify({ cases }))
  file({ name: 'turned', ...window, naiveSoftmax })
  assert.equal((await run('equations', 'check', 'columns.json', '--convention', 'columns')).code, 0)
  assert.match((await run('equations', 'check', 'columns.json')).stderr, /case "turned"/)
  file(
    { name: 'turned', ...window, naiveSoftmax },
    { name: 'huffman', ...window, hierarchicalSoftmax: { loss: 1 } },
  )
  const { code, stdout, stderr } = await run('equations', 'check', 'columns.json', '--convention', 'columns')
  assert.equal(code, 65)
  assert.match(stdout, /^turned +2 × 1 .* agrees\nhuffman +not checked$/m)
  assert.match(
    stderr,
    /1 of 2 cases cannot be checked; "huffman" has hierarchicalSoftmax, and naiveSoftmax or negativeSampling was expected/,
  )
})

test('equations statements checks all of them, or shows one, in either convention', async () => {
  for (const convention of ['rows', 'columns']) {
    const { code, stdout, stderr } = await run('equations', 'statements', '--convention', convention)
    assert.equal(code, 0, stderr)
    assert.equal(stdout.match(/ holds\b/g)?.length, 44)
    assert.match(stdout, /^4\.2 +slip .* off \(sign\)$/m)
    assert.match(stdout, /44 statements: 21 right, 9 right under a condition, 14 with a slip/)
  }
  const { statements } = JSON.parse((await run('equations', 'statements', '--json')).stdout)
  assert.equal(statements.length, 44)
  assert.ok(statements.every(({ check }: { check: { passed: boolean } }) => check.passed))
  const one = await run('equations', 'statements', '3.12')
  assert.match(one.stdout, /^Statement 3\.10–3\.13: slip\nsays +Only the term w/)
  const none = await run('equations', 'statements', '7.1')
  assert.equal(none.code, 64)
  assert.match(none.stderr, /there is no statement "7\.1"; expected one from 1\.1 to 6\.3/)
})
