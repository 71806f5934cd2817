import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { negativeSampling, negativeSamplingLoss, type SampledPair } from '#equations/negative-sampling'
import { denseRows } from '#equations/rows'
import { logSigmoid, sigmoid } from '#equations/sigmoid'
import { randomWindow } from '../reference/windows.js'
import { assertClose, assertRowsClose } from './closeness.js'

const randomPair = randomWindow.map(({ center, outside, inputVectors, outputVectors, negatives }) => ({
  centerVector: inputVectors[center],
  outside: outside[0],
  outputVectors,
  negatives: negatives[0],
}))

/** The loss as it is printed, term by term, one for each draw. */
function lossByDraws({ centerVector, outside, outputVectors, negatives }: SampledPair): number {
  const score = (word: number) =>
    Array.from(centerVector).reduce((sum, v, i) => sum + v * outputVectors[word][i], 0)
  return Array.from(negatives).reduce(
    (loss, word) => loss - logSigmoid(-score(word)),
    -logSigmoid(score(outside)),
  )
}

function assertGradientsRight(pair: SampledPair): void {
  const { centerGradient, outputGradient } = negativeSampling(pair)
  const byCenter = checkGradient(
    ([centerVector]) => lossByDraws({ ...pair, centerVector }),
    [pair.centerVector],
    [centerGradient],
  )
  const dense = denseRows(outputGradient, pair.outputVectors.length, pair.centerVector.length)
  const byOutput = checkGradient(
    outputVectors => lossByDraws({ ...pair, outputVectors }),
    pair.outputVectors,
    dense,
  )
  assert.ok(byCenter.largestError <= 1e-7, JSON.stringify(byCenter))
  assert.ok(byOutput.largestError <= 1e-7, JSON.stringify(byOutput))
}

test('the loss is the sum over the draws', () => {
  fc.assert(
    fc.property(randomPair, pair => {
      assertClose(negativeSampling(pair).loss, lossByDraws(pair), 1e-12)
      assert.equal(negativeSamplingLoss(pair), negativeSampling(pair).loss)
    }),
  )
})

test('both gradients of negative sampling agree with central differences', () => {
  fc.assert(fc.property(randomPair, assertGradientsRight))
})

test('they do so with one negative drawn three times, and with the target among the negatives', () => {
  const pair = {
    centerVector: [0.5, -1],
    outputVectors: [
      [1, 0.2],
      [-0.3, 0.8],
      [0.6, 0.6],
    ],
    outside: 0,
  }
  for (const negatives of [[1, 1, 1], [2, 1, 2], [0], [0, 0, 1], []])
    assertGradientsRight({ ...pair, negatives })
})

test('a negative drawn three times counts three times', () => {
  const pair = {
    centerVector: [0.5, -1],
    outputVectors: [
      [1, 0.2],
      [-0.3, 0.8],
    ],
    outside: 0,
  }
  const once = negativeSampling({ ...pair, negatives: [1] })
  const thrice = negativeSampling({ ...pair, negatives: [1, 1, 1] })
  const none = negativeSampling({ ...pair, negatives: [] })
  assertRowsClose(
    [thrice.outputGradient.get(1)!],
    [once.outputGradient.get(1)!.map(value => 3 * value)],
    1e-15,
  )
  assertClose(thrice.loss - none.loss, 3 * (once.loss - none.loss), 1e-14)
  assert.notEqual(once.outputGradient.get(1)![0], 0)
})

test('a target among the negatives is pulled once and pushed once', () => {
  const pair = { centerVector: [2], outputVectors: [[0.7], [0]], outside: 0, negatives: [0] }
  const { outputGradient, centerGradient } = negativeSampling(pair)
  assertRowsClose([outputGradient.get(0)!], [[(2 * sigmoid(1.4) - 1) * 2]], 1e-15)
  assertRowsClose([centerGradient], [[(2 * sigmoid(1.4) - 1) * 0.7]], 1e-15)
})

test('only the outside word and the distinct negatives have a row in ∂J/∂U', () => {
  fc.assert(
    fc.property(randomPair, pair => {
      const { outputGradient } = negativeSampling(pair)
      assert.deepEqual(new Set(outputGradient.keys()), new Set([pair.outside, ...pair.negatives]))
      assert.ok(outputGradient.size <= pair.negatives.length + 1)
    }),
  )
})

test('no other row of U is looked at, so the cost does not depend on |V|', () => {
  const outputVectors = new Proxy([] as number[][], {
    get: (_, key) =>
      key === 'length'
        ? 1e9
        : ['4', '7', '9'].includes(String(key))
          ? [1, 1]
          : assert.fail(`row ${String(key)}`),
  })
  const { outputGradient } = negativeSampling({
    centerVector: [1, 2],
    outside: 7,
    negatives: [9, 4, 9],
    outputVectors,
  })
  assert.deepEqual([...outputGradient.keys()], [7, 9, 4])
})

test('nothing of the size of U is allocated: each row of the gradient has d numbers of its own', () => {
  const vector = [1, 2, 3]
  const outputVectors = Array.from({ length: 200_000 }, () => vector)
  const pair = { centerVector: vector, outside: 7, negatives: [9, 4, 9, 199_999], outputVectors }
  const before = process.memoryUsage().arrayBuffers
  const { centerGradient, outputGradient } = negativeSampling(pair)
  const taken = process.memoryUsage().arrayBuffers - before
  for (const row of [centerGradient, ...outputGradient.values()]) assert.equal(row.buffer.byteLength, 3 * 8)
  // |V| numbers alone would be 1.6 MB.
  assert.ok(taken < 100_000, `${taken} bytes`)
})

test('with output vectors of zero the loss is (K + 1) ln 2', () => {
  const outputVectors = Array.from({ length: 20 }, () => [0, 0])
  for (const [K, loss] of [
    [5, 4.1589],
    [10, 7.6246],
  ]) {
    const negatives = Array.from({ length: K }, (_, k) => k + 1)
    const sampled = negativeSampling({ centerVector: [1, 2], outside: 0, negatives, outputVectors })
    assertClose(sampled.loss, (K + 1) * Math.LN2, 1e-15)
    assertClose(sampled.loss, loss, 1e-4)
  }
})

test('scores of ±800 give the right loss and gradients', () => {
  const outputVectors = [[800], [-800]]
  const right = negativeSampling({ centerVector: [1], outside: 0, negatives: [1, 1], outputVectors })
  const wrong = negativeSampling({ centerVector: [1], outside: 1, negatives: [0, 0], outputVectors })
  assertRowsClose([[right.loss], right.centerGradient], [[0], [0]], 0)
  assert.equal(wrong.loss, 2400)
  assertRowsClose([wrong.centerGradient, ...denseRows(wrong.outputGradient, 2, 1)], [[2400], [2], [-1]], 0)
})

test('misfit shapes and words that are no row are refused', () => {
  const pair = {
    centerVector: [1, 2],
    outside: 0,
    outputVectors: [
      [1, 2],
      [3, 4],
    ],
  }
  assert.throws(() => negativeSampling({ ...pair, negatives: [1, 2] }), {
    code: 'usage',
    message: /negative 1 is 2/,
  })
  assert.throws(() => negativeSampling({ ...pair, outside: -1, negatives: [] }), { code: 'usage' })
  assert.throws(() => negativeSampling({ ...pair, centerVector: [1], negatives: [1] }), { code: 'bad-data' })
})
