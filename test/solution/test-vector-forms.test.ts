import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { denseRows, inConvention, skipGram } from 'wordloom/equations'
import { checkTestVectors } from 'wordloom/solution'
import { randomWindow } from '../reference/windows.js'

const ln3 = Math.log(3)

/** One pair, scores ln 3 and 0: ŷ is ¾ and ¼. */
const pair = {
  center: 1,
  outside: [0],
  negatives: [[1, 1]],
  V: [[9], [1]],
  U: [[ln3], [0]],
}
const naiveSoftmax = { loss: -Math.log(0.75), gradV: [[0], [-0.25 * ln3]], gradU: [[-0.25], [0.25]] }
const negativeSampling = {
  loss: -Math.log(0.75) + 2 * Math.LN2,
  gradV: [[0], [-0.25 * ln3]],
  gradU: [[-0.25], [1]],
}

function difference(file: unknown): number {
  const { largestDifference, unchecked, cases } = checkTestVectors(file)
  assert.deepEqual(unchecked, [])
  assert.ok(cases.length > 0)
  return largestDifference
}

/** Fails unless the file agrees, and no longer does when its last number is off by one. */
function assertRead(file: unknown): void {
  assert.ok(difference(file) < 1e-12)
  let text = JSON.stringify(file)
  const last = [...text.matchAll(/-?\d+(\.\d+)?(e-?\d+)?(?=[\]},])/g)].at(-1)!
  text = `${text.slice(0, last.index)}${Number(last[0]) + 1}${text.slice(last.index + last[0].length)}`
  assert.ok(difference(JSON.parse(text)) > 0.1, text)
}

test('cases may stand in a list, by name, as a bare list, or alone', () => {
  const one = { ...pair, naiveSoftmax }
  assertRead({ cases: [one] })
  assertRead({ cases: { 'first of all': one } })
  assertRead([one])
  assertRead(one)
  assert.equal(checkTestVectors({ cases: { 'first of all': one } }).cases[0].name, 'first of all')
  assert.equal(checkTestVectors([{ ...one, name: 7 }]).cases[0].name, '7')
})

test('a lone pair may give its outside word and its negatives without lists around them', () => {
  assertRead({ ...pair, outside: 0, negatives: [1, 1], negativeSampling })
  assertRead({ ...pair, negatives: [1, 1], negativeSampling })
})

test('a lone pair may give the center word’s vector instead of V, and its gradient alone', () => {
  const { V, center, ...rest } = pair
  const alone = { ...rest, centerVector: V[center] }
  assertRead({ ...alone, naiveSoftmax: { loss: naiveSoftmax.loss, gradV: [-0.25 * ln3] } })
  assertRead({ ...alone, negativeSampling: { centerGradient: [[-0.25 * ln3]] } })
  assertRead({ ...pair, naiveSoftmax: { gradV: [-0.25 * ln3] } })
})

test('a window may be a place in a sentence', () => {
  const { center, outside, negatives, ...vectors } = pair
  const place = { sentence: [1, 0], position: 0, window: 5 }
  assertRead({ ...vectors, ...place, naiveSoftmax })
  assertRead({ ...vectors, ...place, negatives: [[1, 1]], negativeSampling })
  assert.throws(() => checkTestVectors({ ...vectors, ...place, position: 2, naiveSoftmax }), {
    message: 'case 1: position is 2; expected a whole number from 0 to 1',
  })
})

test('gradients of some words may come in any of five ways', () => {
  for (const gradU of [
    { 0: [-0.25], 1: [1] },
    [
      [1, [1]],
      [0, [-0.25]],
    ],
    [
      { row: 0, gradient: [-0.25] },
      { row: 1, gradient: [1] },
    ],
    [
      { index: 0, values: [-0.25] },
      { word: 1, vector: [1] },
    ],
    { rows: [1, 0], gradients: [[1], [-0.25]] },
    { indices: [0, 1], values: [[-0.25], [1]] },
  ])
    assertRead({ ...pair, negativeSampling: { ...negativeSampling, gradU } })
})

test('lists of rows and gradients that do not pair up are refused', () => {
  const withGradient = (gradU: unknown) => () =>
    checkTestVectors({ ...pair, negativeSampling: { loss: 1, gradU } })
  assert.throws(withGradient({ rows: [0, 1], gradients: [[1]] }), {
    message: /gradients is a list of 1; expected a list of 2 gradients, one for each of its rows$/,
  })
  assert.throws(withGradient({ rows: [1, 1], gradients: [[1], [1]] }), {
    message: /rows\[1\] is 1; expected each row once$/,
  })
  assert.throws(withGradient([[0, [1]], 3]), { message: /gradU\[1\] is 3; expected a row and its gradient/ })
})

test('any of the quantities may be left out, and the others count', () => {
  assertRead({ ...pair, naiveSoftmax: { loss: naiveSoftmax.loss } })
  assertRead({ ...pair, naiveSoftmax: { gradU: naiveSoftmax.gradU } })
  assertRead({ ...pair, negativeSampling: { gradV: negativeSampling.gradV } })
  assertRead({ ...pair, naiveSoftmax: { yHat: [0.75, 0.25] } })
  const { sigmoid, cases } = checkTestVectors({ sigmoid: { x: [0], derivative: [0.25] } })
  assert.deepEqual([sigmoid?.quantities.map(({ quantity }) => quantity), cases], [['derivative'], []])
})

test('names may be in snake_case or other capitals, or those of the functions here', () => {
  const { V, U, ...words } = pair
  assertRead({ ...words, inputVectors: V, output_vectors: U, naive_softmax: { Loss: naiveSoftmax.loss } })
  assertRead({ ...pair, NegativeSampling: { inputGradient: [[0], [-0.25 * ln3]], grad_u: [[-0.25], [1]] } })
  assertRead({ ...pair, naiveSoftmax: { y_hat: [0.75, 0.25] } })
})

test('a case may state its objective and have the values beside it, or under "expected"', () => {
  assertRead({ ...pair, objective: 'negative-sampling', ...negativeSampling })
  assertRead({ ...pair, objective: 'naive softmax', expected: naiveSoftmax })
})

test('words in columns give the same verdicts, with the places of the file', () => {
  fc.assert(
    fc.property(randomWindow, ({ words, dimensions, ...window }) => {
      const { loss, inputGradient, outputGradient } = skipGram(window)
      const { center, outside, negatives, inputVectors, outputVectors } = window
      const columns = (rows: ArrayLike<ArrayLike<number>>) =>
        inConvention(rows, 'columns').map(row => [...row])
      const gradU = columns(denseRows(outputGradient, words, dimensions))
      const file = {
        convention: 'columns',
        cases: [
          {
            center,
            outside,
            negatives,
            V: columns(inputVectors),
            U: columns(outputVectors),
            negativeSampling: { loss, gradV: columns(denseRows(inputGradient, words, dimensions)), gradU },
          },
        ],
      }
      assert.ok(checkTestVectors(file).largestDifference < 1e-12)
      const { convention, cases } = file
      for (const said of ['V and U are d x |V|, a word a column', undefined])
        assert.ok(
          checkTestVectors({ convention: said, cases }, said ? {} : { convention: 'columns' })
            .largestDifference < 1e-12,
          convention,
        )
      gradU[dimensions - 1][words - 1] += 2
      const [{ quantities }] = checkTestVectors(file).cases
      assert.deepEqual(quantities.find(({ quantity }) => quantity === 'gradU')?.at, [
        dimensions - 1,
        words - 1,
      ])
    }),
    { numRuns: 30 },
  )
})

test('K = 1, K = 0, repeated negatives and the target among them are all read', () => {
  for (const negatives of [[[1]], [[]], [[1, 1, 1]], [[0]], [[0, 1, 0]]]) {
    const { loss } = skipGram({ ...pair, inputVectors: pair.V, outputVectors: pair.U, negatives })
    assertRead({ ...pair, negatives, negativeSampling: { loss } })
  }
})

test('a case without a known objective is named, and the others are checked all the same', () => {
  const file = {
    cases: [
      { name: 'tree', ...pair, hierarchicalSoftmax: { loss: 1 } },
      { name: 'both', ...pair, naiveSoftmax, cbow: { loss: 1, gradV: [] } },
      { name: 'glove', objective: 'glove', matrix: [[1]] },
      { name: 'bare', note: 'nothing to compare' },
      { name: 'right', ...pair, negativeSampling },
    ],
  }
  const { cases, unchecked, largestDifference } = checkTestVectors(file)
  assert.deepEqual(
    cases.map(({ name }) => name),
    ['both', 'right'],
  )
  assert.deepEqual(unchecked, [
    { name: 'tree', objectives: ['hierarchicalSoftmax'] },
    { name: 'both', objectives: ['cbow'] },
    { name: 'glove', objectives: ['glove'] },
    { name: 'bare', objectives: [] },
  ])
  assert.ok(largestDifference < 1e-12)
})

test('a vocabulary of one word is refused, naming the case', () => {
  const file = { name: 'lonely', center: 0, outside: [0], V: [[1]], U: [[1]], naiveSoftmax: { loss: 0 } }
  assert.throws(() => checkTestVectors(file), {
    code: 'bad-data',
    message: /^case "lonely": the vocabulary has one word; expected at least two/,
  })
})
