import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { allocateMatrix, row } from '#math/matrix'
import { ProductQuantizer } from '#math/product-quantizer'
import { cosine, dot, norm } from '#math/vector'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { compress, principalDimensions, WordVectors } from '#vectors/index'
import { plantedVectors } from '../search/planted-vectors.js'

const vectors = plantedVectors(600, 12)

test('the loss that is told is the loss', () => {
  for (const precision of ['float16', 'int8', 'pq'] as const) {
    const { vectors: smaller, loss } = compress(vectors, { precision })
    const ids = Array.from({ length: 600 }, (_, id) => id).filter(id => vectors.search.norm(id) > 0)
    const cosines = ids.map(id => cosine(row(vectors.matrix, id), row(smaller.matrix, id)))
    const mean = cosines.reduce((sum, x) => sum + x, 0) / ids.length
    assert.ok(Math.abs(mean - loss.meanCosine) < 1e-9, precision)
    assert.ok(loss.meanCosine > { float16: 0.999999, int8: 0.9999, pq: 0.95 }[precision])
    assert.ok(loss.neighborsKept > { float16: 0.99, int8: 0.95, pq: 0.6 }[precision], `${loss.neighborsKept}`)
    assert.equal(smaller.metadata.meanCosine, loss.meanCosine.toFixed(6))
    assert.equal(smaller.outputVectors, undefined)
  }
})

test('float32 loses nothing', () => {
  const { vectors: same, loss } = compress(vectors, {})
  assert.deepEqual(same.matrix.data, vectors.search.matrix.data)
  assert.ok(1 - loss.meanCosine < 1e-12)
  assert.equal(loss.neighborsKept, 1)
})

test('rows keep their lengths, zeros stay zeros', () => {
  for (const precision of ['float16', 'int8', 'pq'] as const) {
    const { vectors: smaller } = compress(vectors, { precision })
    for (let id = 0; id < 600; id++) {
      const [before, after] = [norm(row(vectors.matrix, id)), norm(row(smaller.matrix, id))]
      assert.ok(Math.abs(before - after) <= 0.01 * before, `${precision} ${id}: ${before} became ${after}`)
    }
  }
})

test('codes of pq are the same bytes for the same seed, everywhere', () => {
  const bytes = (seed: number) => {
    const { encoded } = compress(vectors, { precision: 'pq', bytes: 5, seed }).vectors
    assert.ok(encoded?.precision === 'pq')
    return [encoded.codes, new Uint8Array(encoded.quantizer.centers.buffer)]
  }
  const digest = (parts: Uint8Array[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')
  assert.equal(digest(bytes(1)), digest(bytes(1)))
  assert.notEqual(digest(bytes(1)), digest(bytes(2)))
  assert.equal(digest(bytes(1)).slice(0, 16), '15683199c53f0251')
})

test('sums of looked-up products are the products with decoded rows, in segments of any length', () => {
  const rows = Array.from({ length: 300 }, (_, id) => vectors.search.direction(id))
  for (const segments of [1, 5, 7, 12]) {
    const quantizer = ProductQuantizer.learn(i => rows[i]!, 300, 12, segments, 3)
    const query = rows[17]!
    const table = quantizer.products(query)
    const decoded = new Float32Array(12)
    const codes = new Uint8Array(segments)
    for (const one of rows.slice(0, 40)) {
      quantizer.encode(one, codes)
      quantizer.decode(codes, decoded)
      const sum = codes.reduce((total, code, s) => total + table[s * 256 + code]!, 0)
      assert.ok(Math.abs(sum - dot(query, decoded)) < 1e-5)
    }
  }
})

test('vectors that lie in few dimensions lose nothing by the cut to those', () => {
  const flat = allocateMatrix(100, 6)
  for (let id = 0; id < 100; id++) {
    const [a, b] = [row(vectors.matrix, id)[0]!, row(vectors.matrix, id)[1]!]
    row(flat, id).set([a, b, a + b, a - b, 2 * b, -a])
  }
  const vocabulary = Vocabulary.of(Array.from({ length: 100 }, (_, id) => `w${id}`))
  const { vectors: cut, loss } = compress(new WordVectors({ vocabulary, matrix: flat }), { dimensions: 2 })
  assert.equal(cut.dimensions, 2)
  assert.equal(cut.metadata.dimensionsBefore, '6')
  assert.ok(loss.meanCosine > 0.999999 && loss.neighborsKept > 0.99)
})

test('axes are orthogonal, and the first tells most', () => {
  const { vectors: cut, axes } = principalDimensions(vectors, 4)
  for (const [i, a] of axes.entries())
    for (const [j, b] of axes.entries()) assert.ok(Math.abs(dot(a, b) - (i === j ? 1 : 0)) < 1e-9)
  const spread = [0, 1, 2, 3].map(axis => {
    let sum = 0
    for (let id = 0; id < 600; id++) sum += row(cut.matrix, id)[axis]! ** 2
    return sum
  })
  assert.ok(spread[0]! > spread[3]!)
})

test('what cannot be meant is said in a sentence', () => {
  const wrong: [object, RegExp][] = [
    [{ precision: 'int4' }, /precision is "int4"; expected one of float32, float16, int8, pq\.$/],
    [{ dimensions: 13 }, /dimensions is 13; expected .* from 1 to 12/],
    [{ dimensions: 0 }, /dimensions is 0; expected a whole number from 1 up\.$/],
    [{ dimensions: 1.5 }, /dimensions is 1\.5; expected a whole number/],
    [{ bytes: 3 }, /only with precision: 'pq'/],
    [{ precision: 'pq', bytes: 13 }, /bytes is 13; expected .* from 1 to 12/],
    [{ precision: 'pq', dimensions: 4, bytes: 5 }, /bytes is 5; expected .* from 1 to 4/],
    [{ precision: 'pq', bytes: 0 }, /bytes is 0; expected a whole number from 1 up\.$/],
    [{ seed: -1 }, /seed is -1; expected a whole number from 0 up\.$/],
  ]
  for (const [options, message] of wrong)
    assert.throws(() => compress(vectors, options), { code: 'usage', message })
  for (const dimensions of [0, 12, 2.5])
    assert.throws(() => principalDimensions(vectors, dimensions), {
      code: 'usage',
      message: `Cannot reduce the vectors: dimensions is ${dimensions}; expected a whole number from 1 to 11, fewer than the vectors have.`,
    })
  const great = plantedVectors(3, 2)
  row(great.matrix, 1)[0] = 70_000
  assert.throws(() => compress(great, { precision: 'float16' }), {
    code: 'bad-data',
    message: /"w1".*Give precision: 'int8'/,
  })
})
