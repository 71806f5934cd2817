import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetOf, withPagesRepeated } from './parquet-files.js'
import { readBytesOf, rowsOf } from './sample.js'

test('a Parquet row group of many pages is read, whole rows from each', async () => {
  const words = ['a', 'b', 'c']
  const one = parquetOf(
    words,
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    'DOUBLE',
  )
  assert.deepEqual(rowsOf(await readBytesOf(one)).flat(), [1, 2, 3, 4, 5, 6])
  const many = await readBytesOf(withPagesRepeated(one, 5))
  assert.deepEqual(rowsOf(many).flat(), [1, 2, 3, 4, 5, 6])
  assert.match(many.warnings.join(), /12 rows are for a word that came before/)
})

test('a number that is missing in a Parquet vector is refused with its row and place, and so is a vector', async () => {
  for (const type of ['FLOAT', 'DOUBLE'] as const) {
    const withNull = parquetOf(
      ['a', 'b'],
      [
        [1, 2, 3],
        [1, null, 3],
      ],
      type,
    )
    for (const options of [{}, { allowNonfinite: true, lenient: true }, { words: ['a', 'b'] }])
      await assert.rejects(readBytesOf(withNull, options), {
        code: 'bad-data',
        message: /row 1, number 2: there is null; expected a number/,
      })
  }
  const message = /row 1: there are 0 numbers; expected 2, as in row 0/
  await assert.rejects(readBytesOf(parquetOf(['a', 'b'], [[1, 2], null])), { code: 'bad-data', message })
  await assert.rejects(
    readBytesOf(
      parquetOf(
        ['a', null],
        [
          [1, 2],
          [1, 2],
        ],
      ),
    ),
    { message: /row 1: there is no word/ },
  )
})
