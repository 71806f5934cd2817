import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { naiveSoftmax } from '#equations/naive-softmax'
import { naiveSoftmaxBatch } from '#equations/naive-softmax-batch'
import { randomWindow, vector } from '../reference/windows.js'
import { assertClose, assertRowsClose } from './closeness.js'

/** 0 to 40 pairs: none, one group, a whole group and a part of one. */
const randomPairs = randomWindow.chain(({ words, dimensions, outputVectors }) =>
  fc
    .array(fc.record({ center: vector(dimensions), outside: fc.integer({ min: 0, max: words - 1 }) }), {
      maxLength: 40,
    })
    .map(pairs => ({
      centerVectors: pairs.map(pair => pair.center),
      outside: pairs.map(pair => pair.outside),
      outputVectors,
    })),
)

test('a batch is the sum of its pairs under naive softmax', () => {
  fc.assert(
    fc.property(randomPairs, pairs => {
      const { centerVectors, outside, outputVectors } = pairs
      const alone = centerVectors.map((centerVector, b) =>
        naiveSoftmax({ centerVector, outside: outside[b], outputVectors }),
      )
      const sum = outputVectors.map((row, w) =>
        row.map((_, i) => alone.reduce((all, { outputGradient }) => all + outputGradient[w][i], 0)),
      )
      const { loss, centerGradients, outputGradient } = naiveSoftmaxBatch(pairs)
      assertClose(
        loss,
        alone.reduce((all, pair) => all + pair.loss, 0),
        1e-12,
      )
      assertRowsClose(
        centerGradients,
        alone.map(pair => pair.centerGradient),
        1e-12,
      )
      assertRowsClose(outputGradient, sum, 1e-11)
    }),
  )
})

test('it is so too where the vocabulary is several blocks and a part of one', () => {
  const outputVectors = Array.from({ length: 101 }, (_, w) => [Math.sin(w), Math.cos(3 * w), w / 101])
  const centerVectors = Array.from({ length: 18 }, (_, b) => [Math.cos(b), Math.sin(2 * b), 1 - b / 9])
  const outside = centerVectors.map((_, b) => (b * 37) % 101)
  const { centerGradients, outputGradient } = naiveSoftmaxBatch({ centerVectors, outside, outputVectors })
  const alone = centerVectors.map((centerVector, b) =>
    naiveSoftmax({ centerVector, outside: outside[b], outputVectors }),
  )
  assertRowsClose(
    centerGradients,
    alone.map(pair => pair.centerGradient),
    1e-13,
  )
  const sum = outputVectors.map((row, w) =>
    row.map((_, i) => alone.reduce((all, pair) => all + pair.outputGradient[w][i], 0)),
  )
  assertRowsClose(outputGradient, sum, 1e-13)
})

test('both gradients of a batch agree with central differences', () => {
  fc.assert(
    fc.property(
      randomPairs.filter(pairs => pairs.outside.length > 0),
      pairs => {
        const { centerGradients, outputGradient } = naiveSoftmaxBatch(pairs)
        const byCenters = checkGradient(
          centerVectors => naiveSoftmaxBatch({ ...pairs, centerVectors }).loss,
          pairs.centerVectors,
          centerGradients,
        )
        const byOutput = checkGradient(
          outputVectors => naiveSoftmaxBatch({ ...pairs, outputVectors }).loss,
          pairs.outputVectors,
          outputGradient,
        )
        assert.ok(byCenters.largestError <= 1e-6, JSON.stringify(byCenters))
        assert.ok(byOutput.largestError <= 1e-6, JSON.stringify(byOutput))
      },
    ),
    { numRuns: 30 },
  )
})

test('scores of ±800 give the right loss and gradients', () => {
  const { loss, centerGradients, outputGradient } = naiveSoftmaxBatch({
    centerVectors: [[1], [1]],
    outside: [0, 1],
    outputVectors: [[800], [-800]],
  })
  assert.equal(loss, 1600)
  assertRowsClose([...centerGradients, ...outputGradient], [[0], [1600], [1], [-1]], 0)
})

test('misfit shapes, missing words and words that are no row are refused', () => {
  const outputVectors = [
    [1, 2],
    [3, 4],
  ]
  const pairs = { centerVectors: [[1, 2]], outside: [0], outputVectors }
  assert.throws(() => naiveSoftmaxBatch({ ...pairs, outside: [2] }), {
    code: 'usage',
    message: /pair 0 is 2/,
  })
  assert.throws(() => naiveSoftmaxBatch({ ...pairs, outside: [] }), {
    code: 'usage',
    message: /one for each/,
  })
  assert.throws(() => naiveSoftmaxBatch({ ...pairs, centerVectors: [[1]] }), {
    code: 'bad-data',
    message: /center vector 0 has 1 numbers/,
  })
  assert.throws(() => naiveSoftmaxBatch({ ...pairs, outputVectors: [[1, 2]] }), {
    code: 'bad-data',
    message: /the vocabulary has one word/,
  })
  assert.throws(() => naiveSoftmaxBatch({ ...pairs, outputVectors: [[1, 2], [3]] }), { code: 'bad-data' })
  assert.throws(() => naiveSoftmaxBatch({ ...pairs, centerVectors: [[1, Number.NaN]] }), { code: 'bad-data' })
})
