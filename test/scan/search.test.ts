import assert from 'node:assert/strict'
import { test } from 'node:test'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { cosine } from '#math/vector'
import { GrowingRows } from '#scan/growing-rows'
import { scanBlocks } from '#scan/row-scan'
import type { SearchBuild } from '#scan/search-kernel'
import { SearchMatrix } from '#scan/search-matrix'
import { QUERIES_AT_ONCE, ROWS_AT_ONCE } from '#scan/search-memory'

const dimensions = [
  1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 63, 64, 65, 100, 127, 128, 129, 200, 255, 299, 300, 301,
]

function randomVector(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.uniform() - 0.5)
}

function filled(rows: number, columns: number, build: SearchBuild): SearchMatrix {
  const random = new Random(rows, columns)
  const search = SearchMatrix.allocate(rows, columns, { build })
  for (let i = 0; i < rows; i++) row(search.matrix, i).set(randomVector(random, columns))
  return search
}

function allScores(search: SearchMatrix, queries: Float32Array[]): Float32Array[] {
  return search.score(queries, 0, search.matrix.rows).map(scores => scores.slice())
}

test('the plain SIMD kernel and its TypeScript twin give the same bits at every dimension', () => {
  for (const columns of dimensions)
    for (const rows of [1, 2, 3, 4, 5, 6, 7, 9]) {
      const queries = Array.from({ length: QUERIES_AT_ONCE }, (_, q) =>
        randomVector(new Random(q, 9), columns),
      )
      for (let count = 1; count <= QUERIES_AT_ONCE; count++) {
        const some = queries.slice(0, count)
        const fast = allScores(filled(rows, columns, 'plain'), some)
        assert.deepEqual(
          fast,
          allScores(filled(rows, columns, 'typescript'), some),
          `${rows} × ${columns}, ${count}`,
        )
      }
    }
})

test('the fastest kernel agrees with cosines computed in float64', () => {
  for (const columns of dimensions) {
    const search = filled(11, columns, 'relaxed')
    const query = randomVector(new Random(5, 6), columns)
    const [one] = allScores(search, [query])
    const four = allScores(search, [query, query, query])
    const six = allScores(search, [query, query, query, query, query, query])
    for (let i = 0; i < 11; i++) {
      const expected = cosine(query, row(search.matrix, i)) * Math.hypot(...query)
      assert.ok(Math.abs(one![i]! - expected) < 1e-5, `${one![i]} instead of ${expected}`)
    }
    for (const scores of [...four, ...six])
      assert.deepEqual(scores, one, 'a score does not depend on its company')
  }
})

test('rows without a direction score 0, never NaN', () => {
  for (const build of ['relaxed', 'plain', 'typescript'] as const) {
    const search = SearchMatrix.allocate(9, 5, { build })
    row(search.matrix, 1).set([1, 2, 3, 4, 5])
    row(search.matrix, 2).set([Number.NaN, 0, 0, 0, 0])
    row(search.matrix, 3).set([3e38, 3e38, 3e38, 3e38, 3e38])
    row(search.matrix, 4).fill(1e-30)
    row(search.matrix, 8).fill(Number.POSITIVE_INFINITY)
    const query = new Float32Array(5).fill(1 / Math.sqrt(5))
    for (const scores of [allScores(search, [query])[0]!, allScores(search, [query, query])[1]!]) {
      assert.deepEqual(
        [0, 2, 5, 6, 7, 8].map(i => scores[i]),
        [0, 0, 0, 0, 0, 0],
        build,
      )
      assert.ok(Math.abs(scores[3]! - 1) < 1e-6, `${build} ${scores[3]}`)
      assert.ok(Math.abs(scores[4]! - 1) < 1e-6, `${build} ${scores[4]}`)
      assert.ok(Math.abs(scores[1]! - 15 / Math.sqrt(5 * 55)) < 1e-6)
    }
  }
})

test('rows at both ends of float32 have the cosines of float64, in every build and on every thread', () => {
  const random = new Random(1, 2)
  for (const columns of [1, 3, 4, 9, 300]) {
    const rows = ROWS_AT_ONCE + 40
    const places = [0, 1, 5, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, rows - 1]
    const scales = [3e38, 1e-45, 3.4e38, 1e-38, 1e-31, 2.9e38]
    const queries = Array.from({ length: 6 }, (_, q) => {
      const query = randomVector(new Random(q, 8), columns)
      return query.map(x => x / Math.hypot(...query))
    })
    for (const build of ['relaxed', 'plain', 'typescript'] as const) {
      const search = filled(rows, columns, build)
      for (const [i, at] of places.entries())
        row(search.matrix, at).set(
          Float32Array.from({ length: columns }, () => (random.uniform() > 0.5 ? 1 : -1) * scales[i]!),
        )
      const other = new SearchMatrix(search.memory, rows, columns, { build, slot: 1, measured: rows })
      search.measure(rows)
      for (const [from, to] of [
        [0, ROWS_AT_ONCE],
        [ROWS_AT_ONCE, rows],
      ] as const)
        for (const [q, query] of queries.entries())
          for (const at of places.filter(at => at >= from && at < to)) {
            const expected = cosine(query, row(search.matrix, at))
            for (const one of [search, other]) {
              const alone = one.score([query], from, to)[0]![at - from]!
              const together = one.score(queries, from, to)[q]![at - from]!
              for (const score of [alone, together])
                assert.ok(Math.abs(score - expected) < 1e-6, `${build} ${columns} ${at}: ${score}`)
            }
            assert.ok(Math.abs(cosine(search.direction(at), row(search.matrix, at)) - 1) < 1e-6)
          }
      assert.ok(search.norm(0) >= Math.fround(3e38))
    }
  }
})

test('the first score above a bar is the same one to every build, wherever it stands', () => {
  for (const build of ['relaxed', 'plain', 'typescript'] as const) {
    const search = filled(50, 3, build)
    const [scores] = search.score([Float32Array.of(1, 0, 0)], 0, 50)
    for (const bar of [Number.NEGATIVE_INFINITY, -0.5, 0, 0.5, 0.9, scores![41]!, 2])
      for (let start = 0; start <= 50; start++) {
        const found = scores!.findIndex((score, i) => i >= start && score > bar)
        assert.equal(
          search.firstAbove(scores!, start, bar),
          found < 0 ? 50 : found,
          `${build} ${bar} ${start}`,
        )
      }
    scores!.fill(Number.NaN)
    assert.equal(search.firstAbove(scores!, 0, Number.NEGATIVE_INFINITY), 50)
  }
})

test('a scan passes every row once for each query, in blocks, also where queries are many', () => {
  const rows = 2 * ROWS_AT_ONCE + 3
  for (const build of ['relaxed', 'plain'] as const)
    for (const count of [1, 2, 5, 7, 13, 41]) {
      const search = filled(rows, 3, build)
      const queries = Array.from({ length: count }, (_, q) => randomVector(new Random(q, 4), 3))
      const next = queries.map(() => 0)
      scanBlocks(search, queries, { from: 0, to: rows }, (scores, first, query) => {
        for (const [q, ofQuery] of scores.entries()) {
          assert.equal(first, next[query + q])
          for (let i = 0; i < ofQuery.length; i += 97) {
            const length = Math.hypot(...queries[query + q]!)
            const expected = cosine(queries[query + q]!, row(search.matrix, first + i)) * length
            assert.ok(Math.abs(ofQuery[i]! - expected) < 1e-6)
          }
          next[query + q]! += ofQuery.length
        }
      })
      assert.deepEqual(next, Array(count).fill(rows))
    }
})

test('more queries than there is room for are refused, and none are no group', () => {
  const search = filled(3, 4, 'plain')
  const queries = Array.from({ length: 37 }, (_, q) => randomVector(new Random(q, 4), 4))
  assert.throws(() => search.place(queries), /room for 36 queries, not for 37/)
  assert.deepEqual(search.place([]), [])
  assert.throws(() => search.score(queries.slice(0, 7), 0, 3), /1 to 6 queries at once, not 7/)
})

test('a matrix past 4 GiB is refused before it is allocated, with the numbers', () => {
  assert.throws(() => SearchMatrix.allocate(3_000_000, 400), {
    code: 'too-large',
    message: /3,000,000 words × 400 dimensions × 4 bytes are 4\.5 GiB.*4 GiB.*limit of 2676\d{3} or less/,
  })
  assert.throws(() => new GrowingRows(300, 2 ** 31), { code: 'too-large' })
})

test('rows that arrive one by one are the matrix that was allocated at once', () => {
  for (const columns of [1, 6, 100]) {
    const whole = filled(1000, columns, 'relaxed')
    const growing = new GrowingRows(columns)
    for (let i = 0; i < 1000; i++) {
      growing.next().fill(9) // written and not added, as a reader does with a duplicate
      growing.next().set(row(whole.matrix, i))
      growing.add()
    }
    growing.next().fill(9)
    const search = growing.finish()
    assert.deepEqual(search.matrix.data, whole.matrix.data)
    const query = new Float32Array(columns).fill(1)
    assert.deepEqual(allScores(search, [query]), allScores(whole, [query]))
  }
})
