import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WordloomError } from 'wordloom'
import { clock, duration, megabytes, short } from '#cli/figures'
import { expandSigns } from '#cli/signs'
import { table } from '#cli/table'
import { displayWidth, visible } from '#cli/terminal'
import { inFlags, namesake } from '#cli/training-flags'
import { numberIn } from '#cli/values'

const plain = (_: unknown, text: string) => text

test('every whole number in a range is read, as its decimal digits', () => {
  const read = numberIn({ kind: 'integer', min: -1000, max: 1000 })
  fc.assert(fc.property(fc.integer({ min: -1000, max: 1000 }), n => assert.equal(read(String(n)), n)))
})

test('every finite number is read as JavaScript writes it', () => {
  const read = numberIn({ kind: 'number', min: -Number.MAX_VALUE, max: Number.MAX_VALUE })
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x =>
      assert.equal(read(String(x)), x + 0),
    ),
  )
})

test('what only looks like a number is refused with the range', () => {
  const whole = numberIn({ kind: 'integer', min: 1, max: 10 })
  for (const text of ['', ' 7', '7 ', '0x5', '1e0', '2.0', '1_0', '٣', 'ten', '0', '11', '-1', '5px', '+'])
    assert.throws(() => whole(text), /it must be a whole number from 1 to 10/, JSON.stringify(text))
  const real = numberIn({ kind: 'number', min: 0, max: 1 })
  for (const text of ['', '.', 'NaN', 'Infinity', '1e-3x', '0x0.8', '1,5', '1.1', '-0.1', 'e5'])
    assert.throws(() => real(text), /it must be a number from 0 to 1/, JSON.stringify(text))
})

test('figures are short enough to read at a glance', () => {
  assert.deepEqual([0, 999, 1234, 999_499, 999_500, 1_234_567, 2e9].map(short), [
    '0',
    '999',
    '1.23 k',
    '999 k',
    '1.00 M',
    '1.23 M',
    '2.00 G',
  ])
  assert.deepEqual([1.23, 12.3, 75, 3700].map(duration), ['1.2 s', '12 s', '1 min 15 s', '1 h 2 min'])
  assert.deepEqual([0, 11.2, 75, 3700].map(clock), ['0 s', '12 s', '1:15', '1:01:40'])
  assert.deepEqual([12_345, 1.5e9].map(megabytes), ['0.0 MB', '1,500 MB'])
})

test('columns line up whatever the script', () => {
  assert.deepEqual(['word', '王国', 'naïve', 'क्या', '🙂'].map(displayWidth), [4, 4, 5, 3, 2])
  const rows = [
    ['王', '1'],
    ['queen', '10'],
  ]
  assert.equal(
    table([{ title: 'w' }, { title: 'n', align: 'right' }], rows, plain),
    'w       n\n王      1\nqueen  10',
  )
})

test('words from a file cannot steer the terminal', () => {
  assert.equal(visible('a\x1b[31mb\nc'), 'a\ufffd[31mb\ufffdc')
})

test('signs before words become flags, and numbers after -n do not', () => {
  const args = ['nearest', 'f', 'king', '-man', 'woman', '-n', '5', '-n5', '--limit', '9', '--', '-x-ray']
  const expected = [...args]
  expected[3] = '--minus=man'
  assert.deepEqual(expandSigns(args), expected)
})

test('options of word2vec, gensim and fastText are known by their names there', () => {
  const flags = [
    '-size',
    '--vector-size',
    '--vector_size',
    '-ws',
    '-minCount',
    '--iter',
    '--workers',
    '-negative',
  ]
  assert.deepEqual(flags.map(namesake), [
    '--dimensions',
    '--dimensions',
    '--dimensions',
    '--window',
    '--min-count',
    '--epochs',
    '--threads',
    '--negative-samples',
  ])
  assert.equal(namesake('--frobnicate'), undefined)
})

test('complaints of the library name flags', () => {
  const error = new WordloomError('usage', 'simd is odd; lower minCount or maxWords, with simd plain')
  assert.equal(
    (inFlags(error) as Error).message,
    '--simd is odd; lower --min-count or --max-words, with simd plain',
  )
})
