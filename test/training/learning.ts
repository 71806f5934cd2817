import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Model, type TrainingOptions, train } from 'wordloom/training'
import { Random } from '#math/random'
import { architectureOf } from '#reference/index'
import { type Combination, chosenIn, nameOf, refusalOf } from './combinations.js'

/** Words of one topic a sentence. */
export function* sentences(count: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(5, s)
    const topic = random.below(10)
    yield Array.from({ length: 12 }, () => `w${topic * 10 + random.below(10)}`)
  }
}

export const common = { dimensions: 8, minCount: 1, subsampling: 0, heldOut: 0.3, threads: 1 } as const

export function trainOn(options: Partial<TrainingOptions>): Promise<Model> {
  return train(sentences(1500), { ...common, schedule: 'windows', epochs: 3, learningRate: 0.05, ...options })
}

/** A test for each of the combinations that can be trained, and one that says why the others are refused. */
export function testLearning(combinations: readonly Combination[]): void {
  const trainable = combinations.filter(combination => refusalOf(combination) === undefined)
  for (const combination of trainable)
    test(`${nameOf(combination)}: one thread is reproducible, and its losses fall`, async () => {
      const documents = architectureOf(combination.architecture).hasDocuments // of which none can be set aside
      const options = { ...chosenIn(combination), ...(documents && { heldOut: 0 }) }
      const [model, again] = [await trainOn(options), await trainOn(options)]
      assert.deepEqual(again.vectors.matrix.data, model.vectors.matrix.data)
      assert.deepEqual(again.vectors.outputVectors, model.vectors.outputVectors)
      const { losses, heldOutLosses, vectors } = model
      for (const byEpoch of documents ? [losses] : [losses, heldOutLosses])
        assert.ok(byEpoch.length === 3 && byEpoch[2]! < byEpoch[0]!, byEpoch.join())
      assert.equal(vectors.metadata.architecture, combination.architecture)
      assert.equal(vectors.metadata.objective, combination.objective)
      const isTree = combination.objective === 'hierarchical-softmax'
      assert.equal(/Huffman/.test(vectors.metadata.outputRows ?? ''), isTree)
    })
}
