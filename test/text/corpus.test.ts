import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createReadStream, statSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { type CorpusProgress, type CorpusSource, readTokens } from '#text/index'
import { collector } from './collect.js'
import { readInput } from './read-input.js'
import { temporaryFolder } from './temporary.js'

const TEXT = 'The cat sat.\nThe dog ran, the cat too\n'

const files = temporaryFolder({
  'plain.txt': TEXT,
  'bom.txt': `\ufeff${TEXT}`,
  'packed.gz': Buffer.concat([
    gzipSync('The cat '),
    gzipSync('sat.\nThe dog ran, '),
    gzipSync('the cat too\n'),
  ]),
  'utf16.txt': Buffer.from('\ufeffhello', 'utf16le'),
  'picture.dat': Buffer.from('abc\0def'),
  'torn.gz': gzipSync(TEXT.repeat(5000)).subarray(0, 200),
  'damaged.gz': gzipSync(TEXT).fill(0xff, 12, 24),
  'open.txt': 'no line break at the end',
  'next.txt': 'begins here',
})

const SENTENCES = [
  ['the', 'cat', 'sat'],
  ['the', 'dog', 'ran', 'the', 'cat', 'too'],
]

async function read(source: CorpusSource, tokenizer: 'words' | 'whitespace' = 'words', options = {}) {
  const { sink, sentences } = collector()
  const facts = await readTokens(source, tokenizer, sink, options)
  return { sentences, facts }
}

async function* generate<T>(items: readonly T[]) {
  yield* items
}

test('a text is the same from a file, with a byte order mark, packed in members, as lines, as a stream', async () => {
  const sources: CorpusSource[] = [
    files('plain.txt'),
    files('bom.txt'),
    [files('packed.gz')],
    { lines: TEXT.trim().split('\n') },
    generate(TEXT.trim().split('\n')),
    new Set(TEXT.trim().split('\n')),
    SENTENCES,
    generate(SENTENCES),
    createReadStream(files('plain.txt'), { highWaterMark: 5 }),
    createReadStream(files('plain.txt'), { highWaterMark: 5, encoding: 'utf8' }),
    Readable.from([TEXT.slice(0, -1)]),
  ]
  for (const source of sources) {
    const { sentences, facts } = await read(source)
    assert.deepEqual(sentences, SENTENCES)
    assert.deepEqual([facts.tokens, facts.sentences, facts.skippedTokens], [9, 2, 0])
  }
})

test('facts tell the files, the bytes and the digest of what was in them', async () => {
  const { facts } = await read([files('plain.txt'), files('packed.gz')])
  assert.deepEqual(facts.files, [files('plain.txt'), files('packed.gz')])
  assert.equal(facts.bytes, 2 * TEXT.length)
  assert.equal(facts.sha256, createHash('sha256').update(TEXT.repeat(2)).digest('hex'))
})

test('the digest of sentences depends on where tokens and sentences end', async () => {
  const digests = new Set<string>()
  for (const source of [[['ab', 'c']], [['a', 'bc']], [['ab'], ['c']], [['abc']]] as const)
    digests.add((await read(source)).facts.sha256)
  assert.equal(digests.size, 4)
})

test('files that are cut in the middle of a line have the digest of the lines that are read', async () => {
  const cut = (...parts: (string | Uint8Array)[]) =>
    parts.map((part, i) => {
      writeFileSync(files(`cut-${i}.txt`), part)
      return files(`cut-${i}.txt`)
    })
  const digest = async (...parts: (string | Uint8Array)[]) => (await read(cut(...parts))).facts.sha256
  const whole = await digest('x y z w\nv')
  const inLine = await digest('x y', ' z w\nv')
  assert.equal(new Set([whole, inLine, await digest('x y z', ' w\nv')]).size, 3)
  assert.equal(inLine, await digest('x y\n z w\nv'))
  assert.equal(whole, await digest('x y z w\n', '', 'v'))
  assert.notEqual(await digest('x\n', '\ufeffy'), await digest('x\n\ufeffy')) // a mark within a text is a letter
})

test('text that tokens follow has the digest of the sentences that are read', async () => {
  async function* pieces(text: string, token: string) {
    yield new TextEncoder().encode(text)
    yield [token]
  }
  const digests = [await read(pieces('x y', 'z')), await read(pieces('x ', 'yz'))].map(
    ({ facts }) => facts.sha256,
  )
  assert.notEqual(digests[0], digests[1])
})

test('the end of a file ends its last sentence', async () => {
  const { sentences } = await read([files('open.txt'), files('next.txt')], 'whitespace')
  assert.deepEqual(sentences, [
    ['no', 'line', 'break', 'at', 'the', 'end'],
    ['begins', 'here'],
  ])
})

test('tokens given as arrays are taken as they are; empty ones are none, overlong ones are counted', async () => {
  const { sentences, facts } = await read([['New York', '', '__proto__', 'x'.repeat(1001)], [], ['A\nb']])
  assert.deepEqual(sentences, [['New York', '__proto__'], ['A\nb']])
  assert.equal(facts.skippedTokens, 1)
})

test('what is no text is refused with what to do', async () => {
  const refused: [CorpusSource, string, RegExp][] = [
    [files('utf16.txt'), 'bad-data', /utf16\.txt: this is UTF-16.*iconv/],
    [files('picture.dat'), 'bad-data', /picture\.dat: byte 3: this byte is NUL, so this is not a text file/],
    [files('torn.gz'), 'bad-data', /torn\.gz: the compressed data breaks off/],
    [files('damaged.gz'), 'bad-data', /damaged\.gz: the compressed data is damaged/],
    [files('absent.txt'), 'no-input', /absent\.txt: no such file/],
    [[['a', 'b\udc00']], 'bad-data', /lone surrogate \(U\+DC00\) at index 1/],
    [generate(['fine', '\ud83d!']), 'bad-data', /lone surrogate/],
    [42 as unknown as CorpusSource, 'usage', /it is given as a value of type number; expected a path/],
    [[['a'], 'b'] as unknown as CorpusSource, 'usage', /only paths, or only arrays of tokens/],
    [generate([7]) as unknown as CorpusSource, 'usage', /a sentence is a value of type number; expected/],
  ]
  for (const [source, code, message] of refused)
    await assert.rejects(read(source), { name: 'WordloomError', code, message })
})

test('an error of the iterable itself comes through', async () => {
  async function* failing() {
    yield 'one'
    throw new RangeError('mine')
  }
  await assert.rejects(read(failing()), { name: 'RangeError', message: 'mine' })
})

test('progress ends at the size of the files on the disk', async () => {
  const seen: CorpusProgress[] = []
  await read([files('packed.gz'), files('plain.txt')], 'words', {
    onProgress: (it: CorpusProgress) => seen.push(it),
  })
  const total = statSync(files('packed.gz')).size + TEXT.length
  assert.ok(seen.every(it => it.totalBytes === total))
  assert.equal(seen.at(-1)!.bytes, total)
})

test('a signal stops the reading, even one that waits for ever', { timeout: 10_000 }, async () => {
  await assert.rejects(read(files('plain.txt'), 'words', { signal: AbortSignal.abort() }), {
    code: 'aborted',
  })
  async function* stuck() {
    yield 'one'
    await new Promise(() => {})
    yield 'two'
  }
  function* endless() {
    for (;;) yield 'again and again'
  }
  for (const source of [stuck(), endless()]) {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    await assert.rejects(read(source, 'words', { signal: controller.signal }), { code: 'aborted' })
  }
})

test('any sentences of tokens come out as they went in', async () => {
  const sentence = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }))
  await fc.assert(
    fc.asyncProperty(fc.array(sentence), async sentences => {
      const found = (await read(generate(sentences))).sentences
      const expected = sentences
        .filter(it => it.length > 0)
        .map(it => it.map(token => Buffer.from(token).toString('latin1')))
      assert.deepEqual(found, expected)
    }),
  )
})

test("standard input is read for '-', packed or not", () => {
  const script = `
    const facts = await readTokens('-', 'words', { token() {}, endSentence() {} })
    console.log(JSON.stringify([facts.files, facts.tokens, facts.sentences]))`
  for (const input of [Buffer.from(TEXT), gzipSync(TEXT)])
    assert.equal(readInput(script, input), '[["-"],9,2]\n')
})
