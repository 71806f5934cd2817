import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LoadOptions, read } from '#formats/index'
import { wordloom } from '../cli/wordloom.js'
import { ascii, bytesIn, readBytesOf, rowsOf } from '../formats/sample.js'
import { temporaryFolder } from '../text/temporary.js'
import { plainVectors } from './fuzz/files.js'
import { growthOf, isFullSize, repeated } from './sizes.js'

const text = (content: string, options?: LoadOptions) => readBytesOf(ascii(content), options)
const wordsOf = ({ vocabulary }: { vocabulary: { words(): Iterable<string> } }) => [...vocabulary.words()]

test('C1 a header that cannot be true is refused before anything is allocated', async () => {
  const lies = [
    '2147483648 300',
    '9007199254740993 1',
    '-1 100',
    '1e9 1e9',
    '0x10 3',
    ' ',
    'Infinity 2',
    '1_000 2',
    '9999999999 1',
    '1 9999999999',
  ]
  const grown = await growthOf(async () => {
    for (const line of lies)
      for (const format of ['word2vec-text', 'word2vec-binary'] as const)
        for (const isSized of [true, false]) {
          const content = ascii(`${line}\na 1 2 3\n`)
          await assert.rejects(readBytesOf(content, { format }, 7, isSized), { code: 'bad-data' }, line)
        }
  })
  assert.ok(grown < 64, `${grown} MB`)
})

test('C2 fewer rows than announced are refused with both counts, and with lenient what is there is loaded', async () => {
  const short = '1000000 3\na 1 2 3\nb 4 5 6\n'
  await assert.rejects(text(short), { code: 'bad-data', message: /announces 1,000,000 words/ })
  const one = '3 1\na 1\nb 2\n  \n'
  await assert.rejects(text(one), {
    message:
      /byte 15: the header announces 3 words, but the file ends after 2: .* Give limit: 2 or lenient to read/,
  })
  for (const content of [short, one]) {
    const vectors = await text(content, { lenient: true })
    assert.deepEqual(wordsOf(vectors), ['a', 'b'])
    assert.match(
      vectors.warnings.join(),
      /byte \d+: the header announces [\d,]+ words, but the file ends after 2; those were read/,
    )
  }
})

test('C2 in binary, too: a row that is cut is never half loaded', async () => {
  const whole = Buffer.from(bytesIn('word2vec-binary', plainVectors()))
  const expected = rowsOf(await readBytesOf(whole))
  for (let length = whole.indexOf('\n') + 1; length < whole.length - 1; length++)
    for (const isSized of [true, false]) {
      const cut = whole.subarray(0, length)
      await assert.rejects(readBytesOf(cut, { format: 'word2vec-binary' }, 50, isSized), { code: 'bad-data' })
      const lenient = readBytesOf(cut, { format: 'word2vec-binary', lenient: true }, 50, isSized)
      const vectors = await lenient.catch(error => assert.match(error.message, /no whole row/))
      if (!vectors) continue
      assert.deepEqual(rowsOf(vectors), expected.slice(0, vectors.size))
      assert.match(vectors.warnings.join(), /announces 7 words, but there are only \d whole rows/)
    }
})

test('C2 wordloom convert --lenient mends such a file', async () => {
  const file = temporaryFolder({ 'news.vec': '3 2\na 1 2\nb 3 4\n' })
  const strict = await wordloom(['convert', 'news.vec', 'news.bin'], { cwd: file() })
  assert.match(strict.stderr, /announces 3 words.* Give (convert )?--lenient to read the rows that are there/)
  assert.equal(strict.code, 65)
  const lenient = await wordloom(['convert', 'news.vec', 'news.bin', '--lenient'], { cwd: file() })
  assert.match(lenient.stderr, /the file ends after 2; those were read/)
  assert.match(lenient.stdout, /2 words × 2 dimensions/)
})

test('C3 more than was announced is refused, and with lenient left behind; blank lines at the end are nothing', async () => {
  const binary = Buffer.concat([bytesIn('word2vec-binary', plainVectors()), ascii('garbage')])
  for (const [content, message] of [
    [ascii('1 2\na 1 2\nb 3 4\n'), /line 3: more lines follow after the 1 words.*\. Give lenient /],
    [binary, /byte [\d,]+: more bytes follow after the 7 words.*\. Give lenient /],
  ] as const) {
    await assert.rejects(readBytesOf(content), { code: 'bad-data', message })
    const vectors = await readBytesOf(content, { lenient: true })
    assert.match(vectors.warnings.join(), /more (bytes )?follows?/)
  }
  assert.deepEqual((await text('1 2\na 1 2\n\n \n')).warnings, [])
})

test('C5 no rows and no dimensions are refused; one dimension and 100,000 are read', async () => {
  for (const header of ['0 3', '3 0', '0 0'])
    await assert.rejects(text(`${header}\na 1 2 3\n`), { code: 'bad-data', message: /at least one of each/ })
  assert.deepEqual(rowsOf(await text('1 1\na 0.5\n')), [[0.5]])
  const wide = await text(`1 100000\na${' 0.125'.repeat(100_000)}\n`)
  assert.equal(wide.dimensions, 100_000)
  await assert.rejects(text(`1 1048577\na${' 0'.repeat(1_048_577)}\n`), {
    message: /1,048,577 numbers; expected at most 1,048,576/,
  })
})

test('C6 GloVe without a header, tabs, double spaces and words with spaces are read; decimal commas are named', async () => {
  assert.deepEqual(wordsOf(await text('the 1 2\n, 3 4\n', { format: 'glove' })), ['the', ','])
  assert.deepEqual(rowsOf(await text('2 2\na\t1\t2\nb  3   4 \r\n')), [
    [1, 2],
    [3, 4],
  ])
  assert.deepEqual(wordsOf(await text('2 2\nof the 1 2\n. . . 3 4\n')), ['of the', '. . .'])
  await assert.rejects(text('1 2\na 0,25 1\n'), {
    code: 'bad-data',
    message: /line 2, column 3: "0,25" is not a number/,
  })
  await assert.rejects(text('a 0,25 1,5\nb 1,5 2,5\n'), { code: 'bad-data' })
})

test('C7 numbers that are none, or not finite, are refused with line and column', async () => {
  for (const field of [
    'nan',
    'NaN',
    '-inf',
    'Infinity',
    '1e999',
    '1.5abc',
    '0x1p3',
    '0x10',
    '1_0',
    '--1',
    '1e',
    '.',
    '+',
    '٣',
  ])
    for (const header of ['2 2\n', ''])
      await assert.rejects(
        text(`${header}a 1 2\nbc ${field} 4\n`, { format: header ? 'word2vec-text' : 'glove' }),
        {
          code: 'bad-data',
          message: new RegExp(
            `line ${header ? 3 : 2}, column 4: ".*" is (not a number|not finite|too large)`,
          ),
        },
      )
})

test('C7 --allow-nonfinite leaves such rows out, and still refuses what is no number', async () => {
  const options = { allowNonfinite: true }
  const vectors = await text('4 2\na nan 1\nb 1 2\nc -INF 3\nd 1e999 4\n', options)
  assert.deepEqual(wordsOf(vectors), ['b'])
  assert.deepEqual(vectors.warnings, ['some.vectors: 3 rows were left out, with numbers that are not finite'])
  await assert.rejects(text('1 2\na 1.5abc nan\n', options), { code: 'bad-data' })
  await assert.rejects(text('1 2\na nan nan\n', options), { message: /no whole row of finite numbers/ })
  const file = temporaryFolder({ 'v.txt': '2 2\na nan 1\nb 1 2\n' })
  const ended = await wordloom(['convert', 'v.txt', 'w.txt', '--allow-nonfinite'], { cwd: file() })
  assert.match(ended.stderr, /1 row was left out/)
  assert.match(ended.stdout, /1 word × 2/)
})

test('C9 of a word that comes twice the first row is kept, and the others are counted', async () => {
  const vectors = await text('4 1\na 1\nb 2\na 3\na 4\n')
  assert.deepEqual(rowsOf(vectors), [[1], [2]])
  assert.match(vectors.warnings.join(), /2 rows are for a word that came before/)
})

test('C10 a word that does not end is given up after 64 KB, a line after 16 MB', async () => {
  const chunk = new Uint8Array(1 << 20).fill(0x78)
  const source = (head: string, bytes: number) => ({
    name: 'endless',
    chunks: (async function* () {
      yield ascii(head)
      yield* repeated(chunk, bytes / chunk.length)
    })(),
  })
  const bytes = isFullSize ? 2 ** 30 : 2 ** 27
  const grown = await growthOf(async () => {
    await assert.rejects(read(source('5 3\n', bytes), { format: 'word2vec-binary' }), {
      code: 'bad-data',
      message: /byte 4, word 1: the word does not end within 64 KB, so this is not a word2vec file/,
    })
  })
  assert.ok(grown < 64, `${grown} MB`)
  await assert.rejects(read(source('5 3\n', bytes), { format: 'word2vec-text' }), {
    code: 'bad-data',
    message: /line 2: the line is over 16 MB long/,
  })
})
