import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { transportCost } from '#math/transport'

const side = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })

/** Both sides cut to the lesser sum, so that all that is supplied is demanded. */
const problem = fc
  .tuple(side, side, fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 16, maxLength: 16 }))
  .map(([supply, demand, numbers]) => {
    const amount = Math.min(total(supply), total(demand), 6)
    const [from, to] = [cut(supply, amount), cut(demand, amount)]
    return { from, to, cost: from.map((_, i) => Float64Array.from(to, (_, j) => numbers[4 * i + j]!)) }
  })

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function cut(numbers: readonly number[], amount: number): number[] {
  let left = amount
  return numbers.map(number => {
    const kept = Math.min(number, left)
    left -= kept
    return kept
  })
}

/** Sends the units one after the other to every place that is left. */
function bruteForce(units: readonly number[], to: readonly number[], cost: readonly Float64Array[]): number {
  const [unit, ...rest] = units
  if (unit === undefined) return 0
  const costs = to.map((room, j) =>
    room > 0
      ? cost[unit]![j]! +
        bruteForce(
          rest,
          to.map((other, k) => (k === j ? other - 1 : other)),
          cost,
        )
      : Number.POSITIVE_INFINITY,
  )
  return Math.min(...costs)
}

test('nothing cheaper is found by trying every way', () => {
  fc.assert(
    fc.property(problem, ({ from, to, cost }) => {
      const units = from.flatMap((amount, i) => Array.from({ length: amount }, () => i))
      assert.ok(Math.abs(transportCost(from, to, cost) - bruteForce(units, to, cost)) < 1e-9)
    }),
    { numRuns: 300 },
  )
})

test('an assignment of hundreds that is shuffled is found again', () => {
  const size = 200
  const ones = Array.from({ length: size }, () => 1)
  const cost = ones.map((_, i) => Float64Array.from(ones, (_, j) => (j === (i * 7 + 3) % size ? 0.5 : 1)))
  assert.equal(transportCost(ones, ones, cost), size / 2)
})
