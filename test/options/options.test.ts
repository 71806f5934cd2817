import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Complete,
  checkGiven,
  choice,
  completed,
  fits,
  flag,
  integer,
  mustBe,
  number,
  numbers,
  type Option,
  rangeOf,
  text,
  UNBOUNDED,
  valuesOf,
  words,
} from '#options/index'

const table = {
  count: integer(3, 1, 1000, 'how many'),
  most: integer(undefined, 0, Number.MAX_SAFE_INTEGER, 'how many at most', { otherwise: 'all' }),
  rate: number(0.5, 1e-9, 2, 'how fast'),
  quick: flag('less care'),
  scoring: choice('mean', ['mean', 'sum'], 'how it is scored'),
  sizes: numbers([10, 20], { kind: 'integer', min: 2, max: 100 }, 2, 'how large'),
  separator: text('_', 'what is between'),
  connectors: words([], 'what may be inside'),
} as const

/** Values that an option can have and those that it cannot. */
const values: Readonly<Record<string, { readonly known: Option; good: unknown[]; bad: unknown[] }>> = {
  integer: {
    known: table.count,
    good: [1, 2, 1000],
    bad: [0, 1001, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3', 3n, null, true, [3]],
  },
  'an integer without an upper end': {
    known: table.most,
    good: [0, 2 ** 40, Number.MAX_SAFE_INTEGER],
    bad: [-1, Number.MAX_SAFE_INTEGER + 1, Number.POSITIVE_INFINITY],
  },
  number: {
    known: table.rate,
    good: [1e-9, 0.7, 2],
    bad: [0, 9.9e-10, 2.0000001, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null, {}],
  },
  flag: { known: table.quick, good: [true, false], bad: [1, 0, 'true', '', null, []] },
  choice: { known: table.scoring, good: ['mean', 'sum'], bad: ['median', 'max', '', 0, null, ['mean']] },
  numbers: {
    known: table.sizes,
    good: [
      [2, 100],
      [5, 5, 5],
    ],
    bad: [[], [2], [1, 50], [50, 101], [2, 2.5], [2, Number.NaN], [2, '3'], 2, '2,3', null],
  },
  text: { known: table.separator, good: ['', ' ', '_'], bad: [7, null, ['_']] },
  words: { known: table.connectors, good: [[], ['of', 'the']], bad: ['of', [7], ['of', undefined], null] },
}

for (const [kind, { known, good, bad }] of Object.entries(values))
  test(`${kind}: what an option can be and what it cannot`, () => {
    for (const value of good) assert.ok(fits(known, value), String(value))
    for (const value of bad) assert.ok(!fits(known, value), String(value))
    for (const value of bad)
      assert.throws(() => checkGiven({ it: known }, { it: value as never }), {
        code: 'usage',
        message: new RegExp(`^it is .*; expected ${valuesOf(known)}$`),
      })
  })

test('an option that cannot be is told with its name, its value and what it may be', () => {
  const wrong: [object, string][] = [
    [{ count: 0 }, 'count is 0; expected a whole number from 1 to 1,000'],
    [{ most: -1 }, 'most is -1; expected a whole number from 0 up'],
    [{ rate: Number.NaN }, 'rate is NaN; expected a number from 1e-9 to 2'],
    [{ rate: '1' }, 'rate is "1"; expected a number from 1e-9 to 2'],
    [{ quick: 'yes' }, 'quick is "yes"; expected true or false'],
    [{ scoring: 'max' }, 'scoring is "max"; expected one of mean, sum'],
    [{ sizes: [2] }, 'sizes is [2]; expected 2 or more whole numbers from 2 to 100'],
    [{ sizes: [2, 'b'] }, 'sizes is [2, "b"]; expected 2 or more whole numbers from 2 to 100'],
    [{ separator: null }, 'separator is null; expected text'],
    [{ connectors: 'of' }, 'connectors is "of"; expected an array of words'],
  ]
  for (const [given, message] of wrong) {
    assert.throws(() => completed(table, given), { code: 'usage', message })
    assert.throws(() => completed(table, given, 'count the words'), {
      message: `Cannot count the words: ${message}.`,
    })
  }
  const error = mustBe('minCount', 0, 'more')
  assert.equal(
    error.worded(({ option }) => `--${option}`),
    '--minCount is 0; expected more',
  )
})

test('a range is told by the ends that mean something', () => {
  const range = (min: number, max: number) => rangeOf({ kind: 'integer', min, max })
  assert.equal(range(1, 8192), 'a whole number from 1 to 8,192')
  assert.equal(range(2 ** 20, 2 ** 34), 'a whole number from 1,048,576 to 17,179,869,184')
  for (const max of [UNBOUNDED - 2, UNBOUNDED, Number.MAX_SAFE_INTEGER])
    assert.equal(range(2, max), 'a whole number from 2 up')
  const any = { kind: 'number', min: -Number.MAX_VALUE, max: Number.MAX_VALUE } as const
  assert.equal(rangeOf(any), 'a number')
  assert.equal(valuesOf(numbers(undefined, any, 1, '')), '1 or more numbers')
})

test('options that are not given, or undefined, have their defaults, and others are passed over', () => {
  const defaults: Complete<typeof table> = {
    count: 3,
    most: undefined,
    rate: 0.5,
    quick: false,
    scoring: 'mean',
    sizes: [10, 20],
    separator: '_',
    connectors: [],
  }
  assert.deepEqual(completed(table, {}), defaults)
  const given = { count: undefined, rate: 2, quick: true, separator: '', other: 7 }
  assert.deepEqual(completed(table, given), { ...defaults, rate: 2, quick: true, separator: '' })
})

test('the compiler knows which options always have a value', () => {
  const complete = completed(table, {})
  const {
    separator,
    sizes,
    connectors,
  }: { separator: string; sizes: readonly number[]; connectors: readonly string[] } = complete
  assert.deepEqual([separator, sizes, connectors], ['_', [10, 20], []])
  // @ts-expect-error: most has no default
  const most: number = complete.most
  assert.equal(most, undefined)
  // @ts-expect-error: a median is no choice
  assert.throws(() => completed(table, { scoring: 'median' }), { code: 'usage' })
})
