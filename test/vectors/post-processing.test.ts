import assert from 'node:assert/strict'
import { test } from 'node:test'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { dot } from '#math/vector'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { allButTheTop, centered, WordVectors } from '#vectors/index'

const size = 200
const random = new Random(3, 0)
const vectors = WordVectors.allocate(Vocabulary.of(Array.from({ length: size }, (_, i) => `w${i}`)), 5)

/** One direction, (3, 4, 0, 0, 0) / 5, in which the vectors vary a hundred times as much, around a mean. */
for (let id = 0; id < size; id++) {
  const along = 10 * (random.uniform() - 0.5)
  const noise = () => 0.1 * (random.uniform() - 0.5)
  row(vectors.matrix, id).set([2 + 0.6 * along, 0.8 * along, 1, 0, 0].map(x => x + noise()))
}

function means(of: WordVectors): number[] {
  return Array.from({ length: 5 }, (_, i) => {
    let sum = 0
    for (let id = 0; id < size; id++) sum += row(of.matrix, id)[i]! / size
    return sum
  })
}

test('centred vectors have the mean 0 and their differences', () => {
  const result = centered(vectors)
  for (const mean of means(result)) assert.ok(Math.abs(mean) < 1e-6)
  const difference = (of: WordVectors) => of.vector('w1')!.map((x, i) => x - of.vector('w2')![i]!)
  for (const [i, x] of difference(result).entries()) assert.ok(Math.abs(x - difference(vectors)[i]!) < 1e-5)
  assert.ok(means(vectors)[0]! > 1, 'the vectors that were given stay as they are')
  assert.equal(result.metadata.postProcessing, 'center')
})

test('all but the top has nothing along the direction of greatest variance', () => {
  const result = allButTheTop(vectors, 1)
  for (let id = 0; id < size; id++) {
    const vector = row(result.matrix, id)
    assert.ok(Math.abs(dot(vector, [0.6, 0.8, 0, 0, 0])) < 0.02)
    assert.ok(Math.abs(vector[2]! - (vectors.vector(`w${id}`)![2]! - means(vectors)[2]!)) < 0.02)
  }
  for (const wrong of [0, 5, 1.5, undefined as unknown as number])
    assert.throws(() => allButTheTop(vectors, wrong), {
      code: 'usage',
      message: `Cannot remove the common directions: allButTheTop is ${wrong}; expected a whole number from 1 to 4, one less than the dimensions.`,
    })
})
