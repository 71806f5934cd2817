import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { subwordBuckets, subwordsOf } from '#text/subwords'
import { anyCharacter } from './any-text.js'

const encoder = new TextEncoder()
const ngrams = (word: string, minNgram = 3, maxNgram = 6) =>
  subwordsOf(encoder.encode(word), { minNgram, maxNgram, buckets: 100 })
const buckets = (word: string, count = 2_000_000) =>
  subwordBuckets(encoder.encode(word), { minNgram: 3, maxNgram: 3, buckets: count })

test('n-grams are those that fastText prints, in its order', () => {
  assert.equal(
    ngrams('Fäden').join(' '),
    '<Fä <Fäd <Fäde <Fäden Fäd Fäde Fäden Fäden> äde äden äden> den den> en>',
  )
  assert.equal(ngrams('東京').join(' '), '<東京 <東京> 東京>')
  assert.equal(ngrams('織織', 1, 2).join(' '), '<織 織 織織 織 織>')
  assert.equal(ngrams('a').join(' '), '<a>')
  assert.deepEqual(ngrams(''), [])
  assert.deepEqual(ngrams('</s>'), [])
  assert.deepEqual(ngrams('loom', 3, 2), [])
})

test('hashes are FNV-1a for ASCII, and with a step of signed bytes beyond it', () => {
  assert.deepEqual(buckets('a', 2 ** 31 - 1), [fnv1a('<a>', byte => byte) % (2 ** 31 - 1)])
  const signed = (byte: number) => (byte > 127 ? byte - 256 : byte)
  assert.deepEqual(buckets('ä'), [fnv1a('<ä>', signed) % 2_000_000])
  assert.notDeepEqual(buckets('ä'), [fnv1a('<ä>', byte => byte) % 2_000_000])
})

const anyWord = fc.oneof(
  fc.string(),
  fc.array(anyCharacter).map(characters => characters.join('')),
)

test('every n-gram has a bucket, and as many characters as were asked for', () => {
  const settings = fc.record({
    minNgram: fc.integer({ min: 1, max: 5 }),
    maxNgram: fc.integer({ min: 1, max: 8 }),
    buckets: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  })
  fc.assert(
    fc.property(anyWord, settings, (word, given) => {
      const bytes = encoder.encode(word)
      const found = subwordsOf(bytes, given)
      const numbers = subwordBuckets(bytes, given)
      assert.equal(numbers.length, found.length)
      assert.ok(numbers.every(n => n >= 0 && n < given.buckets))
      const lengths = found.map(ngram => [...ngram].length)
      assert.ok(lengths.every(n => n >= given.minNgram && n <= given.maxNgram))
      const characters = [...word].length + 2
      const all = Array.from({ length: given.maxNgram }, (_, i) => i + 1)
        .filter(n => n >= given.minNgram)
        .map(n => Math.max(0, characters - n + 1) - (n === 1 ? 2 : 0))
      const expected = word === '</s>' ? 0 : all.reduce((sum, n) => sum + n, 0)
      assert.equal(found.length, expected)
    }),
  )
})

test('any bytes are a word, cut characters among them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
      const found = subwordBuckets(bytes, { minNgram: 3, maxNgram: 6, buckets: 1000 })
      assert.ok(found.length <= 4 * (bytes.length + 2))
    }),
  )
})

/** As everybody else writes it, on 64-bit numbers. */
function fnv1a(text: string, step: (byte: number) => number): number {
  const hash = encoder
    .encode(text)
    .reduce((h, byte) => ((h ^ (BigInt(step(byte)) & 0xffffffffn)) * 16777619n) & 0xffffffffn, 2166136261n)
  return Number(hash)
}
