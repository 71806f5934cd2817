import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aliasTable } from '#math/alias-table'
import { draw, keyOf, mix, Random, scale } from '#math/random'
import { type TrainingKernels, trainingModule } from '#training/training-kernels'
import { instantiate } from '#wasm/index'

const kernels = instantiate<TrainingKernels>(
  trainingModule('plain'),
  new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true }),
)

test('draws are the same bits in TypeScript and in the kernels', () => {
  const position = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), position, (key, at) => {
      assert.equal(kernels.draw(key, BigInt(at)) >>> 0, draw(key, at))
    }),
    { numRuns: 5000 },
  )
})

test('scale is the high word of a 64-bit product', () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })
  fc.assert(
    fc.property(word, word, (random, limit) => {
      assert.equal(scale(random, limit), Number((BigInt(random) * BigInt(limit)) >> 32n))
    }),
    { numRuns: 5000 },
  )
})

test('mix is a bijection as far as a million numbers show', () => {
  const seen = new Set<number>()
  for (let i = 0; i < 1_000_000; i++) seen.add(mix(i))
  assert.equal(seen.size, 1_000_000)
})

test('keys differ by seed, purpose, index, and the high bits of the seed', () => {
  const keys = [keyOf(1, 1), keyOf(2, 1), keyOf(1, 2), keyOf(1, 1, 0), keyOf(1, 1, 1), keyOf(1 + 2 ** 40, 1)]
  assert.equal(new Set(keys).size, keys.length)
})

test('a stream is uniform: every bit is set half of the time, every tenth is hit a tenth of the time', () => {
  const draws = 200_000
  const ones = new Float64Array(32)
  const tenths = new Float64Array(10)
  for (let position = 0; position < draws / 10; position++) {
    const random = new Random(keyOf(7, 3), position)
    for (let i = 0; i < 10; i++) {
      const number = random.next()
      for (let bit = 0; bit < 32; bit++) ones[bit]! += (number >>> bit) & 1
      tenths[scale(number, 10)]!++
    }
  }
  for (const count of ones)
    assert.ok(Math.abs(count / draws - 0.5) < 0.006, `a bit is set in ${count} of ${draws}`)
  for (const count of tenths)
    assert.ok(Math.abs(count / draws - 0.1) < 0.004, `a tenth has ${count} of ${draws}`)
})

test('an alias table holds exactly the distribution it was made from', () => {
  const weights = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(weights, given => {
      const table = aliasTable(given)
      const total = given.reduce((sum, weight) => sum + weight, 0)
      const share = new Float64Array(given.length)
      given.forEach((_, i) => {
        const stays = table[2 * i]! / 2 ** 32
        share[i]! += stays / given.length
        share[table[2 * i + 1]!]! += (1 - stays) / given.length
      })
      given.forEach((weight, i) => {
        assert.ok(Math.abs(share[i]! - weight / total) < 1e-8)
      })
    }),
  )
})
