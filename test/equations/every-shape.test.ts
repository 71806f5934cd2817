/** Questions 2, 3, 5 and 6 on every shape: |V| 2–500, d 1–300, K 1–50. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  denseRows,
  inConvention,
  naiveSoftmax,
  naiveSoftmaxLoss,
  negativeSampling,
  negativeSamplingLoss,
  outsideWords,
  relativeError,
  type SampledPair,
  skipGram,
} from 'wordloom/equations'
import type { Random } from '#math/random'
import { assertClose, assertRowsClose } from './closeness.js'
import { randomVector, type ShapedWindow, shapedWindow } from './shapes.js'

const runs = { numRuns: 40 }

function pairOf({ center, outside, negatives, inputVectors, outputVectors }: ShapedWindow): SampledPair {
  return { centerVector: inputVectors[center], outside: outside[0], negatives: negatives[0], outputVectors }
}

type Loss = (at: Float64Array[]) => number

/** A gradient has too many numbers to check each: three single ones, and three directions that hold all of them. */
function assertGradient(
  loss: Loss,
  at: Float64Array[],
  gradient: Float64Array[],
  random: Random,
  step = 1e-5,
) {
  const zeros = () => at.map(row => new Float64Array(row.length))
  for (let i = 0; i < 3; i++) {
    const single = zeros()
    const row = random.below(at.length)
    single[row][random.below(at[row].length)] = 1
    assertSlope(loss, at, gradient, single, step)
    const size = Math.sqrt(3 / (at.length * at[0].length))
    const direction = at.map(row => randomVector(random, row.length, size))
    assertSlope(loss, at, gradient, direction, step)
  }
}

function assertSlope(
  loss: Loss,
  at: Float64Array[],
  gradient: Float64Array[],
  along: Float64Array[],
  step: number,
) {
  const moved = (by: number) => at.map((row, i) => row.map((value, j) => value + by * along[i][j]))
  const numeric = (loss(moved(step)) - loss(moved(-step))) / (2 * step)
  const analytic = gradient.reduce(
    (sum, row, i) => row.reduce((s, value, j) => s + value * along[i][j], sum),
    0,
  )
  const error = relativeError(numeric, analytic)
  assert.ok(error <= 1e-7, `${analytic} where central differences say ${numeric}`)
}

test('question 2: ∂J/∂v_c of naive softmax agrees with central differences in every shape', () => {
  fc.assert(
    fc.property(shapedWindow, window => {
      const pair = pairOf(window)
      const at = [Float64Array.from(pair.centerVector)]
      const loss: Loss = ([centerVector]) => naiveSoftmaxLoss({ ...pair, centerVector })
      assertGradient(loss, at, [naiveSoftmax(pair).centerGradient], window.random)
    }),
    runs,
  )
})

test('question 3: ∂J/∂U agrees with central differences, and its rows sum to zero, in every shape', () => {
  fc.assert(
    fc.property(shapedWindow, window => {
      const pair = pairOf(window)
      const { outputGradient } = naiveSoftmax(pair)
      const loss: Loss = outputVectors => naiveSoftmaxLoss({ ...pair, outputVectors })
      assertGradient(loss, window.outputVectors, outputGradient, window.random)
      const sums = outputGradient[0].map((_, i) => outputGradient.reduce((sum, row) => sum + row[i], 0))
      for (const sum of sums) assertClose(sum, 0, 1e-12)
    }),
    runs,
  )
})

test('question 5: both gradients of negative sampling agree, and only the words of the loss have one', () => {
  fc.assert(
    fc.property(shapedWindow, window => {
      const pair = pairOf(window)
      const { centerGradient, outputGradient } = negativeSampling(pair)
      const { words, dimensions, outputVectors, random } = window
      const byCenter: Loss = ([centerVector]) => negativeSamplingLoss({ ...pair, centerVector })
      const byOutput: Loss = outputVectors => negativeSamplingLoss({ ...pair, outputVectors })
      assertGradient(byCenter, [Float64Array.from(pair.centerVector)], [centerGradient], random)
      assertGradient(byOutput, outputVectors, denseRows(outputGradient, words, dimensions), random)
      assert.deepEqual(new Set(outputGradient.keys()), new Set([pair.outside, ...Array.from(pair.negatives)]))
      assert.ok(outputGradient.size <= pair.negatives.length + 1)
    }),
    runs,
  )
})

test('question 5: a word drawn c times has c times the gradient of one draw', () => {
  fc.assert(
    fc.property(shapedWindow, fc.integer({ min: 1, max: 50 }), (window, times) => {
      const pair = pairOf(window)
      const other = (pair.outside + 1) % window.words
      const drawn = (negatives: number[]) => negativeSampling({ ...pair, negatives })
      const [once, often, never] = [drawn([other]), drawn(Array(times).fill(other)), drawn([])]
      const expected = once.outputGradient.get(other)!.map(value => times * value)
      assertRowsClose([often.outputGradient.get(other)!], [expected], 1e-13)
      assertClose(often.loss - never.loss, times * (once.loss - never.loss), 1e-12)
    }),
    runs,
  )
})

test('question 6: a window is the sum of its pairs, and no other input vector has a gradient', () => {
  fc.assert(
    fc.property(shapedWindow, fc.boolean(), (window, sampled) => {
      const { negatives, center, outside, inputVectors, outputVectors, words, dimensions } = window
      const { loss, inputGradient, outputGradient } = skipGram({
        center,
        outside,
        inputVectors,
        outputVectors,
        ...(sampled && { negatives }),
      })
      const pairs = outside.map((o, j) =>
        skipGram({
          center,
          outside: [o],
          inputVectors,
          outputVectors,
          ...(sampled && { negatives: [negatives[j]] }),
        }),
      )
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
      assertClose(loss, sum(pairs.map(pair => pair.loss)), 1e-12)
      const dense = pairs.map(pair => denseRows(pair.outputGradient, words, dimensions))
      const total = dense[0].map((row, w) => row.map((_, i) => sum(dense.map(rows => rows[w][i]))))
      assertRowsClose(denseRows(outputGradient, words, dimensions), total, 1e-12)
      assert.deepEqual([...inputGradient.keys()], [center])
    }),
    runs,
  )
})

test('question 6: a window is clipped at both ends of its sentence', () => {
  const sentence = [4, 3, 2, 1, 0]
  const around = (position: number, reach: number) => outsideWords({ sentence, position, reach })
  assert.deepEqual(around(2, 1), [3, 1])
  assert.deepEqual(around(0, 2), [3, 2])
  assert.deepEqual(around(4, 2), [2, 1])
  assert.deepEqual(around(1, 9), [4, 2, 1, 0])
  assert.deepEqual([around(3, 0), outsideWords({ sentence: [7], position: 0, reach: 5 })], [[], []])
  assert.throws(() => around(5, 1), { code: 'usage', message: /the position is 5; expected .* from 0 to 4/ })
  assert.throws(() => around(0, -1), { code: 'usage', message: /the reach of the window is -1/ })
  fc.assert(
    fc.property(
      fc.array(fc.nat(500), { minLength: 1, maxLength: 40 }),
      fc.nat(),
      fc.nat(50),
      (sentence, place, reach) => {
        const position = place % sentence.length
        const words = outsideWords({ sentence, position, reach })
        const before = Math.min(reach, position)
        const after = Math.min(reach, sentence.length - 1 - position)
        assert.deepEqual(words.slice(0, before), sentence.slice(position - before, position))
        assert.deepEqual(words.slice(before), sentence.slice(position + 1, position + 1 + after))
      },
    ),
  )
})

test('words in columns give the same numbers, transposed, in every shape', () => {
  fc.assert(
    fc.property(shapedWindow, window => {
      const { center, outside, negatives, inputVectors, outputVectors } = window
      const pair = pairOf(window)
      const inColumns = {
        inputVectors: inConvention(inputVectors, 'columns'),
        outputVectors: inConvention(outputVectors, 'columns'),
        convention: 'columns',
      } as const
      const naive = naiveSoftmax(pair)
      const turned = naiveSoftmax({ ...pair, ...inColumns })
      assert.deepEqual(turned, { ...naive, outputGradient: inConvention(naive.outputGradient, 'columns') })
      assert.deepEqual(negativeSampling({ ...pair, ...inColumns }), negativeSampling(pair))
      const words = { center, outside }
      for (const noise of [{}, { negatives }])
        assert.deepEqual(
          skipGram({ ...words, ...noise, ...inColumns }),
          skipGram({ ...words, ...noise, inputVectors, outputVectors }),
        )
      assert.deepEqual(inConvention(inColumns.outputVectors, 'columns'), outputVectors)
      assert.deepEqual(inConvention(outputVectors, 'rows'), outputVectors)
    }),
    { numRuns: 15 },
  )
})

test('scores up to ±800 keep both gradients right', () => {
  fc.assert(
    fc.property(shapedWindow, window => {
      const { words, dimensions, random } = window
      const centerVector = randomVector(random, dimensions)
      centerVector[0] = 1
      const length = centerVector.reduce((sum, v) => sum + v * v, 0)
      // Scores are multiples of 100, at both ends too, so that no two are nearly the same.
      const scores = Array.from({ length: words }, (_, w) =>
        w < 2 ? 800 - 1600 * w : 100 * (random.below(17) - 8),
      )
      const outputVectors = scores.map(score => centerVector.map(v => (score * v) / length))
      const negatives = window.negatives[0].slice(0, 5)
      const pair = { centerVector, outside: window.outside[0], negatives, outputVectors }
      const naive: Loss = outputVectors => naiveSoftmaxLoss({ ...pair, outputVectors })
      const sampled: Loss = outputVectors => negativeSamplingLoss({ ...pair, outputVectors })
      const { outputGradient } = negativeSampling(pair)
      assertGradient(naive, outputVectors, naiveSoftmax(pair).outputGradient, random, 1e-4)
      assertGradient(sampled, outputVectors, denseRows(outputGradient, words, dimensions), random, 1e-4)
      const ties = scores.filter(score => score === 800).length
      assertClose(naiveSoftmaxLoss(pair), 800 - scores[pair.outside] + Math.log(ties), 1e-12)
    }),
    runs,
  )
})

test('a center vector of zero, and output vectors of zero, give the first losses ln |V| and (K + 1) ln 2', () => {
  fc.assert(
    fc.property(shapedWindow, window => {
      const pair = pairOf(window)
      const { words, dimensions } = window
      const zero = new Float64Array(dimensions)
      const still = { ...pair, centerVector: zero }
      const untrained = { ...pair, outputVectors: Array.from({ length: words }, () => zero) }
      for (const first of [still, untrained]) {
        assertClose(naiveSoftmaxLoss(first), Math.log(words), 1e-12)
        assertClose(negativeSamplingLoss(first), (pair.negatives.length + 1) * Math.LN2, 1e-12)
      }
      for (const row of naiveSoftmax(still).outputGradient) assert.ok(row.every(value => value === 0))
      assert.ok(naiveSoftmax(untrained).centerGradient.every(value => value === 0))
      assert.ok(negativeSampling(untrained).centerGradient.every(value => value === 0))
    }),
    runs,
  )
})

test('∂J/∂v_c vanishes without ŷ = y where u_o is the mean of all rows and v_c is zero', () => {
  fc.assert(
    fc.property(shapedWindow, ({ words, dimensions, outputVectors }) => {
      // A row that is the mean of the others leaves the mean where it is.
      const others = outputVectors.slice(1)
      const mean = others[0].map((_, i) => others.reduce((sum, row) => sum + row[i], 0) / others.length)
      const pair = {
        centerVector: new Float64Array(dimensions),
        outside: 0,
        outputVectors: [mean, ...others],
      }
      const { loss, centerGradient, probabilities } = naiveSoftmax(pair)
      for (const value of centerGradient) assertClose(value, 0, 1e-12)
      assertClose(loss, Math.log(words), 1e-12)
      assertClose(probabilities[0], 1 / words, 1e-12)
    }),
    runs,
  )
})

test('a vocabulary of one word is refused in a sentence, in either convention', () => {
  const refused = {
    code: 'bad-data',
    message:
      'the vocabulary has one word; expected at least two, since a word alone is always predicted rightly',
  }
  for (const convention of ['rows', 'columns'] as const) {
    const matrix = inConvention([[1, 2]], convention)
    const pair = { centerVector: [1, 2], outside: 0, outputVectors: matrix, convention }
    assert.throws(() => naiveSoftmax(pair), refused)
    assert.throws(() => naiveSoftmaxLoss(pair), refused)
    assert.throws(() => negativeSampling({ ...pair, negatives: [0] }), refused)
    const window = { center: 0, outside: [0], inputVectors: matrix, outputVectors: matrix, convention }
    assert.throws(() => skipGram(window), refused)
    assert.throws(() => skipGram({ ...window, negatives: [[0]] }), refused)
  }
  const none = { centerVector: [1], outside: 0, outputVectors: [] }
  assert.throws(() => naiveSoftmax(none), { code: 'bad-data', message: /the vocabulary has no words/ })
})
