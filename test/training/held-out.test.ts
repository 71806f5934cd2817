import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logSigmoid } from '#equations/sigmoid'
import { aliasTable } from '#math/alias-table'
import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { heldOutLoss } from '#reference/held-out-loss'
import { windows } from '#reference/kept-tokens'
import { trainOn } from './foreseeable-text.js'

test('without a held-out share there is no held-out loss', async () => {
  assert.deepEqual((await trainOn({ heldOut: 0 })).heldOutLosses, [])
})

test('training ends when patience does', async () => {
  const { losses, heldOutLosses, vectors } = await trainOn({ epochs: 200, patience: 2, learningRate: 0.2 })
  assert.ok(losses.length < 200, `${losses.length} epochs`)
  assert.equal(heldOutLosses.length, losses.length)
  const best = Math.min(...heldOutLosses)
  assert.equal(heldOutLosses.indexOf(best), heldOutLosses.length - 3)
  assert.equal(JSON.parse(vectors.metadata.heldOutLoss!).length, losses.length)
})

test('the loss is that of brute force over every pair', () => {
  const words = 30
  const random = new Random(3, 3)
  const matrices = [allocateMatrix(words, 7), allocateMatrix(words, 7)] as const
  for (const matrix of matrices)
    for (let i = 0; i < words; i++)
      row(matrix, i).set(Float32Array.from({ length: 7 }, () => random.uniform() - 0.5))
  const ids = Int32Array.from({ length: 300 }, () => random.below(words + 1) - 1)
  const block = { ids, first: 0, last: 300, position: 77 }
  const state = {
    inputVectors: matrices[0],
    outputVectors: matrices[1],
    rowOf: (word: number) => (word * 7) % words,
    architecture: 'skip-gram' as const,
    bagForm: 'mean' as const,
    window: 3,
    keep: new Uint32Array(words).fill(2 ** 32 - 1),
    keepKey: 1,
    windowKey: 2,
  }
  const noise = aliasTable(new Float64Array(words).fill(1))
  const objective = { name: 'negative-sampling', noise, negativeSamples: 4, negativeKey: 3 } as const
  const { pairs, loss } = heldOutLoss(block, { ...state, objective })
  const positives = [...windows(block, state)].flatMap(({ outside, centers }) =>
    centers.map(c => [c, outside] as const),
  )
  assert.equal(pairs, positives.length)
  const score = (c: number, o: number) =>
    row(matrices[0], state.rowOf(c)).reduce((sum, x, j) => sum + x * row(matrices[1], state.rowOf(o))[j]!, 0)
  const ofPositives = positives.reduce((sum, [c, o]) => sum - logSigmoid(score(c, o)), 0)
  assert.ok(loss > ofPositives && loss < ofPositives + pairs * 4 * 2)
  const none = heldOutLoss(block, { ...state, objective: { ...objective, negativeSamples: 0 } })
  assert.ok(Math.abs(none.loss - ofPositives) < 1e-9 * ofPositives)
})
