import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromFloat16, toFloat16 } from '#math/float16'

test('every float16 number comes back from its bits', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const number = fromFloat16(bits)
    if (Number.isNaN(number)) assert.ok(Number.isNaN(fromFloat16(toFloat16(number))))
    else assert.equal(toFloat16(number), bits)
  }
})

test('a number between two goes to the nearer one, a half to the even one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0x7bfe }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (bits, share) => {
        const [below, above] = [fromFloat16(bits), fromFloat16(bits + 1)]
        const x = Math.fround(below + (above - below) * share)
        const place = (x - below) / (above - below)
        const expected = place < 0.5 || (place === 0.5 && bits % 2 === 0) ? bits : bits + 1
        assert.equal(toFloat16(x), expected)
        assert.equal(toFloat16(-x), expected | 0x8000)
      },
    ),
  )
})

test('beyond 65,504 and a half step is infinity', () => {
  assert.equal(fromFloat16(toFloat16(65519)), 65504)
  assert.equal(fromFloat16(toFloat16(65520)), Number.POSITIVE_INFINITY)
  assert.equal(fromFloat16(toFloat16(-1e30)), Number.NEGATIVE_INFINITY)
})
