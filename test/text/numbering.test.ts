import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { TokenIds, Vocabulary } from '#text/index'
import { KernelNumbering } from '#text/kernel-numbering'
import { KnownNumbering, type Numbering, ScannedNumbering } from '#text/numbering'
import { GAP, piece } from './any-piece.js'
import { cutAt } from './collect.js'

const shared = new URL('../../../../shared/data/', import.meta.url)
const skip = existsSync(shared) ? false : 'the test data beside the checkout is absent'
const tokenizers = ['words', 'whitespace'] as const
type Name = (typeof tokenizers)[number]

/** What a text can be given as: bytes, the end of a part, or a sentence of tokens. */
type Step = Uint8Array | 'end' | readonly Uint8Array[]

function feed(numbering: Numbering, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step === 'end') numbering.end()
    else if (step instanceof Uint8Array) numbering.write(step)
    else {
      for (const token of step) numbering.token(token, 0, token.length)
      numbering.endSentence()
    }
  }
  numbering.end()
}

/** Everything that comes out. */
function outcome(numbering: KernelNumbering | ScannedNumbering, ids: TokenIds, steps: readonly Step[]) {
  feed(numbering, steps)
  const { tokens, sentences, skipped } = numbering
  const { vocabulary, ids: finalIds } = numbering.finish({ minCount: 2 })
  const { size } = numbering
  const words = Array.from({ length: vocabulary.size }, (_, id) =>
    Buffer.from(vocabulary.bytes(id)).toString('latin1'),
  )
  const numbers = new Int32Array(ids.length)
  ids.read(0, ids.length, numbers)
  const facts = { tokens, sentences, skipped, size, idTokens: ids.tokens }
  return { facts, words, counts: vocabulary.counts, numbers, finalIds }
}

function kernelEqualsTwin(tokenizer: Name, steps: readonly Step[]): void {
  const ids = [new TokenIds(), new TokenIds()] as const
  assert.deepEqual(
    outcome(new KernelNumbering(tokenizer, ids[0]), ids[0], steps),
    outcome(new ScannedNumbering(tokenizer, ids[1]), ids[1], steps),
  )
}

/** So much text that what comes before it does not wait for its end. */
const PLAIN = ' and so on'.repeat(300)

const bytes = fc
  .tuple(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', PLAIN))
  .map(([pieces, after]) => Buffer.concat([...pieces, Buffer.from(after)]))
const places = fc.array(fc.nat(5000), { maxLength: 30 })

for (const tokenizer of tokenizers) {
  test(`${tokenizer}: the kernel numbers what its twin numbers, whatever the bytes and the chunks`, () => {
    fc.assert(
      fc.property(bytes, places, (it, at) => kernelEqualsTwin(tokenizer, cutAt(it, at))),
      { numRuns: 1500 },
    )
  })

  test(`${tokenizer}: bytes, parts and sentences of tokens in any order are numbered alike`, () => {
    const token = fc.uint8Array({ minLength: 1, maxLength: 40 })
    const step = fc.oneof(piece, fc.constant('end' as const), fc.array(token, { maxLength: 4 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => kernelEqualsTwin(tokenizer, steps)),
      { numRuns: 500 },
    )
  })

  test(`${tokenizer}: with a vocabulary given, only its words have numbers`, () => {
    const usual = ['a', 'z', "don't", 'é', '漢字', 'naïve', 'x'.repeat(40), '_a1', 'it’s']
    for (const known of [usual, ['x'.repeat(2000), ...usual]]) {
      const vocabulary = Vocabulary.of(known)
      const frequent = fc.constantFrom(...known).map(it => Buffer.from(` ${it}\n`))
      fc.assert(
        fc.property(fc.array(fc.oneof(piece, frequent)), places, (pieces, at) => {
          const steps = cutAt(Buffer.concat(pieces), at)
          const ids = [new TokenIds(), new TokenIds()] as const
          const kernel = new KernelNumbering(tokenizer, ids[0], vocabulary)
          const twin = new KnownNumbering(tokenizer, ids[1], vocabulary)
          feed(kernel, steps)
          feed(twin, steps)
          const finalIds = kernel.finish({}).ids
          assert.equal(finalIds === undefined, known === usual)
          if (finalIds) ids[0].renumber(finalIds)
          assert.deepEqual(
            [kernel.tokens, kernel.sentences, kernel.skipped, numbersOf(ids[0])],
            [twin.tokens, twin.sentences, twin.skipped, numbersOf(ids[1])],
          )
        }),
        { numRuns: 300 },
      )
    }
  })

  test(`${tokenizer}: tokens about as long as a token may be are numbered alike`, () => {
    for (const part of ['a', 'é', "a'", 'x\u200d', 'Ⱥ'])
      for (let bytes = 985; bytes < 1010; bytes++)
        for (const end of ['', "'", "''", '\u200d', '’', '\u200d\u200d', '—']) {
          const token = part.repeat(Math.floor(bytes / Buffer.byteLength(part)))
          const fill = 'b'.repeat(bytes - Buffer.byteLength(token))
          kernelEqualsTwin(tokenizer, [Buffer.from(`x ${token}${fill}${end} y`), Buffer.from(PLAIN)])
        }
  })

  test(`${tokenizer}: tokens and pieces larger than every buffer are numbered alike`, () => {
    const parts = ['a', 'é', '漢字', "a'b", 'я', '\xff', '😀'].map(it =>
      Buffer.from(`x ${it.repeat(100_000)} y\n`, it === '\xff' ? 'latin1' : 'utf8'),
    )
    for (const size of [1000, 70_000, 1_000_000])
      kernelEqualsTwin(
        tokenizer,
        parts.flatMap(it =>
          cutAt(
            it,
            Array.from({ length: Math.ceil(it.length / size) }, (_, i) => i * size),
          ),
        ),
      )
  })

  test(`${tokenizer}: the table of words grows as it must`, () => {
    const words = Array.from(
      { length: 150_000 },
      (_, i) => `w${(i * 7919) % 100_003}${i % 11 ? '' : 'é'.repeat(i % 40)}`,
    )
    kernelEqualsTwin(tokenizer, [
      Buffer.from(words.join(' ')),
      'end',
      Buffer.from(words.toReversed().join('\n')),
    ])
  })
}

function numbersOf(ids: TokenIds): Int32Array {
  const numbers = new Int32Array(ids.length)
  ids.read(0, ids.length, numbers)
  return numbers
}

test('every character below U+10000, and some above, is numbered alike', () => {
  const points = Array.from({ length: 0x10000 + 0x2000 }, (_, i) =>
    i < 0x10000 ? i : 0x10000 + (i - 0x10000) * 97,
  )
  const lines = points
    .filter(point => (point & 0xfff800) !== 0xd800)
    .map(point => String.fromCodePoint(point))
    .map(character => `${character} a${character}b ${character}c d${character} ${character}${character}`)
  kernelEqualsTwin('words', [Buffer.from(lines.join(GAP.toString()))])
})

test('characters encoded well, badly and not to the end are numbered alike', () => {
  const next = [
    0x20, 0x41, 0x80, 0x81, 0x8d, 0x93, 0x99, 0x9f, 0xa0, 0xa1, 0xaf, 0xb9, 0xbf, 0xc3, 0xe2, 0xff,
  ]
  const lines: number[] = []
  for (let lead = 0x80; lead <= 0xff; lead++)
    for (const second of next) for (const third of next) lines.push(0x61, lead, second, third, 0x62, ...GAP)
  kernelEqualsTwin('words', [Buffer.from(lines)])
})

test('a vocabulary whose words may all be tokens needs no renumbering', () => {
  const ids = new TokenIds()
  const vocabulary = Vocabulary.of(['b', 'a'])
  const numbering = new KernelNumbering('words', ids, vocabulary)
  feed(numbering, [Buffer.from('a b c')])
  assert.deepEqual(numbering.finish({}), { vocabulary, ids: undefined })
  assert.deepEqual([...numbersOf(ids)], [1, 0, -1])
})

test('real text in eight languages is numbered alike', { skip }, () => {
  for (const language of ['ar', 'de', 'en', 'es', 'hi', 'ru', 'vi', 'zh']) {
    const it = gunzipSync(readFileSync(new URL(`multilingual/xquad-${language}.txt.gz`, shared)))
    const chunks = Array.from({ length: Math.ceil(it.length / 10_007) }, (_, i) =>
      it.subarray(i * 10_007, (i + 1) * 10_007),
    )
    for (const tokenizer of tokenizers) kernelEqualsTwin(tokenizer, chunks)
  }
})
