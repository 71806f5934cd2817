import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Random } from '#math/random'
import { singularValues } from '#math/singular-values'
import { dot } from '#math/vector'

const square = fc.integer({ min: 1, max: 7 }).chain(size =>
  fc.array(
    fc
      .array(fc.integer({ min: -4, max: 4 }), { minLength: size, maxLength: size })
      .map(numbers => Float64Array.from(numbers)),
    { minLength: size, maxLength: size },
  ),
)

function assertOrthonormal(vectors: readonly Float64Array[]): void {
  for (const [i, a] of vectors.entries())
    for (const [j, b] of vectors.entries()) assert.ok(Math.abs(dot(a, b) - (i === j ? 1 : 0)) < 1e-9)
}

test('values and vectors make the matrix again, also where it is singular', () => {
  fc.assert(
    fc.property(square, matrix => {
      const { values, left, right } = singularValues(matrix)
      assertOrthonormal(left)
      assertOrthonormal(right)
      for (const [i, row] of matrix.entries())
        for (const [j, x] of row.entries()) {
          const sum = values.reduce((sum, value, k) => sum + value * left[k]![i]! * right[k]![j]!, 0)
          assert.ok(Math.abs(sum - x) < 1e-9, `${sum}, ${x}`)
        }
      for (const [k, value] of values.entries()) assert.ok(k === 0 || value <= values[k - 1]!)
    }),
  )
})

test('a diagonal matrix has its own numbers', () => {
  const { values } = singularValues([Float64Array.of(2, 0), Float64Array.of(0, -5)])
  assert.deepEqual([...values], [5, 2])
})

test('a large matrix of low rank is decomposed too', () => {
  const random = new Random(2, 0)
  const numbers = (n: number) => Float64Array.from({ length: n }, () => random.uniform() - 0.5)
  const [a, b] = [0, 1].map(() => Array.from({ length: 60 }, () => numbers(3)))
  const matrix = a!.map(x => Float64Array.from(b!, y => dot(x, y)))
  const { values, left, right } = singularValues(matrix)
  assertOrthonormal(left)
  assertOrthonormal(right)
  assert.ok(values[2]! > 0.1 && values[3]! < 1e-12)
})
