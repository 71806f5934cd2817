import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train } from 'wordloom/training'
import { drawWord } from '#equations/noise'
import { logSigmoid } from '#equations/sigmoid'
import { aliasTable } from '#math/alias-table'
import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { skipGram } from '#reference/architectures/skip-gram'
import { heldOutLoss } from '#reference/held-out-loss'
import { windows } from '#reference/kept-tokens'
import { negativeSampling } from '#reference/objectives/negative-sampling'
import { trainOn } from './foreseeable-text.js'

test('without a held-out share there is no held-out loss', async () => {
  assert.deepEqual((await trainOn({ heldOut: 0 })).heldOutLosses, [])
})

test('a text too short to set anything aside has no held-out loss, and says so', async () => {
  const told: string[] = []
  const onWarning = (sentence: string) => void told.push(sentence)
  const lines = Array.from({ length: 300 }, () => 'alpha beta gamma delta')
  const options = { dimensions: 4, epochs: 3, learningRate: 0.1, onWarning }
  const short = await train({ lines }, { ...options, heldOut: 0.3, patience: 1 })
  assert.deepEqual([short.heldOutLosses, short.bestEpoch, short.losses.length], [[], undefined, 3])
  assert.match(
    told[0]!,
    /^heldOut is 0\.3, and nothing was set aside, so that patience ends nothing: the text has fewer than 4,097 words/,
  )
  told.length = 0
  const longer = await train({ lines: Array(5).fill(lines).flat() }, { ...options, heldOut: 0.01 })
  assert.ok(longer.heldOutLosses.every(Number.isFinite) && longer.heldOutLosses.length === 3)
  assert.equal(told.filter(sentence => sentence.startsWith('heldOut')).length, 0)
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
    rowOf: (word: number) => (word * 7) % words,
    architecture: skipGram,
    objective: negativeSampling,
    negativeKey: 3,
    bagForm: 'mean' as const,
    window: 3,
    keep: new Uint32Array(words).fill(2 ** 32 - 1),
    keepKey: 1,
    windowKey: 2,
  }
  const noise = aliasTable(new Float64Array(words).fill(1))
  const output = {
    words,
    outputRow: (word: number) => row(matrices[1], state.rowOf(word)),
    drawNoise: (random: Random, evenly: boolean) => drawWord(noise, random, evenly),
    negativeSamples: 4,
    tree: undefined,
  }
  const { pairs, loss } = heldOutLoss(block, { ...state, output })
  const positives = [...windows(block, state)].flatMap(({ outside, centers }) =>
    centers.map(c => [c, outside] as const),
  )
  assert.equal(pairs, positives.length)
  const score = (c: number, o: number) =>
    row(matrices[0], state.rowOf(c)).reduce((sum, x, j) => sum + x * row(matrices[1], state.rowOf(o))[j]!, 0)
  const ofPositives = positives.reduce((sum, [c, o]) => sum - logSigmoid(score(c, o)), 0)
  assert.ok(loss > ofPositives && loss < ofPositives + pairs * 4 * 2)
  const none = heldOutLoss(block, { ...state, output: { ...output, negativeSamples: 0 } })
  assert.ok(Math.abs(none.loss - ofPositives) < 1e-9 * ofPositives)
})
