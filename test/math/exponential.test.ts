import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { exp, log, pow } from '#math/exponential'
import { Random } from '#math/random'

const random = new Random(5, 0)
const draws = Array.from({ length: 20_000 }, () => random.uniform())
/** So many units in the last place between two numbers. */
const apart = (one: number, other: number) =>
  one === other ? 0 : Math.abs(one - other) / (Math.abs(other) * Number.EPSILON)

test('exponentials and logarithms are those of the engine to two units in the last place', () => {
  for (const draw of draws) {
    const x = 1400 * (draw - 0.5)
    assert.ok(apart(exp(x), Math.exp(x)) < 2, `exp(${x})`)
    const y = draw * 2 ** Math.round(x)
    if (y > 0) assert.ok(apart(log(y), Math.log(y)) < 2, `log(${y})`)
    assert.ok(apart(pow(100 * draw, 0.895), (100 * draw) ** 0.895) < 8, `pow(${100 * draw})`)
  }
})

test('at the ends of what numbers can be, exponentials are what mathematics says', () => {
  assert.deepEqual(
    [exp(0), exp(710), exp(-746), exp(-Infinity), exp(Infinity)],
    [1, Infinity, 0, 0, Infinity],
  )
  assert.deepEqual([log(1), log(0), log(Infinity), pow(0, 0.5)], [0, -Infinity, Infinity, 0])
  for (const none of [exp(Number.NaN), log(-1), log(Number.NaN)]) assert.ok(Number.isNaN(none))
  assert.equal(log(Number.MIN_VALUE), Math.log(Number.MIN_VALUE))
  assert.equal(exp(-745), Number.MIN_VALUE)
})

test('every engine gives the same digits', () => {
  const hash = createHash('sha256')
  for (const draw of draws) hash.update(Float64Array.of(exp(9 * draw), log(draw), pow(draw, 0.3)))
  assert.equal(hash.digest('hex').slice(0, 16), '84611d52046ff52c')
})
