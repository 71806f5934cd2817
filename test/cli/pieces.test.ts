import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { WordloomError } from 'wordloom'
import { namesake } from '#cli/flags/training'
import { clock, duration, megabytes, short } from '#cli/terminal/figures'
import { expandSigns } from '#cli/terminal/signs'
import { table } from '#cli/terminal/table'
import { displayWidth, visible } from '#cli/terminal/terminal'
import { asFlag } from '#cli/verb/flag-names'
import { readerOf } from '#cli/verb/flag-values'
import { choice, integer, number, numbers } from '#options/index'

const plain = (_: unknown, text: string) => text

const reader = (kind: 'integer' | 'number', min: number, max: number) =>
  readerOf('size', kind === 'integer' ? integer(min, min, max, '') : number(min, min, max, ''))

test('every whole number in a range is read, as its decimal digits', () => {
  const read = reader('integer', -1000, 1000)
  fc.assert(fc.property(fc.integer({ min: -1000, max: 1000 }), n => assert.equal(read(String(n)), n)))
})

test('every finite number is read as JavaScript writes it', () => {
  const read = reader('number', -Number.MAX_VALUE, Number.MAX_VALUE)
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x =>
      assert.equal(read(String(x)), x + 0),
    ),
  )
})

test('what only looks like a number is refused with the range', () => {
  const whole = reader('integer', 1, 10)
  for (const text of ['', ' 7', '7 ', '0x5', '1e0', '2.0', '1_0', '٣', 'ten', '0', '11', '-1', '5px', '+'])
    assert.throws(() => whole(text), /; expected a whole number from 1 to 10$/, JSON.stringify(text))
  const real = reader('number', 0, 1)
  for (const text of ['', '.', 'NaN', 'Infinity', '1e-3x', '0x0.8', '1,5', '1.1', '-0.1', 'e5'])
    assert.throws(() => real(text), /; expected a number from 0 to 1$/, JSON.stringify(text))
})

test('a time has a unit of its own, or is in seconds', () => {
  const read = readerOf('every', { kind: 'time', help: '' })
  assert.deepEqual(['90', '90s', '1.5m', '2h', '250ms', '.5 s'].map(read), [90, 90, 90, 7200, 0.25, 0.5])
  for (const text of ['', '0', '-1s', '1d', '1e3', 's', 'ten'])
    assert.throws(() => read(text), /expected a time/)
})

test('a list of numbers keeps its order, and every one of them is in the range', () => {
  const read = readerOf('sizes', numbers(undefined, { kind: 'integer', min: 2, max: 100 }, 2, ''))
  assert.deepEqual(read('50, 3,50'), [50, 3, 50])
  for (const text of ['', '3', '3,', '3,1', '3,101', '3;4', '3,4.5'])
    assert.throws(() => read(text), /expected 2 or more whole numbers from 2 to 100/, text)
})

test('what is given to a flag that it cannot be is told with the name of the flag', () => {
  const read = readerOf('minCount', integer(5, 1, 100, ''))
  assert.throws(
    () => read('0'),
    (error: WordloomError) =>
      error.worded(asFlag) === '--min-count is "0"; expected a whole number from 1 to 100',
  )
  const name = readerOf('method', choice('add', ['add', 'multiply'], ''))
  assert.throws(() => name('Add'), /method is "Add"; expected one of add, multiply/)
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
  assert.deepEqual([12, 12_345, 999_960, 1.5e9].map(megabytes), ['12 bytes', '12.3 kB', '1.0 MB', '1,500 MB'])
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
