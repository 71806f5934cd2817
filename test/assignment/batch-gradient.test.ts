import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Batch } from '#assignment/batch'
import { BatchGradient, type Vectors } from '#assignment/batch-gradient'
import { windowGradients } from '#assignment/window-gradients'
import { checkGradient } from '#equations/gradient-check'
import { denseRows, type SparseRows } from '#equations/rows'
import type { SkipGramWindow } from '#equations/skip-gram'
import { assertClose, assertRowsClose } from '../equations/closeness.js'

const WORDS = 6
const DIMENSIONS = 3
const NEGATIVES = 4

const word = fc.nat(WORDS - 1)
const matrix = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: WORDS * DIMENSIONS,
    maxLength: WORDS * DIMENSIONS,
  })
  .map(numbers => Float64Array.from(numbers))
const vectors: fc.Arbitrary<Vectors> = fc.tuple(matrix, matrix).map(([inputVectors, outputVectors]) => ({
  inputVectors,
  outputVectors,
  words: WORDS,
  dimensions: DIMENSIONS,
}))

interface DrawnWindow {
  center: number
  outside: number[]
  negatives: number[][]
}

/** Negatives are never the outside word, and often repeated. */
const pair = word.chain(outside =>
  fc.record({
    outside: fc.constant(outside),
    negatives: fc.array(
      word.map(drawn => (drawn === outside ? (drawn + 1) % WORDS : drawn)),
      { minLength: NEGATIVES, maxLength: NEGATIVES },
    ),
  }),
)
const drawnWindow: fc.Arbitrary<DrawnWindow> = fc
  .tuple(word, fc.array(pair, { maxLength: 5 }))
  .map(([center, pairs]) => ({
    center,
    outside: pairs.map(({ outside }) => outside),
    negatives: pairs.map(({ negatives }) => negatives),
  }))
const drawnWindows = fc.array(drawnWindow, { minLength: 1, maxLength: 6 })

function batchOf(windows: readonly DrawnWindow[]): Batch {
  const lengths = windows.map(window => window.outside.length)
  return {
    centers: Int32Array.from(windows, window => window.center),
    ends: Int32Array.from(lengths, (_, i) => lengths.slice(0, i + 1).reduce((sum, n) => sum + n, 0)),
    outsides: Int32Array.from(windows.flatMap(window => window.outside)),
    negatives: Int32Array.from(windows.flatMap(window => window.negatives.flat())),
    negativeSamples: NEGATIVES,
  }
}

function rowsOf(data: Float64Array): Float64Array[] {
  return Array.from({ length: WORDS }, (_, w) => data.slice(w * DIMENSIONS, (w + 1) * DIMENSIONS))
}

/** The mean over windows of what `wordloom/equations` says. */
function reference(windows: readonly DrawnWindow[], vectors: Vectors, loseRepeats: boolean) {
  const sum = { loss: 0, input: rowsOf(new Float64Array(WORDS * DIMENSIONS)) }
  const output = rowsOf(new Float64Array(WORDS * DIMENSIONS))
  const add = (target: Float64Array[], rows: SparseRows) => {
    for (const [w, row] of rows) for (let d = 0; d < row.length; d++) target[w][d] += row[d] / windows.length
  }
  for (const drawn of windows) {
    const window: SkipGramWindow = {
      ...drawn,
      inputVectors: rowsOf(vectors.inputVectors),
      outputVectors: rowsOf(vectors.outputVectors),
    }
    const gradients = windowGradients(window, loseRepeats)
    sum.loss += gradients.loss / windows.length
    add(sum.input, gradients.inputGradient)
    add(output, gradients.outputGradient)
  }
  return { ...sum, output }
}

test('the hot loop gives the loss and gradients of the equations, with repeats kept or lost', () => {
  fc.assert(
    fc.property(vectors, drawnWindows, fc.boolean(), (vectors, windows, loseRepeats) => {
      const expected = reference(windows, vectors, loseRepeats)
      const gradient = new BatchGradient(vectors, loseRepeats)
      assertClose(gradient.add(batchOf(windows)), expected.loss, 1e-12)
      assertRowsClose(denseRows(gradient.input.rows(), WORDS, DIMENSIONS), expected.input, 1e-12)
      assertRowsClose(denseRows(gradient.output.rows(), WORDS, DIMENSIONS), expected.output, 1e-12)
    }),
  )
})

test('losing repeats is another gradient, and calculus tells which is right', () => {
  const windows = [{ center: 0, outside: [1], negatives: [[2, 3, 2, 2]] }]
  const numbers = Float64Array.from({ length: WORDS * DIMENSIONS }, (_, i) => Math.sin(i))
  const vectors = {
    inputVectors: numbers,
    outputVectors: numbers.slice(),
    words: WORDS,
    dimensions: DIMENSIONS,
  }
  const lossAt = (outputVectors: Float64Array) =>
    new BatchGradient({ ...vectors, outputVectors }, false).add(batchOf(windows))
  for (const loseRepeats of [false, true]) {
    const gradient = new BatchGradient(vectors, loseRepeats)
    gradient.add(batchOf(windows))
    const rows = denseRows(gradient.output.rows(), WORDS, DIMENSIONS)
    const check = checkGradient(at => lossAt(at[0]), [vectors.outputVectors], [rows.flatMap(row => [...row])])
    assert.equal(check.largestError < 1e-7, !loseRepeats)
  }
})

test('a step moves the vectors against the gradient and leaves nothing of it', () => {
  fc.assert(
    fc.property(vectors, drawnWindows, (vectors, windows) => {
      const { input, output } = reference(windows, vectors, false)
      const moved = (data: Float64Array, gradient: Float64Array[]) =>
        rowsOf(data).map((row, w) => row.map((x, d) => x - 0.3 * gradient[w][d]))
      const expected = [...moved(vectors.inputVectors, input), ...moved(vectors.outputVectors, output)]
      const gradient = new BatchGradient(vectors, false)
      gradient.add(batchOf(windows))
      gradient.descend(0.3)
      assertRowsClose([...rowsOf(vectors.inputVectors), ...rowsOf(vectors.outputVectors)], expected, 1e-12)
      assert.deepEqual([gradient.input.rows().size, gradient.output.rows().size], [0, 0])
      assert.ok([...gradient.input.data, ...gradient.output.data].every(x => x === 0))
    }),
  )
})
