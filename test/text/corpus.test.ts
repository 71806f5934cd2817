import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createReadStream, statSync, utimesSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
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

async function warned(source: CorpusSource, options = {}) {
  const warnings: string[] = []
  const onWarning = (sentence: string) => void warnings.push(sentence.replaceAll(`${files()}/`, ''))
  const { sentences } = await read(source, 'words', { onWarning, ...options })
  return { warnings, words: sentences.flat() }
}

/** 'tea for two' by the zstd program. */
const ZSTANDARD = Buffer.from('KLUv/SALWQAAdGVhIGZvciB0d28=', 'base64')

test('bytes of a stream are decompressed as those of a file are, and what other programs packed is refused', async () => {
  const packed = gzipSync(TEXT)
  for (const size of [1, 3, packed.length]) {
    const chunks = Array.from({ length: Math.ceil(packed.length / size) }, (_, i) =>
      packed.subarray(i * size, (i + 1) * size),
    )
    const { sentences, facts } = await read(generate(chunks))
    assert.deepEqual(sentences, SENTENCES)
    assert.equal(facts.sha256, createHash('sha256').update(TEXT).digest('hex'))
  }
  assert.deepEqual((await read(generate([ZSTANDARD]))).sentences, [['tea', 'for', 'two']])
  assert.deepEqual((await read(generate<Uint8Array | string[]>([packed, ['a', 'token']]))).sentences, [
    ...SENTENCES,
    ['a', 'token'],
  ])
  const bomb = generate([gzipSync(' '.repeat(1 << 22))])
  await assert.rejects(read(bomb, 'words', { maxDecompressed: 1e6 }), { code: 'too-large' })
  await assert.rejects(read(generate([packed.subarray(0, -9)])), {
    code: 'bad-data',
    message: /the text given: the compressed data/,
  })
  const refused: [Uint8Array, RegExp][] = [
    [Buffer.from('BZh91AY&SY and more'), /this is compressed with bzip2\. Unpack it first \(bzip2 -d\)/],
    [
      Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0]),
      /this is compressed with xz\. Unpack it first \(xz -d\)/,
    ],
    [Buffer.from('PK\x03\x04....'), /this is a zip archive/],
    [Buffer.from('abc\0def'), /byte 3: this byte is NUL/],
    [Buffer.from('\ufeffhello', 'utf16le'), /this is UTF-16/],
  ]
  for (const [bytes, message] of refused) {
    await assert.rejects(read(generate([bytes])), { code: 'bad-data', message })
    writeFileSync(files('packed.any'), bytes)
    await assert.rejects(read(files('packed.any')), { code: 'bad-data', message })
  }
  assert.deepEqual((await read(generate([Buffer.from('BZh9 is a word')]))).sentences, [
    ['bzh9', 'is', 'a', 'word'],
  ])
})

test('a byte order mark at the beginning is no part of a text, however it is given', async () => {
  const sources: CorpusSource[] = [
    files('bom.txt'),
    createReadStream(files('bom.txt')),
    createReadStream(files('bom.txt'), 'utf8'),
    { lines: `\ufeff${TEXT}`.trim().split('\n') },
  ]
  for (const source of sources) assert.equal((await read(source, 'whitespace')).sentences[0]![0], 'The')
})

test('text that is not UTF-8 is told with the share of its bytes, and read by its encoding', async () => {
  const latin1 = Buffer.from('café olé\nthé noir\n', 'latin1')
  writeFileSync(files('latin1.txt'), latin1)
  const sentence =
    ': 3 of the first 18 bytes (17 %) are not UTF-8, and split words or are kept as they are; read it with its encoding, such as latin1, gbk or shift_jis, or convert it to UTF-8 first'
  assert.deepEqual((await warned(files('latin1.txt'))).warnings, [`latin1.txt${sentence}`])
  assert.deepEqual((await warned(generate([latin1]))).warnings, [`the text given${sentence}`])
  assert.deepEqual(await warned(files('latin1.txt'), { encoding: 'windows-1252' }), {
    warnings: [],
    words: ['caf\xc3\xa9', 'ol\xc3\xa9', 'th\xc3\xa9', 'noir'],
  })
  const gbk = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x0a]) // 中文
  assert.equal((await warned(generate([gbk]))).warnings.length, 1)
  const every = Uint8Array.from({ length: 0xa0 - 0x80 }, (_, i) => 0x80 + i)
  const { sentences } = await read(generate([every]), 'whitespace', { encoding: 'windows-1252' })
  const signs = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
  assert.deepEqual(sentences, [[Buffer.from(signs).toString('latin1')]])
  const mostlyFine = Buffer.concat([Buffer.from('été '.repeat(100)), Buffer.of(0xff)])
  assert.deepEqual((await warned(generate([mostlyFine]))).warnings, [])
  assert.deepEqual((await warned(generate([Buffer.from('東京')]))).warnings, [])
})

test('lines that look like columns are told', async () => {
  const rows = Array.from({ length: 6 }, (_, i) => `${i},item ${i},"a, b"\n`).join('')
  writeFileSync(files('rows.csv'), rows)
  const { warnings } = await warned(files('rows.csv'))
  assert.deepEqual(warnings, [
    'rows.csv: its lines look like 3 columns parted by commas, and all of them are read as text; keep only the column that is text (cut, csvcut), or write the items of each session on a line (docs/sequences.md)',
  ])
  assert.match(
    (await warned(generate([Buffer.from('a\tb c\n'.repeat(5))]))).warnings[0]!,
    /2 columns parted by tabs/,
  )
  for (const prose of ['Well, then\n', 'one\n', '\n']) {
    assert.deepEqual((await warned(generate([Buffer.from(prose.repeat(9))]))).warnings, [])
  }
  assert.deepEqual(
    (await warned(generate([Buffer.from('a,b\n'.repeat(5)), Buffer.from('a,b,c\n')]))).warnings,
    [],
  )
})

test('a text that is JSON is told, as objects on lines or in an array', async () => {
  const objects = Array.from({ length: 3 }, (_, id) => ({ id, text: `the ${id} cats` }))
  const lines = objects.map(object => JSON.stringify(object)).join('\n')
  for (const json of [lines, JSON.stringify(objects), JSON.stringify(objects, null, 2)])
    assert.deepEqual((await warned(generate([Buffer.from(json)]))).warnings, [
      'the text given: it is JSON, and its keys are read as words of the text; take the text out of it (jq -r .text), or train on it as documents with tags (docs/documents.md)',
    ])
  for (const prose of ['{ a set }\n', '"quoted": text\n', '[note] {"\n'])
    assert.deepEqual((await warned(generate([Buffer.from(prose)]))).warnings, [])
})

test('files are given by URL, too, and a text given for a path is told how to be given', async () => {
  assert.deepEqual((await read(pathToFileURL(files('plain.txt')))).sentences, SENTENCES)
  assert.deepEqual((await read([pathToFileURL(files('plain.txt')), files('packed.gz')])).facts.files, [
    files('plain.txt'),
    files('packed.gz'),
  ])
  await assert.rejects(read(new URL('https://example.org/a.txt')), {
    code: 'no-input',
    message: /not the URL of a file\. Fetch it/,
  })
  const hint =
    /no such file\. If this is the text and not the name of a file, give it as \{ lines: \[\.\.\.\] \}/
  for (const text of ['some text', ['a sentence', 'another one'], 'The cat sat.\nIt ran.'])
    await assert.rejects(read(text), { code: 'no-input', message: hint })
  await assert.rejects(read('long text '.repeat(500)), {
    code: 'no-input',
    message: /long text …: .*give it as \{ lines/,
  })
  for (const path of ['my texts/no file.txt', 'a file.txt', 'absent'])
    await assert.rejects(read(path), { code: 'no-input', message: /Check the spelling/ })
})

test('a file that is written to while it is read is refused, even if its size stays', async () => {
  const path = files('edited.txt')
  writeFileSync(path, 'word '.repeat(400_000))
  let edits = 0
  const onProgress = () => {
    if (edits++ > 0) return
    writeFileSync(path, 'WORD '.repeat(400_000))
    utimesSync(path, new Date(), new Date(Date.now() + 5000))
  }
  await assert.rejects(read(path, 'words', { onProgress }), {
    code: 'bad-data',
    message: /written to, or another took its place, while it was read/,
  })
})
