import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeCorpus, readTokens, tokenize, Vocabulary } from '#text/index'
import { WordTable } from '#text/vocabulary/word-table'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from '../text/temporary.js'
import { growthOf, isFullSize, repeated } from './sizes.js'

const ignore = { token() {}, endSentence() {} }
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const wordsOf = ({ vocabulary }: { vocabulary: Vocabulary }) => [...vocabulary.words()].sort()

test('B3 a token of 4 GB is counted and passed over, in constant memory', async t => {
  const bytes = isFullSize ? 2 ** 32 : 2 ** 26
  for (const tokenizer of ['words', 'whitespace'] as const) {
    const warnings: string[] = []
    async function* text() {
      yield latin1('a b ')
      yield* repeated(new Uint8Array(1 << 20).fill(0x78), bytes / 2 ** 20)
      yield latin1(' a b\n')
    }
    const grown = await growthOf(async () => {
      const { vocabulary, facts } = await encodeCorpus(text(), {
        tokenizer,
        minCount: 1,
        onWarning: sentence => warnings.push(sentence),
      })
      assert.deepEqual([...vocabulary.words()], ['a', 'b'])
      assert.equal(facts.skippedTokens, 1)
    })
    assert.deepEqual(warnings, ['the text given: 1 token of more than 1,000 bytes passed over'])
    t.diagnostic(`${tokenizer}: ${bytes} bytes, ${Math.round(grown)} MB`)
    assert.ok(grown < 64, `${grown} MB`)
  }
})

test('B3 --max-token-bytes passes over shorter tokens, too, and says so', async () => {
  const file = temporaryFolder({ 'text.txt': `${'aaaa bbbbb ccccccccc\n'.repeat(20)}` })
  const { vocabulary } = await encodeCorpus(file('text.txt'), { maxTokenBytes: 5 })
  assert.deepEqual(wordsOf({ vocabulary }), ['aaaa', 'bbbbb'])
  const args = [
    'train',
    'text.txt',
    '-o',
    'v.txt',
    '--max-token-bytes',
    '5',
    '--dimensions',
    '4',
    '--epochs',
    '1',
    '--subsampling',
    '0',
  ]
  const { code, stderr } = await wordloom(args, { cwd: file() })
  assert.equal(code, 0)
  assert.match(stderr, /text\.txt: 20 tokens of more than 5 bytes passed over/)
})

test('B4 a line of 4 GB is one sentence, in constant memory', async t => {
  const part = latin1(`${'word '.repeat(6)}${'x'.repeat(900)} `.repeat(1000))
  const times = Math.ceil((isFullSize ? 2 ** 32 : 2 ** 27) / part.length)
  for (const tokenizer of ['words', 'whitespace'] as const) {
    const grown = await growthOf(async () => {
      const facts = await readTokens(repeated(part, times), tokenizer, ignore)
      assert.equal(facts.sentences, 1)
      assert.equal(facts.tokens, 7000 * times)
    })
    t.diagnostic(`${tokenizer}: ${part.length * times} bytes, ${Math.round(grown)} MB`)
    assert.ok(grown < 64, `${grown} MB`)
  }
})

test('B6 words are bytes: two that are not UTF-8 stay two, from the text to the file and back', async () => {
  const file = temporaryFolder({ 'text.txt': latin1('a\xff a\xfe naïve\n'.repeat(20)) })
  const { vocabulary } = await encodeCorpus(file('text.txt'), { tokenizer: 'whitespace' })
  const found = Array.from({ length: 3 }, (_, id) => Buffer.from(vocabulary.bytes(id)).toString('latin1'))
  assert.deepEqual(found.sort(), ['a\xfe', 'a\xff', 'na\xefve'])
  assert.notEqual(vocabulary.idOf(latin1('a\xff')), vocabulary.idOf(latin1('a\xfe')))
  assert.deepEqual(tokenize('a\ufffdb'), ['a', 'b']) // what is badly encoded separates words of the tokenizer "words"
})

test('B6 --encoding strict refuses what is not UTF-8, with the offset', async () => {
  const file = temporaryFolder({
    'bad.txt': latin1(`${'good text\n'.repeat(30_000)}na\xefve`),
    'cut.txt': Buffer.from('good 東京').subarray(0, -1),
    'good.txt': 'naïve 東京 😀 \u07ff\u0800\uffff\u{10000}\u{10ffff}\n',
  })
  const strict = { encoding: 'strict', minCount: 1 } as const
  const message = /bad\.txt: byte 300,002: this byte is not UTF-8/
  await assert.rejects(encodeCorpus(file('bad.txt'), strict), { code: 'bad-data', message })
  await assert.rejects(encodeCorpus(file('cut.txt'), strict), { message: /byte 8: this byte is not UTF-8/ })
  assert.equal((await encodeCorpus(file('good.txt'), { ...strict, tokenizer: 'whitespace' })).facts.tokens, 4)
  const ended = await wordloom(['train', 'bad.txt', '-o', 'v.txt', '--encoding', 'strict'], { cwd: file() })
  assert.match(ended.stderr, message)
  assert.equal(ended.code, 65)
})

test('B6 strict UTF-8 is what the decoders of the platform take', async () => {
  for (let lead = 0x7e; lead < 0x100; lead++)
    for (const second of [0x20, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0])
      for (const rest of ['', ' ', '\x80', '\xbf\xbf', '\x80 ', '\xbf\xc0']) {
        const bytes = Buffer.concat([latin1('x '), Buffer.of(lead, second), latin1(rest)])
        const expected = isDecodable(bytes)
        const read = readTokens(repeated(bytes, 1), 'whitespace', ignore, { encoding: 'strict' })
        assert.equal(
          await read.then(
            () => true,
            () => false,
          ),
          expected,
          bytes.toString('hex'),
        )
      }
})

function isDecodable(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

test('B7 a lone surrogate is refused wherever text is given, and is no known word', async () => {
  const refused = { code: 'bad-data', message: /lone surrogate \(U\+D800\) at index \d+; .* Repair it first/ }
  for (const source of [['a \ud800 b'], [['a', '\ud800']]])
    await assert.rejects(
      encodeCorpus(source.values() as Iterable<string | string[]>, { minCount: 1 }),
      refused,
    )
  await assert.rejects(encodeCorpus({ lines: ['a \ud800'] }), refused)
  assert.throws(() => Vocabulary.of(['\ud800']), refused)
  assert.equal(Vocabulary.of(['\ufffd']).idOf('\ud800'), undefined)
})

test('B8 nothing is normalised: NFC and NFD are two words, and a zero-width space stays', async () => {
  const [nfc, nfd] = ['é'.normalize('NFC'), 'é'.normalize('NFD')]
  assert.deepEqual(tokenize(`${nfc} ${nfd}`), [nfc, nfd])
  assert.deepEqual(tokenize(`a\u200bb A ${nfd}`, 'whitespace'), ['a\u200bb', 'A', nfd])
})

test('B10 17 million different words are numbered', async t => {
  const words = isFullSize ? 17_500_000 : 300_000
  async function* text() {
    for (let from = 0; from < words; from += 10_000)
      yield latin1(`${Array.from({ length: 10_000 }, (_, i) => (from + i).toString(36)).join(' ')}\n`)
  }
  const { vocabulary, ids } = await encodeCorpus(text(), { minCount: 1 })
  assert.equal(vocabulary.size, words)
  assert.equal(vocabulary.idOf(vocabulary.bytes(words - 1)), words - 1)
  ids.close()
  t.diagnostic(`${words} words, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
})

test('B11 words that all meet in one slot of a hash without a key are found as fast as others', () => {
  const count = 3000
  const meeting: Uint8Array[] = []
  const encoder = new TextEncoder()
  for (let i = 0; meeting.length < count; i++) {
    const word = i.toString(36)
    if ((fnv(word) & 0x3ff) === 7) meeting.push(encoder.encode(word))
  }
  const others = meeting.map((_, i) => encoder.encode((i * 7919).toString(36)))
  const times = [meeting, others].map(words => Math.min(...Array.from({ length: 9 }, () => timeOf(words))))
  assert.ok(times[0]! < 10 * times[1]!, `${times[0]} ms and ${times[1]} ms`) // in one slot it would be hundreds
})

function fnv(word: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193)
  return h
}

function timeOf(words: readonly Uint8Array[]): number {
  const start = performance.now()
  const table = new WordTable(words.length)
  for (let again = 0; again < 20; again++) for (const word of words) table.add(word)
  return performance.now() - start
}
