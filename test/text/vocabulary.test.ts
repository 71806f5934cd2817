import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readVocabulary, saveVocabulary, Vocabulary, VocabularyBuilder } from '#text/index'
import { temporaryFolder } from './temporary.js'

const folder = temporaryFolder()

/** Any bytes but a line break, among them words that trip up objects and files. */
const word = fc.oneof(
  fc
    .constantFrom(
      '__proto__',
      'constructor',
      '</s>',
      'toString',
      'hasOwnProperty',
      '12',
      'New York',
      ' 7',
      'tab\t',
    )
    .map(it => Buffer.from(it)),
  fc
    .uint8Array({ minLength: 1, maxLength: 12 })
    .map(it => Buffer.from(it).map(byte => (byte === 10 ? 11 : byte))),
)

test('words come most frequent first, equal counts by bytes, whatever the order they came in', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.integer({ min: 1, max: 4 }))), entries => {
      const orders = [entries, entries.toReversed()].map(order => {
        const builder = new VocabularyBuilder()
        for (const [bytes, times] of order) builder.add(bytes, 0, bytes.length, times)
        return builder.finish().vocabulary
      })
      const [a, b] = orders.map(it =>
        Array.from({ length: it.size }, (_, id) => [Buffer.from(it.bytes(id)), it.counts[id]!] as const),
      )
      assert.deepEqual(a, b)
      for (let id = 1; id < a!.length; id++)
        assert.ok(
          a![id - 1]![1] > a![id]![1] ||
            (a![id - 1]![1] === a![id]![1] && Buffer.compare(a![id - 1]![0], a![id]![0]) < 0),
        )
    }),
  )
})

test('minCount and maxWords keep the most frequent words', () => {
  const builder = new VocabularyBuilder()
  for (const letter of 'aaabbbccd') builder.add(Buffer.from(letter))
  assert.deepEqual([...builder.finish({ minCount: 2 }).vocabulary.words()], ['a', 'b', 'c'])
  const { vocabulary, ids } = builder.finish({ maxWords: 2 })
  assert.deepEqual(
    [[...vocabulary.words()], [...ids]],
    [
      ['a', 'b'],
      [0, 1, -1, -1],
    ],
  )
})

test('any words survive being saved and read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(word, { selector: it => it.toString('latin1'), minLength: 1 }),
      fc.nat(2 ** 40),
      async (words, count) => {
        const saved = Vocabulary.of(
          words,
          Float64Array.from(words, (_, id) => count + id),
        )
        await saveVocabulary(saved, folder('any.vocab'))
        const read = await readVocabulary(folder('any.vocab'))
        assert.deepEqual(read.counts, saved.counts)
        assert.deepEqual(
          words.map((_, id) => Buffer.from(read.bytes(id))),
          words,
        )
        assert.deepEqual(
          words.map(it => read.idOf(it)),
          words.map((_, id) => id),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('a vocabulary file is `word count` a line; CR LF, a missing last break and gzip are read too', async () => {
  await saveVocabulary(Vocabulary.of(['the', 'naïve'], Float64Array.of(120, 3)), folder('v.txt'))
  assert.equal(readFileSync(folder('v.txt'), 'utf8'), 'the 120\nnaïve 3\n')
  writeFileSync(folder('w.txt'), gzipSync('the 120\r\nnaïve\t3'))
  const read = await readVocabulary(folder('w.txt'))
  assert.deepEqual(
    [[...read.words()], [...read.counts]],
    [
      ['the', 'naïve'],
      [120, 3],
    ],
  )
})

test('a vocabulary file that is wrong is refused with its line', async () => {
  const refused: [string, RegExp][] = [
    ['a 1\nb', /bad\.vocab: line 2: "b"; expected "word count"/],
    ['a 1\n\nb 2', /line 2: ".*"; expected/],
    ['a 1\nb 0x10', /line 2: ".*"; expected/],
    ['a 1e9', /line 1: ".*"; expected/],
    ['a -1', /line 1: ".*"; expected/],
    [' 5', /line 1: ".*"; expected/],
    ['a 1\nb 2\na 3\n', /line 3: the word "a" was there before/],
    ['a 1234567890123456', /line 1: ".*"; expected a count of at most 15 digits/],
    ['', /the file is empty/],
    ['x'.repeat(70_000), /line 1: the line is over 64 KB long/],
  ]
  for (const [content, message] of refused) {
    writeFileSync(folder('bad.vocab'), content)
    await assert.rejects(readVocabulary(folder('bad.vocab')), { code: 'bad-data', message })
  }
  await assert.rejects(readVocabulary(folder('absent')), { code: 'no-input' })
})

test('a word with a line break cannot be saved', async () => {
  const vocabulary = Vocabulary.of(['fine', 'a\nb'])
  await assert.rejects(saveVocabulary(vocabulary, folder('n.vocab')), {
    code: 'bad-data',
    message: /"a\\nb" does not fit/,
  })
})

test('a byte order mark before a vocabulary is no part of its first word, which may begin with one', async () => {
  const path = folder('marked.txt')
  writeFileSync(path, '\ufeffaa 5\r\nbb 3\n\ufeffcc 1\n')
  assert.deepEqual([...(await readVocabulary(path)).words()], ['aa', 'bb', '\ufeffcc'])
  const marked = Vocabulary.of(['\ufeffaa', '\ufeffbb'], Float64Array.of(2, 1))
  await saveVocabulary(marked, path)
  assert.deepEqual([...(await readVocabulary(path)).words()], ['\ufeffaa', '\ufeffbb'])
})
