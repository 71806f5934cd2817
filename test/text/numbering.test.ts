import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { TokenIds, Vocabulary } from '#text/index'
import { KernelNumbering } from '#text/numbering/kernel-numbering'
import { GAP, piece } from './any-piece.js'
import { feed, kernelEqualsTwin, numbersOf, tokenizers } from './numbered-alike.js'

const shared = new URL('../../../../shared/data/', import.meta.url)

const skip = existsSync(shared) ? false : 'the test data beside the checkout is absent'

for (const tokenizer of tokenizers) {
  test(`${tokenizer}: bytes, parts and sentences of tokens in any order are numbered alike`, () => {
    const token = fc.uint8Array({ minLength: 1, maxLength: 40 })
    const step = fc.oneof(piece, fc.constant('end' as const), fc.array(token, { maxLength: 4 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => kernelEqualsTwin(tokenizer, steps)),
      { numRuns: 500 },
    )
  })
}

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
