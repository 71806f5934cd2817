import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeInt8, encodeInt8 } from '#math/int8-rows'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { cosine, norm } from '#math/vector'
import { Int8Matrix } from '#scan/int8-matrix'
import { SearchMatrix } from '#scan/search-matrix'

function filled(rows: number, columns: number): SearchMatrix {
  const search = SearchMatrix.allocate(rows, columns)
  const random = new Random(rows, columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) row(search.matrix, i)[j] = random.uniform() - 0.5
  return search
}

function unit(columns: number, seed: number): Float32Array {
  const random = new Random(seed, 3)
  const vector = Float32Array.from({ length: columns }, () => random.uniform() - 0.5)
  return vector.map(x => x / norm(vector))
}

function allScores(int8: Int8Matrix, queries: readonly Float32Array[]): Float32Array[] {
  return int8.place(queries).flatMap(group => int8.scorePlaced(group, 0, int8.rows).map(x => x.slice()))
}

test('the kernel of 8-bit rows and its twin give the same bits at every dimension, in both SIMD builds', () => {
  for (const columns of [1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 100, 128, 300, 301])
    for (const rows of [1, 2, 3, 4, 5, 9]) {
      const search = filled(rows, columns)
      const queries = [1, 2, 3, 4].map(seed => unit(columns, seed))
      for (let count = 1; count <= 4; count++) {
        const scores = (['typescript', 'plain', 'relaxed'] as const).map(build =>
          allScores(Int8Matrix.of(search, { build }), queries.slice(0, count)),
        )
        assert.deepEqual(scores[1], scores[0], `${rows} × ${columns}, ${count}`)
        assert.deepEqual(scores[2], scores[0], `${rows} × ${columns}, ${count}`)
      }
    }
})

test('scores of 8-bit rows are cosines to within a hundredth, whatever their company', () => {
  const search = filled(50, 64)
  const int8 = Int8Matrix.of(search)
  const query = unit(64, 9)
  const [alone] = allScores(int8, [query])
  const together = allScores(int8, [unit(64, 8), query])[1]!
  assert.deepEqual(together, alone)
  for (let i = 0; i < 50; i++) assert.ok(Math.abs(alone![i]! - cosine(query, row(search.matrix, i))) < 0.01)
})

test('rows without a direction, and queries of zeros, score 0', () => {
  const search = SearchMatrix.allocate(3, 5)
  row(search.matrix, 1).set([1, 2, 3, 4, 5])
  row(search.matrix, 2).set([Number.NaN, 1, 1, 1, 1])
  const int8 = Int8Matrix.of(search)
  assert.deepEqual(
    [...allScores(int8, [unit(5, 1)])[0]!].map(x => x === 0),
    [true, false, true],
  )
  assert.deepEqual([...allScores(int8, [new Float32Array(5)])[0]!], [0, 0, 0])
})

test('the longest rows do not overflow', () => {
  const columns = 40_000
  const search = SearchMatrix.allocate(1, columns)
  row(search.matrix, 0).fill(3)
  const query = new Float32Array(columns).fill(1 / Math.sqrt(columns))
  assert.ok(Math.abs(allScores(Int8Matrix.of(search), [query])[0]![0]! - 1) < 1e-3)
})

test('a number comes back within half a step of the row, and what was read once is written the same', () => {
  fc.assert(
    fc.property(
      fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true }),
      numbers => {
        const codes = new Int8Array(numbers.length)
        const scale = encodeInt8(numbers, codes)
        const most = Math.max(...numbers.map(Math.abs))
        const decoded = new Float32Array(numbers.length)
        decodeInt8(codes, scale, decoded)
        if (most > 1e-36)
          for (const [i, x] of numbers.entries())
            assert.ok(Math.abs(decoded[i]! - x) <= scale * 0.5001, `${x} became ${decoded[i]}`)
        assert.ok(codes.every(code => code >= -127))
      },
    ),
  )
})

test('rows at both ends of float32 are kept as their directions', () => {
  const search = filled(40, 8)
  for (const [i, scale] of [3e38, 1e-44, 1e-35].entries())
    row(search.matrix, i).set(Float32Array.from({ length: 8 }, (_, j) => (j % 2 ? 1 : -1) * scale))
  const query = unit(8, 5)
  const [scores] = allScores(Int8Matrix.of(search), [query])
  for (const i of [0, 1, 2])
    assert.ok(Math.abs(scores![i]! - cosine(query, row(search.matrix, i))) < 0.01, String(scores![i]))
})
