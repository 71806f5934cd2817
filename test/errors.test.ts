import assert from 'node:assert/strict'
import { test } from 'node:test'
import { option, say, textOf, WordloomError } from '#errors'

const asFlag = ({ option, value }: { option: string; value: unknown }) =>
  `--${option}${value === undefined || value === true ? '' : ` ${value}`}`

test('an error is worded as what cannot be done, what was found, what was expected and what to do', () => {
  const error = new WordloomError('usage', {
    action: 'train',
    found: say`${option('epochs')} is 0`,
    expected: 'a whole number from 1',
    cure: say`give ${option('epochs')}, or ${option('resume', true)}`,
  })
  assert.equal(
    error.message,
    'Cannot train: epochs is 0; expected a whole number from 1. Give epochs, or resume: true.',
  )
  assert.equal(
    error.worded(asFlag),
    'Cannot train: --epochs is 0; expected a whole number from 1. Give --epochs, or --resume.',
  )
})

test('an error about a file names what is done to it, and the place in it', () => {
  const place = { file: 'a.vec', line: 1234 }
  assert.equal(
    new WordloomError('bad-data', { place, found: 'there are 99 numbers' }).message,
    'Cannot read a.vec: line 1,234: there are 99 numbers.',
  )
  assert.equal(
    new WordloomError('usage', { place, found: 'there are 99 numbers' }).message,
    'a.vec, line 1,234: there are 99 numbers',
  )
})

test('a caller adds the place that it knows, and the names that its options have', () => {
  const error = new WordloomError('bad-data', {
    found: say`a row is NaN`,
    cure: say`give ${option('lenient')}`,
  })
  assert.equal(error.at({ file: 'a.vec' }).message, 'Cannot read a.vec: a row is NaN. Give lenient.')
  assert.equal(
    error.renamed({ lenient: 'convert --lenient' }).message,
    'a row is NaN. Give convert --lenient.',
  )
})

test('a cure may be a question', () => {
  const fault = { action: 'freeze "catt"', found: 'it has no vector', cure: 'did you mean cat?' }
  assert.equal(
    new WordloomError('unknown-word', fault).message,
    'Cannot freeze "catt": it has no vector. Did you mean cat?',
  )
})

test('what one error found can be a part of another', () => {
  const place = { file: 'a.vec', line: 2 }
  const error = new WordloomError('bad-data', {
    place,
    found: say`${option('bag')} is 7`,
    expected: 'a name',
  })
  const other = new WordloomError('bad-data', {
    action: 'go on',
    found: say`nothing is whole (${error.finding})`,
  })
  assert.equal(
    other.worded(asFlag),
    'Cannot go on: nothing is whole (a.vec, line 2: --bag is 7; expected a name).',
  )
})

test('as JSON an error is its data, worded as in code', () => {
  const error = new WordloomError('usage', { action: 'train', found: say`${option('epochs')} is ${0}` })
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    code: 'usage',
    message: 'Cannot train: epochs is 0.',
    action: 'train',
    found: 'epochs is 0',
  })
})

test('- is called standard input, and standard output if it is written to', () => {
  const message = (code: 'bad-data' | 'no-input' | 'not-written' | 'usage', action?: string) =>
    new WordloomError(code, { action, place: { file: '-', line: 3 }, found: 'it is odd' }).message
  assert.equal(message('bad-data'), 'Cannot read standard input: line 3: it is odd.')
  assert.equal(message('no-input'), 'Cannot open standard input: line 3: it is odd.')
  assert.equal(message('not-written'), 'Cannot write standard output: line 3: it is odd.')
  assert.equal(message('usage', 'train'), 'Cannot train: standard input, line 3: it is odd.')
  const error = new WordloomError('bad-data', { place: { file: '-' }, found: 'it is odd' })
  assert.equal(textOf(error.finding), 'standard input: it is odd')
})
