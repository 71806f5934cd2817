import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { load } from 'wordloom'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const run = (...args: string[]) => wordloom(args, { cwd: folder })
const size = ['--dimensions', '8', '--epochs', '1']

before(async () => {
  writeFileSync(join(folder, 't.txt'), 'alpha beta gamma delta epsilon zeta eta theta\n'.repeat(60))
  for (const architecture of ['pv-dm', 'skip-gram']) {
    const args = [
      'train',
      't.txt',
      '-o',
      `${architecture}.safetensors`,
      '--architecture',
      architecture,
      ...size,
    ]
    const { code, stderr } = await run(...args)
    assert.equal(code, 0, stderr)
  }
})

test('documents are written where the model that goes on learns them, and no option says so', async () => {
  const model = ['--continue', 'pv-dm.safetensors', '--epochs', '1']
  const beside = await run('train', 't.txt', ...model, '-o', 'n.safetensors')
  assert.equal(beside.code, 0, beside.stderr)
  assert.match(beside.stdout, /\nwrote {3}n\.documents\.safetensors \(60 documents, by their lines\)\n$/)
  assert.equal((await load(join(folder, 'n.documents.safetensors'))).size, 60)

  const named = await run(
    'train',
    't.txt',
    ...model,
    '-o',
    'n2.safetensors',
    '--documents',
    'd.vec',
    '--json',
  )
  assert.equal(named.code, 0, named.stderr)
  const facts = JSON.parse(named.stdout)
  assert.deepEqual([facts.documents, facts.documentsOutput], [60, 'd.vec'])
  assert.equal((await load(join(folder, 'd.vec'))).size, 60)
})

test('documents are named by their tags, in columns or in JSON, and several tags learn as in code', async () => {
  const text = 'alpha beta gamma delta'
  const kinds = ['sea', 'sky', 'farm']
  const tags = (i: number) => [kinds[i % 3]!, `d${i}`]
  const lines = Array.from({ length: 60 }, (_, i) => i)
  writeFileSync(join(folder, 'tags.tsv'), lines.map(i => `${tags(i).join(',')}\t${text}\n`).join(''))
  writeFileSync(
    join(folder, 'tags.jsonl'),
    lines.map(i => `${JSON.stringify({ tags: tags(i), text })}\n`).join(''),
  )
  const args = ['--architecture', 'pv-dbow', ...size]
  const columns = await run('train', 'tags.tsv', '--tags', 'columns', ...args, '-o', 'columns.safetensors')
  assert.equal(columns.code, 0, columns.stderr)
  assert.match(columns.stdout, /\nwrote {3}columns\.documents\.safetensors \(63 tags of documents\)\n$/)
  const json = await run('train', 'tags.jsonl', '--tags', 'json', ...args, '-o', 'json.safetensors', '--json')
  assert.deepEqual([JSON.parse(json.stdout).documents, JSON.parse(json.stdout).tagged], [63, true])
  const [a, b] = await Promise.all(
    ['columns', 'json'].map(name => load(join(folder, `${name}.documents.safetensors`))),
  )
  assert.deepEqual(a!.vector('sky'), b!.vector('sky'))
  const nearest = await run('nearest', 'json.documents.safetensors', 'sea', '-n', '2')
  assert.match(nearest.stdout, /^sea\n {2}(sky|farm|d\d+) /)
})

test('phrases are joined in documents, and in what is asked of them; without them a warning tells', async () => {
  writeFileSync(
    join(folder, 'york.txt'),
    'new york is old\nold york is new\nin new york it is new\n'.repeat(20),
  )
  writeFileSync(join(folder, 'asked.txt'), 'new york\n')
  const phrases = ['--phrases', 'york.json']
  await run('phrases', 'york.txt', '--threshold', '0.5', '--min-count', '20', '-o', 'york.json')
  const args = ['--architecture', 'pv-dm', '--subsampling', '0', ...size]
  const trained = await run('train', 'york.txt', ...phrases, ...args, '-o', 'york.safetensors')
  assert.equal(trained.code, 0, trained.stderr)
  const { vocabulary } = await load(join(folder, 'york.safetensors'))
  assert.ok(vocabulary.idOf('new_york') !== undefined)
  const says =
    /^wordloom: the model was trained on text with \d phrases? joined, and here none are: give them with --phrases\n$/
  for (const verb of ['sentences', 'infer']) {
    const asked = [verb, 'york.safetensors', 'asked.txt', '-o', `${verb}.safetensors`]
    const more = verb === 'sentences' ? ['--pooling', 'mean'] : []
    const joined = await run(...asked, ...more, ...phrases)
    assert.deepEqual([joined.code, joined.stderr], [0, ''])
    const first = (await load(join(folder, `${verb}.safetensors`))).matrix.data.slice(0, 8)
    const plain = await run(...asked, ...more)
    assert.equal(plain.code, 0)
    assert.match(plain.stderr, says)
    assert.notDeepEqual((await load(join(folder, `${verb}.safetensors`))).matrix.data.slice(0, 8), first)
    if (verb === 'sentences')
      assert.deepEqual(first, (await load(join(folder, 'york.safetensors'))).vector('new_york')!)
    const none = await run(...asked, '--phrases', 'none.json')
    assert.deepEqual([none.code, /none\.json: no such file/.test(none.stderr)], [66, true], none.stderr)
  }
})

test('tags that cannot be meant are refused before anything is learned', async () => {
  writeFileSync(join(folder, 'spaced.tsv'), 'the sea\talpha beta\nsky\tbeta alpha\n'.repeat(5))
  const names = readdirSync(folder)
  const args = ['--tags', 'columns', '-o', 'x.safetensors', ...size]
  for (const [more, code, says] of [
    [['spaced.tsv'], 64, /it has tags, and no vectors of documents are learned\. Set --architecture to one/],
    [['t.txt', '--architecture', 'pv-dm'], 65, /t\.txt: line 1: there is no tab in it/],
    [['--demo'], 64, /--demo brings its own text, which has no tags/],
    [
      ['spaced.tsv', '--architecture', 'pv-dm', '--documents', 'd.vec'],
      65,
      /d\.vec: the word "the sea" has a space/,
    ],
  ] as const) {
    const ended = await run('train', ...args, ...more)
    assert.match(ended.stderr, says)
    assert.equal(ended.code, code)
  }
  assert.deepEqual(readdirSync(folder), names)
})

test('documents of a model that learns none are refused, and so is a file of theirs that is a text, too', async () => {
  const names = readdirSync(folder)
  const args = ['train', 't.txt', '--continue', 'skip-gram.safetensors', '-o', 'o.safetensors']
  const none = await run(...args, '--documents', 'o.documents.vec')
  assert.equal(none.code, 64, none.stderr)
  assert.match(
    none.stderr,
    /--documents is for an architecture that learns documents, and --architecture is skip-gram\. Take --architecture pv-dm/,
  )
  writeFileSync(join(folder, 'o.documents.txt'), 'alpha beta\n')
  const text = await run('train', 'o.documents.txt', '--continue', 'pv-dm.safetensors', '-o', 'o.txt')
  assert.equal(text.code, 64, text.stderr)
  assert.match(text.stderr, /o\.documents\.txt: it is named twice/)
  assert.deepEqual(readdirSync(folder).sort(), [...names, 'o.documents.txt'].sort())
})

test('what an output cannot hold is refused before the text is read, and nothing is left', async () => {
  const names = readdirSync(folder)
  writeFileSync(join(folder, 'v.txt'), 'alpha\t200\nmade up\t50\nbeta\t200\n')
  writeFileSync(join(folder, 'latin1.txt'), Buffer.from('alpha\t200\nbl\xe4u\t50\nbeta\t200\n', 'latin1'))
  for (const [args, code, says] of [
    [['none.txt', '--vocabulary', 'v.txt', '-o', 'x.vec'], 65, /x\.vec: the word "made up" has a space/],
    [['none.txt', '--vocabulary', 'v.txt', '-o', 'x.bin.gz'], 65, /x\.bin\.gz: the word "made up"/],
    [['none.txt', '--vocabulary', 'latin1.txt', '-o', 'x.parquet'], 65, /x\.parquet: .* is not UTF-8/],
  ] as const) {
    const ended = await run('train', ...args)
    assert.match(ended.stderr, says)
    assert.equal(ended.code, code)
  }
  assert.deepEqual(readdirSync(folder).sort(), [...names, 'latin1.txt', 'v.txt'].sort())
})

test('words that a list of words cannot hold are refused before training', async () => {
  const { save, train } = await import('wordloom')
  const sentences = Array.from({ length: 40 }, () => ['alpha', 'beta', 'line\nbreak'])
  const { vectors } = await train(sentences, { minCount: 1, dimensions: 4, epochs: 1, subsampling: 0 })
  await save(vectors, join(folder, 'breaks.safetensors'))
  const args = ['t.txt', '--continue', 'breaks.safetensors', '-o', 'y.safetensors', '--epochs', '100000']
  const { code, stderr } = await run('train', ...args, '--save-vocabulary', 'y.txt')
  assert.equal(code, 65, stderr)
  assert.match(stderr, /y\.txt: the word "line\\nbreak" does not fit on a line/)
})
