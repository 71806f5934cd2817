import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '#formats/index'
import { Random } from '#math/random'
import { ascii, awkwardVectors, bytesIn, readBytesOf, rowsOf } from './sample.js'

const text = (content: string) => readBytesOf(ascii(content))
const forms = ['word2vec-text', 'word2vec-binary'] as const

test('a header that cannot be true is refused before memory is taken', async () => {
  const liars = ['2147483648 300', '9999999999 9999999999', '1000 1000', '1 9999999999']
  for (const line of liars)
    for (const format of forms)
      await assert.rejects(readBytesOf(ascii(`${line}\na 1 2 3\n`), { format }), {
        code: 'bad-data',
        message: line.endsWith(' 9999999999')
          ? /header announces [\d,]+ words of [\d,]+ numbers; expected at most 1,048,576 numbers/
          : /header announces [\d,]+ words of [\d,]+ numbers, but 8 bytes follow: .*; expected at least [\d,]+ bytes/,
      })
  const wrong = [
    '9007199254740993 1',
    '-1 100',
    '1e9 1e9',
    '0x10 3',
    'Infinity 2',
    '1_000 2',
    '1.0 2',
    '+1 2',
  ]
  for (const line of wrong)
    for (const format of [...forms, undefined])
      await assert.rejects(readBytesOf(ascii(`${line}\na 1\n`), format ? { format } : {}), {
        code: 'bad-data',
        message: /line 1: ".*" is not a header/,
      })
  for (const line of ['0 3', '3 0', '0 0'])
    await assert.rejects(text(`${line}\na 1 2 3\n`), { message: /at least one of each/ })
})

test('where the size is not known, a lying header takes memory only for what comes', async () => {
  const source = (content: string) => ({
    name: 'pipe',
    chunks: (async function* () {
      yield ascii(content)
    })(),
  })
  for (const format of forms) {
    const lying = read(source('4000000000 4\na 1 2 3 4\n'), { format })
    await assert.rejects(lying, { code: 'bad-data' })
    await assert.rejects(read(source('3 9999999999\na 1 2 3 4\n'), { format }), { code: 'bad-data' })
  }
})

test('more and fewer rows than announced are refused with the counts', async () => {
  await assert.rejects(text('3 2\na 1 2\nb 3 4\n        '), { message: /line 4.*without a line break/ })
  await assert.rejects(text('3 2\na 1 2\nb 3 4\n\n\n\n\n'), {
    message:
      /byte \d+: the header announces 3 words, but the file ends after 2: .* Give limit: 2 or lenient to read/,
  })
  assert.equal((await readBytesOf(ascii('3 2\na 1 2\nb 3 4\n\n\n\n\n'), { limit: 2 })).size, 2)
  await assert.rejects(text('1 2\na 1 2\nb 3 4\n'), {
    message: /line 3: more lines follow after the 1 words/,
  })
  assert.equal((await text('1 2\na 1 2\n\n \n')).size, 1)
  const binary = Buffer.concat([bytesIn('word2vec-binary', awkwardVectors()), ascii('more')])
  await assert.rejects(readBytesOf(binary), { message: /byte [\d,]+: more bytes follow/ })
})

test('numbers that are none are refused with line and column', async () => {
  for (const wrong of [
    'nan',
    'inf',
    '-Infinity',
    '1.5abc',
    '0x1p3',
    '0x10',
    '1,5',
    '1_0',
    '--1',
    '1e',
    '.',
    'e5',
  ])
    for (const start of ['2 3\nking 1 2 3\n', 'king 1 2 3\n'])
      await assert.rejects(text(`${start}man 0.5 ${wrong} 3\n`), {
        code: 'bad-data',
        message: /line [23], column 9: ".*" is not (a number|finite)/,
      })
  for (const large of ['1e999', '1e39', '-3.5e38'])
    await assert.rejects(text(`a 1 ${large}\n`), {
      message: /line 1, column 5: ".*" is too large; expected a number that fits in float32/,
    })
  await assert.rejects(text('a 1 2 3\nb 1 2\n'), {
    message: /line 2: there are 2 numbers; expected 3 after the word/,
  })
  await assert.rejects(text('1 2\na 1 2 3\n'), { message: /line 2: there are 3 numbers.*as the header says/ })
  await assert.rejects(text('a 1 2\n\nb 1 2\n'), { message: /line 2: the line is blank/ })
})

test('NaN and infinity in a binary file are refused with their place', async () => {
  const bytes = bytesIn('word2vec-binary', awkwardVectors(['a', 'b'], 2))
  const at = ascii('2 2\na ').length + 8 + ascii('\nb ').length + 4
  new DataView(bytes.buffer).setFloat32(at, Number.NaN, true)
  await assert.rejects(readBytesOf(bytes), {
    message: new RegExp(`byte ${at}, row 2 of 2, number 2: the number is NaN;`),
  })
})

test('words may have spaces, tabs and blanks of other alphabets may part and stand in them', async () => {
  const vectors = await text('\ufeff3 2\r\n. . . 1 2\r\nnew york\t3  4 \r\nthin\u2009space 5 6\t\r\n')
  assert.deepEqual([...vectors.vocabulary.words()], ['. . .', 'new york', 'thin\u2009space'])
  assert.deepEqual(rowsOf(vectors), [
    [1, 2],
    [3, 4],
    [5, 6],
  ])
  const glove = await text('the 0.1 0.2\n 3 4\n. . 5 6\n')
  assert.deepEqual([...glove.vocabulary.words()], ['the', '', '. .'])
})

test('binary rows may end with a newline or not', async () => {
  const numbers = new Uint8Array(Float32Array.of(1, 2).buffer)
  const rows = (end: string) =>
    Buffer.concat([ascii('2 2\na '), numbers, ascii(`${end}b `), numbers, ascii(end)])
  for (const end of ['', '\n'])
    assert.deepEqual(rowsOf(await readBytesOf(rows(end))), [
      [1, 2],
      [1, 2],
    ])
})

/** word2vec's binary format for words that it cannot hold, too. */
function binary(words: readonly string[], dimensions: number, end: string, number: () => number): Uint8Array {
  const row = () => new Uint8Array(Float32Array.from({ length: dimensions }, number).buffer)
  const rows = words.flatMap(word => [ascii(`${word} `), row(), ascii(end)])
  return Buffer.concat([ascii(`${words.length} ${dimensions}\n`), ...rows])
}

test('a word with a space in a binary file is refused with its place, never read as a word and numbers', async () => {
  const random = new Random(5, 0)
  const number = () => (random.next() / 2 ** 32 - 0.5) / 3
  for (const odd of ['new york', 'vitamin c', 'rio de janeiro', 'route 66', 'são tomé é', ' a', 'the '])
    for (const end of ['', '\n'])
      for (const place of [0, 3, 5]) {
        const words = ['the', 'of', 'café', 'king', 'a'].toSpliced(place, 0, odd)
        const before = binary(words.slice(0, place), 50, end, number).length
        const message = new RegExp(
          `byte ${before.toLocaleString('en')}, row ${place + 1} of 6: the word "${odd}" has a space in it`,
        )
        const reading = (options = {}) =>
          readBytesOf(binary(words, 50, end, number), { format: 'word2vec-binary', ...options })
        await assert.rejects(reading(), { code: 'bad-data', message })
        const forgiving = { lenient: true, allowNonfinite: true, words: ['a'] }
        if (place < 5) await assert.rejects(reading(forgiving), { code: 'bad-data', message })
      }
})

test('also where what is read as numbers could be some, the line break that rows have before them is missed', async () => {
  const words = ['a', 'b', 'c', 'd', 'e 1999', 'f', 'g']
  await assert.rejects(readBytesOf(binary(words, 1, '\n', () => 0.1)), {
    code: 'bad-data',
    message: /byte 38, row 6 of 7: there is no line break before this row/,
  })
})

test('binary numbers may be as large and small as float32 has them, and begin as text does', async () => {
  const numbers = [1e-45, 3.4e38, 1.6e-19, 0, -1e-30]
  let at = 0
  const words = ['the', '\n', 'of', '\n\n', 'the\n', 'a', '\u00a0b']
  const bytes = binary(words, 4, '', () => numbers[at++ % numbers.length]!)
  assert.equal((await readBytesOf(bytes)).size, 7)
  const asText = new Float32Array(ascii('york 1 2').slice().buffer)
  const whole = Buffer.concat([ascii('1 2\na '), new Uint8Array(asText.buffer)])
  assert.deepEqual(rowsOf(await readBytesOf(whole, { format: 'word2vec-binary' })), [[...asText]])
})

test('of a word that comes twice the first row is kept, and a warning says so', async () => {
  const inText = await text('4 1\na 1\nb 2\na 3\na 4\n')
  assert.deepEqual(
    [rowsOf(inText), [...inText.vocabulary.words()]],
    [
      [[1], [2]],
      ['a', 'b'],
    ],
  )
  assert.match(inText.warnings[0]!, /some\.vectors: 2 rows are for a word that came before/)
  const one = Buffer.from(Float32Array.of(1).buffer)
  const binary = await readBytesOf(Buffer.concat([ascii('2 1\na '), one, ascii('\na '), one]))
  assert.equal(binary.size, 1)
  assert.equal(binary.warnings.length, 1)
})

test('a word that does not end within 64 KB is no word', async () => {
  const long = 'x'.repeat(70_000)
  for (const format of forms)
    await assert.rejects(readBytesOf(ascii(`1 1\n${long} 1\n`), { format }), {
      code: 'bad-data',
      message: /64 KB/,
    })
})

test('numbers alone are no word vectors; whole numbers can be words', async () => {
  const message =
    /line 1: each line begins with a number that has a fraction, .*Put the word before the numbers/
  for (const rows of ['0.117 0.25 -0.3\n-0.4 0.5 0.6\n', '1.5e-01 2 3\n', '0.5 1 2\n'.repeat(1200)])
    await assert.rejects(text(rows), { code: 'bad-data', message })
  assert.deepEqual([...(await text('17 1.5 2\n18 3.5 4\n')).vocabulary.words()], ['17', '18'])
  assert.deepEqual([...(await text('3.14 1.5 2\npi 3.5 4\n')).vocabulary.words()], ['3.14', 'pi'])
  assert.deepEqual([...(await text('1 2\n3.14 1.5 2\n')).vocabulary.words()], ['3.14'])
})
