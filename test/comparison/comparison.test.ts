import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WordloomError } from 'wordloom'
import { align, compareModels, confidentNeighbors, drift } from '#comparison/index'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { singularValues } from '#math/singular-values'
import { cosine, dot } from '#math/vector'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'

const words = Array.from({ length: 80 }, (_, i) => `w${i}`)
const random = new Random(9, 0)
const gaussian = () => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, x) => sum + x - 0.5, 0)

function vectorsOf(words: readonly string[], vector: (i: number) => ArrayLike<number>): WordVectors {
  const vectors = WordVectors.allocate(Vocabulary.of(words), vector(0).length)
  for (const i of words.keys()) row(vectors.matrix, i).set(vector(i))
  return vectors
}

const rows = words.map(() => Float64Array.from({ length: 7 }, gaussian))
const from = vectorsOf(words, i => rows[i]!)
/** The left vectors of any matrix are a rotation or a reflection. */
const rotation = singularValues(
  Array.from({ length: 7 }, () => Float64Array.from({ length: 7 }, gaussian)),
).left
const rotated = (i: number) => rotation.map(axis => dot(axis, rows[i]!))

test('a model that was rotated is laid on itself again', () => {
  const onto = vectorsOf([...words].reverse(), i => rotated(words.length - 1 - i))
  const { vectors, common, cosineBefore, cosineAfter } = align(from, onto)
  assert.equal(common, 80)
  assert.ok(Math.abs(cosineBefore) < 0.6 && cosineAfter > 0.999999, `${cosineBefore} ${cosineAfter}`)
  for (const word of words) assert.ok(cosine(vectors.vector(word)!, onto.vector(word)!) > 0.99999)
  assert.ok(Math.abs(vectors.similarity('w1', 'w2') - from.similarity('w1', 'w2')) < 1e-6)
})

test('the word that moved is found, with the neighbours it lost and gained', () => {
  const onto = vectorsOf(words, i => (i === 5 ? rotated(6).map(x => x * 2) : rotated(i)))
  const { changes, meanDrift, cosineAfter } = compareModels(from, onto, { count: 3, neighbors: 4 })
  assert.deepEqual([changes[0]!.word, changes[0]!.rank, changes.length], ['w5', 1, 3])
  assert.ok(changes[0]!.drift > 5 * changes[1]!.drift)
  assert.ok(Math.abs(cosineAfter - (1 - meanDrift)) < 1e-6)
  const before = from.nearest('w5', 4).map(({ word }) => word)
  const after = onto.nearest('w5', 4).map(({ word }) => word)
  assert.equal(after[0], 'w6')
  assert.deepEqual(
    changes[0]!.lost,
    before.filter(word => !after.includes(word)),
  )
  assert.deepEqual(
    changes[0]!.gained,
    after.filter(word => !before.includes(word)),
  )
  assert.deepEqual(
    changes[0]!.kept,
    after.filter(word => before.includes(word)),
  )
  const [asked] = compareModels(from, onto, { words: ['w7'], neighbors: 4 }).changes
  assert.ok(asked!.word === 'w7' && asked!.rank > 1)
})

test('models that cannot be compared are refused', () => {
  const other = vectorsOf(['a', 'b'], () => [1, 2, 3, 4, 5, 6, 7])
  assert.throws(
    () =>
      align(
        from,
        vectorsOf(['w1', 'w2'], () => [1, 2]),
      ),
    { code: 'usage', message: /7 dim/ },
  )
  assert.throws(() => align(from, other), { code: 'usage', message: /0 words in common/ })
  assert.throws(() => align(from, from, { limit: 0 }), {
    code: 'usage',
    message: 'Cannot align the models: limit is 0; expected a whole number from 1 up.',
  })
  assert.throws(() => compareModels(from, from, { words: ['nobody'] }), { code: 'unknown-word' })
  assert.throws(() => confidentNeighbors([from], 'w1'), { code: 'usage' })
})

test('what all models find comes first, whatever their rotations', () => {
  const noisy = (amount: number) =>
    vectorsOf(words, i => rotated(i).map(x => x + amount * (random.uniform() - 0.5)))
  const models = [from, noisy(0.5), noisy(0.5)]
  const found = confidentNeighbors(models, 'w3', { count: 8 })
  assert.equal(found.length, 8)
  for (const [i, { word, similarity, least, greatest, found: times, models: of }] of found.entries()) {
    const each = models.map(model => model.similarity('w3', word))
    assert.ok(Math.abs(similarity - (each[0]! + each[1]! + each[2]!) / 3) < 1e-5)
    assert.ok(Math.abs(least - Math.min(...each)) < 1e-5 && Math.abs(greatest - Math.max(...each)) < 1e-5)
    const inTop = models.filter(model => model.nearest('w3', 8).some(near => near.word === word)).length
    assert.deepEqual([times, of], [inTop, 3])
    assert.ok(i === 0 || found[i - 1]!.found >= times)
  }
  assert.deepEqual(
    confidentNeighbors([from, from], 'w3').map(({ word }) => word),
    from.nearest('w3').map(({ word }) => word),
  )
  assert.deepEqual(confidentNeighbors(models, 'nobody', { unknown: 'skip' }), [])
})

test('drift is measured where the vectors are, word by word, without a rotation', () => {
  const after = vectorsOf([...words, 'new'], i => (i === 3 ? rows[i]!.map(x => -x) : (rows[i] ?? rows[0]!)))
  assert.deepEqual(drift(from, after), {
    words: 80,
    moved: 1,
    meanCosine: -1,
    most: [{ word: 'w3', cosine: -1 }],
  })
  assert.deepEqual(drift(from, from), { words: 80, moved: 0, meanCosine: 1, most: [] })
  const turned = drift(from, vectorsOf(words, rotated), { count: 4, limit: 50 })
  assert.deepEqual([turned.words, turned.moved, turned.most.length], [50, 50, 4])
  assert.ok(turned.most[0]!.cosine <= turned.most[3]!.cosine && turned.meanCosine < 0.9)
  assert.throws(
    () =>
      drift(
        from,
        vectorsOf(words, () => [1, 2]),
      ),
    (error: WordloomError) => error.code === 'usage' && /7 dimensions and the other 2/.test(error.message),
  )
})
