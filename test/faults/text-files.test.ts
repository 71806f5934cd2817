import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { train } from 'wordloom'
import { withinBounds } from '#files/bounds'
import { row } from '#math/matrix'
import { encodeCorpus, tokenize } from '#text/index'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from '../text/temporary.js'
import { isFullSize, repeated } from './sizes.js'

const small = ['--dimensions', '4', '--epochs', '1', '--subsampling', '0']

test('B1 a text without tokens ends with exit code 65 and no file', async () => {
  const file = temporaryFolder({ 'empty.txt': '', 'blank.txt': ' \t \r\n ', 'lines.txt': '\n\n\n' })
  const before = readdirSync(file())
  for (const [name, says] of [
    ['empty.txt', /it holds nothing/],
    ['blank.txt', /it holds no words/],
    ['lines.txt', /it holds no words/],
  ] as const) {
    const { code, stderr } = await wordloom(['train', name, '-o', 'v.txt'], { cwd: file() })
    assert.match(stderr, says)
    assert.equal(code, 65)
  }
  assert.deepEqual(readdirSync(file()), before)
})

test('B2 one word, only rare words, and fewer words than parts', async () => {
  const one = { lines: Array(50).fill('word word word') }
  await assert.rejects(train(one), {
    code: 'bad-data',
    message: /only one different word; expected at least two/,
  })
  await assert.rejects(train({ lines: ['each word once'] }), {
    message: /3 different words, and none occurs 5 times or more; .* Lower minCount/,
  })
  const two = { lines: Array(50).fill('left right') }
  for (const options of [{ schedule: 'blocks', parts: 64 }, { schedule: 'windows' }] as const) {
    const message =
      /no pair of words to learn from \(subsampling is 0\.001\)\. Set subsampling to 0, which keeps every token/
    await assert.rejects(train(two, { ...options, dimensions: 4 }), { code: 'bad-data', message })
    const { vectors } = await train(two, { ...options, dimensions: 4, epochs: 1, subsampling: 0 })
    assert.equal(vectors.size, 2)
    for (let id = 0; id < 2; id++) assert.ok(row(vectors.matrix, id).every(Number.isFinite))
  }
})

test('B2 where each line has one word, the error says so', async () => {
  const lines = Array(30).fill(['left', 'right']).flat()
  await assert.rejects(train({ lines }, { dimensions: 4, minCount: 1, subsampling: 0 }), {
    code: 'bad-data',
    message:
      /each of the 60 lines has one word, and a pair needs two in a line\. Put the words of a sentence on one line/,
  })
  const rare = Array.from({ length: 60 }, (_, i) => `${i % 2 ? 'left' : 'right'} once${i}`)
  await assert.rejects(train({ lines: rare }, { dimensions: 4, subsampling: 0 }), {
    message: /no pair of words to learn from \(subsampling is 0\)\. Lower minCount/,
  })
})

test('B5 NUL, CR, CR LF, U+2028, no-break space and byte order marks split as documented', async () => {
  assert.deepEqual(tokenize('a\0b c\rd e\r\nf\u2028g h\u00a0i', 'whitespace'), [
    'a\0b',
    'c',
    'd',
    'e',
    'f\u2028g',
    'h\u00a0i',
  ])
  assert.deepEqual(tokenize('a\0b c\u2028d\u00a0e'), ['a', 'b', 'c', 'd', 'e'])
  const file = temporaryFolder({ 'bom.txt': '\ufeffone \ufefftwo\n', 'nul.txt': 'a b\0c\n' })
  const { vocabulary, facts } = await encodeCorpus(file('bom.txt'), { tokenizer: 'whitespace', minCount: 1 })
  assert.deepEqual([...vocabulary.words()].sort(), ['one', '\ufefftwo'].sort())
  assert.equal(facts.sentences, 1)
  await assert.rejects(encodeCorpus(file('nul.txt')), {
    code: 'bad-data',
    message: /byte 3: this byte is NUL/,
  })
})

test('B9 UTF-16 is recognised, and read where it is asked for', async () => {
  const text = 'naïve 東京 😀\n'.repeat(3)
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  const file = temporaryFolder({
    'little.txt': little,
    'big.txt': Buffer.from(little).swap16(),
    'bare.txt': little.subarray(2),
    'odd.txt': little.subarray(0, -1),
    'half.txt': Buffer.from('a\ud83d b', 'utf16le'),
  })
  for (const name of ['little.txt', 'big.txt']) {
    const message = /this is UTF-16.* Read it with encoding: 'utf16', or convert it/
    await assert.rejects(encodeCorpus(file(name)), { code: 'bad-data', message })
  }
  for (const name of ['little.txt', 'big.txt', 'bare.txt']) {
    const options = { encoding: 'utf16', tokenizer: 'whitespace', minCount: 1 } as const
    const { vocabulary, facts } = await encodeCorpus(file(name), options)
    assert.deepEqual([...vocabulary.words()].sort(), ['naïve', '東京', '😀'].sort())
    assert.equal(facts.sentences, 3)
  }
  for (const name of ['odd.txt', 'half.txt'])
    await assert.rejects(encodeCorpus(file(name), { encoding: 'utf16' }), {
      code: 'bad-data',
      message: /not UTF-16/,
    })
  const args = ['train', 'little.txt', '-o', 'v.txt', '--encoding', 'utf16', '--min-count', '1', ...small]
  assert.equal((await wordloom(args, { cwd: file() })).code, 0)
})

test('B12 200 MB of one repeated word, which gzip shrinks a thousand times, is a text like any other', async t => {
  const words = isFullSize ? 40_000_000 : 1_000_000
  const part = Buffer.from('word '.repeat(10_000))
  const others = Array.from({ length: 50 }, (_, i) => `other${i}`).join(' ')
  const text = Buffer.concat([Buffer.from(`${others}\n`.repeat(200)), ...Array(words / 10_000).fill(part)])
  const file = temporaryFolder({ 'same.txt.gz': gzipSync(text, { level: 9 }) })
  const { vectors } = await train(file('same.txt.gz'), { dimensions: 4, epochs: 1 })
  assert.equal(vectors.vocabulary.counts[0], words)
  assert.equal(vectors.size, 51)
  for (let id = 0; id < vectors.size; id++) assert.ok(row(vectors.matrix, id).every(Number.isFinite))
  t.diagnostic(`${text.length} bytes`)
})

test('B12 where hardly any other word is there, negative samples are found all the same', async () => {
  const lines = [...Array(20_000).fill('word '.repeat(50)), 'other']
  for (const schedule of ['windows', 'blocks'] as const) {
    const { vectors } = await train({ lines }, { dimensions: 4, epochs: 1, minCount: 1, schedule, seed: 1 })
    assert.equal(vectors.size, 2)
    for (let id = 0; id < vectors.size; id++) assert.ok(row(vectors.matrix, id).every(Number.isFinite))
  }
})

test('B13 a compressed bomb is stopped: by --max-decompressed, else past 1 GiB and a thousand times its size', async () => {
  const zeros = new Uint8Array(1 << 22).fill(0x20)
  const file = temporaryFolder({ 'bomb.txt.gz': gzipSync(zeros), 'bomb.bin.gz': gzipSync(zeros) })
  const message =
    /bomb\.txt\.gz: [\d,]+ compressed bytes unpack to more than 1,000,000; expected at most maxDecompressed/
  await assert.rejects(encodeCorpus(file('bomb.txt.gz'), { maxDecompressed: 1e6 }), {
    code: 'too-large',
    message,
  })
  for (const args of [
    ['train', 'bomb.txt.gz', '-o', 'v.txt'],
    ['convert', 'bomb.bin.gz', 'v.txt', '--from', 'word2vec-binary'],
  ]) {
    const { code, stderr } = await wordloom([...args, '--max-decompressed', '1000000'], { cwd: file() })
    if (args[0] === 'train') assert.match(stderr, /more than 1,000,000; expected at most --max-decompressed/)
    assert.ok(code === 71 || code === 65, stderr) // what is no header is refused first
  }
  const passed = async (bytes: number, packed: number, most?: number) => {
    const chunk = new Uint8Array(1 << 20)
    for await (const _ of withinBounds(repeated(chunk, bytes / chunk.length), () => packed, 'x.gz', most));
  }
  await passed(2 ** 30, 1)
  await assert.rejects(passed(2 ** 30 + 2 ** 20, 2 ** 20), {
    code: 'too-large',
    message: /Give maxDecompressed if the file is to be trusted\./,
  })
  await passed(2 ** 30 + 2 ** 20, 2 ** 21)
})

test('B14 in a folder, loops of links are followed once, and what is no text is named and passed over', async t => {
  const file = temporaryFolder({
    'texts/a.txt': 'one two\n',
    'texts/image.png': Buffer.of(0x89, 0x50, 0, 1, 2),
  })
  mkdirSync(file('texts/deep'))
  writeFileSync(file('texts/deep/b.txt'), 'three four\n')
  symlinkSync('..', file('texts/deep/loop'))
  symlinkSync('nowhere', file('texts/lost.txt'))
  const server = createServer().listen(file('texts/socket'))
  t.after(() => server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const warnings: string[] = []
  const { facts } = await encodeCorpus(file('texts'), { minCount: 1, onWarning: w => warnings.push(w) })
  assert.deepEqual(facts.files, [file('texts/a.txt'), file('texts/deep/b.txt')])
  assert.deepEqual(warnings.map(w => w.replace(file('texts/'), '')).sort(), [
    'image.png was passed over: no text',
    'lost.txt was passed over: a link to nowhere',
    'socket was passed over: a socket, pipe or device',
  ])
})
