import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frequencyParts, readWordValues, valuesOf } from 'wordloom/map'

test('numbers make a scale, with a heading or without', () => {
  for (const text of [
    'king\t1\nqueen\t3\n',
    'word\tvalence\nking\t1\nqueen\t3',
    '\uFEFFking,1\r\nqueen,3\r\n',
  ]) {
    const table = readWordValues(text, 't')
    assert.equal(table.kind, 'number')
    assert.deepEqual(valuesOf(table, ['queen', 'king', 'duke']).parts, [1, 0, Number.NaN])
  }
  assert.equal(readWordValues('word\tvalence\nking\t1', 't').title, 'valence')
})

test('words make groups, that of most words first', () => {
  const table = readWordValues('word,kind\nkale,"plant, green"\nking,person\nqueen,person\n', 't')
  assert.ok(table.kind === 'group')
  assert.deepEqual(table.groups, ['person', 'plant, green'])
  assert.deepEqual(valuesOf(table, ['kale', 'x', 'king']).groups, [1, -1, 0])
})

test('a line that is no word and value is named', () => {
  assert.throws(() => readWordValues('king\t1\nqueen\n', 'v.tsv'), {
    code: 'bad-data',
    message: /^Cannot read v\.tsv: line 2: "queen"; expected a word and a value with a tab between them\.$/,
  })
  assert.throws(() => readWordValues('\n', 'v.tsv'), { code: 'bad-data', message: /there is no line/ })
})

test('frequency is a part of the scale, by rank where counts are not known', () => {
  assert.deepEqual(frequencyParts([100, 10, 1]), [1, 0.5, 0])
  const byRank = frequencyParts([0, 0, 0])
  assert.ok(byRank[0] === 1 && byRank[1]! > byRank[2]! && byRank[2] === 0)
})
