import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MersenneTwister } from '#assignment/mersenne-twister'
import { NumpyRandom } from '#assignment/numpy-random'
import { PythonRandom } from '#assignment/python-random'
import { assertClose, assertRowsClose } from '../equations/closeness.js'

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })

function times<T>(count: number, draw: () => T): T[] {
  return Array.from({ length: count }, draw)
}

test('MT19937 gives the numbers published with it, for a number and for a key', () => {
  const fromNumber = MersenneTwister.fromNumber(5489)
  assert.equal(times(10_000, () => fromNumber.next()).at(-1), 4123659995)
  const fromKey = MersenneTwister.fromKey([0x123, 0x234, 0x345, 0x456])
  assert.deepEqual(
    times(5, () => fromKey.next()),
    [1067595299, 955945823, 477289528, 4107218783, 4228976476],
  )
})

test('a saved generator goes on where it was, at any point of its table', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 1300 }), (seed, before) => {
      const one = MersenneTwister.fromNumber(seed)
      times(before, () => one.next())
      const state = one.save()
      const expected = times(5, () => one.next())
      const other = MersenneTwister.fromNumber(1)
      other.restore(state)
      assert.deepEqual(
        times(5, () => other.next()),
        expected,
      )
    }),
    { numRuns: 30 },
  )
  assert.throws(() => MersenneTwister.fromNumber(1).restore(new Uint32Array(3)), { code: 'bad-data' })
})

test('random() and randint() are those of Python 3', () => {
  const random = new PythonRandom(314159)
  assert.deepEqual(
    times(2, () => random.random()),
    [0.19236379321481523, 0.2868424512347926],
  )
  assert.deepEqual(
    times(5, () => random.randint(0, 999_999)),
    [123894, 598308, 321170, 636238, 324370],
  )
  assert.deepEqual(
    times(5, () => random.randint(1, 5)),
    [5, 2, 2, 5, 5],
  )
  assert.deepEqual([random.randint(0, 2 ** 32 - 2), random.randint(-3, 0)], [3159806577, -3])
  assert.equal(new PythonRandom(2 ** 32 - 1).random(), 0.6353574441341173)
})

test('Python 2 has the same random() and another randint()', () => {
  const random = new PythonRandom(314159, 2)
  assert.deepEqual(
    times(2, () => random.random()),
    [0.19236379321481523, 0.2868424512347926],
  )
  assert.deepEqual(
    times(5, () => random.randint(0, 999_999)),
    [118155, 306291, 309343, 184442, 568986],
  )
  assert.deepEqual(
    times(5, () => random.randint(1, 5)),
    [4, 2, 3, 1, 5],
  )
  assert.deepEqual([random.randint(0, 2 ** 32 - 1), random.randint(-3, 0)], [1375524448, -1])
})

test('randint() stays within its ends and reaches both', () => {
  fc.assert(
    fc.property(
      seed,
      fc.integer({ min: -9, max: 9 }),
      fc.nat(7),
      fc.constantFrom(2 as const, 3 as const),
      (seed, low, more, version) => {
        const random = new PythonRandom(seed, version)
        const drawn = new Set(times(400, () => random.randint(low, low + more)))
        assert.deepEqual(
          [...drawn].sort((a, b) => a - b),
          times(more + 1, () => low++),
        )
      },
    ),
    { numRuns: 30 },
  )
})

test('rand() and randn() are those of NumPy after seed()', () => {
  assert.deepEqual([...new NumpyRandom(0).rand(2)], [0.5488135039273248, 0.7151893663724195])
  const expected = [
    1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458, 1.8675579901499675,
  ]
  assertRowsClose([new NumpyRandom(0).randn(5)], [expected], 1e-14)
  const largest = new NumpyRandom(2 ** 32 - 1)
  assert.deepEqual([...largest.rand(1)], [0.0976320289940138])
  // One normal number of each pair is kept for the next call, whatever is drawn between.
  const [first] = largest.randn(1)
  assertClose(first, 0.0813036681172692, 1e-14)
  assertClose(largest.randn(1)[0], 0.4096851233481656, 1e-14)
})
