import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { sgdStep, skipGramTerms } from '#equations/pair-terms'
import { denseRows } from '#equations/rows'
import { skipGram } from '#equations/skip-gram'
import { randomWindow } from '../reference/windows.js'
import { assertClose, assertRowsClose } from './closeness.js'

const total = (numbers: Iterable<number>) => [...numbers].reduce((sum, x) => sum + x, 0)

/** Every random window twice: with its negatives, and without. */
const eitherObjective = fc
  .tuple(randomWindow, fc.boolean())
  .map(([{ negatives, ...window }, sampled]) => (sampled ? { ...window, negatives } : window))

test('the terms of a pair add up to its loss and to its gradient by the center vector', () => {
  fc.assert(
    fc.property(eitherObjective, window => {
      for (const { loss, terms, centerGradient } of skipGramTerms(window).pairs) {
        assertClose(total(terms.map(term => term.loss)), loss, 1e-12)
        const sum = centerGradient.map((_, i) => total(terms.map(term => term.centerPart[i])))
        assertRowsClose([sum], [centerGradient], 1e-12)
      }
    }),
  )
})

test('the products of a term add up to its score, and its row is the gradient of its word', () => {
  fc.assert(
    fc.property(eitherObjective, window => {
      for (const { terms, outputGradient } of skipGramTerms(window).pairs)
        for (const term of terms) {
          assertClose(total(term.products), term.score, 1e-12)
          assertRowsClose([term.outputGradient], [outputGradient.get(term.word)!], 1e-12)
        }
    }),
  )
})

test('the errors of a window, times the center vector, are its gradient by the output vectors', () => {
  fc.assert(
    fc.property(eitherObjective, window => {
      const { errors, outputGradient } = skipGramTerms(window)
      for (const [word, row] of outputGradient) {
        const expected = window.inputVectors[window.center].map(v => errors.get(word)! * v)
        assertRowsClose([row], [expected], 1e-12)
      }
    }),
  )
})

test('the error of a term is the derivative of the loss by the score', () => {
  const [positive, drawn] = [1.3, -0.4]
  const inputVectors = [[1]] // so that a row of U is its score
  const loss = ([[o, n]]: Float64Array[]) =>
    skipGram({ center: 0, outside: [0], inputVectors, outputVectors: [[o], [n]], negatives: [[1, 1, 1]] })
      .loss
  const outputVectors = [[positive], [drawn]]
  const { terms } = skipGramTerms({
    center: 0,
    outside: [0],
    inputVectors,
    outputVectors,
    negatives: [[1, 1, 1]],
  }).pairs[0]
  const errors = terms.map(term => term.error)
  assert.ok(checkGradient(loss, [[positive, drawn]], [errors]).largestError < 1e-9)
  assert.deepEqual(
    terms.map(term => term.timesDrawn),
    [0, 3],
  )
})

test('a small step lowers the loss by the learning rate times the squared gradient', () => {
  fc.assert(
    fc.property(eitherObjective, window => {
      const { loss, inputGradient, outputGradient } = skipGram(window)
      const learningRate = 1e-6
      const after = skipGram({
        ...window,
        inputVectors: sgdStep(window.inputVectors, inputGradient, learningRate),
        outputVectors: sgdStep(window.outputVectors, outputGradient, learningRate),
      }).loss
      const rows = [...inputGradient.values(), ...outputGradient.values()]
      const squared = total(rows.flatMap(row => [...row].map(x => x * x)))
      assertClose((loss - after) / learningRate, squared, 1e-2)
    }),
  )
})

test('a step moves the rows of the gradient and no others, and leaves its input alone', () => {
  const at = [
    [1, 2],
    [3, 4],
  ]
  const moved = sgdStep(at, new Map([[1, Float64Array.of(10, -10)]]), 0.1)
  assert.deepEqual(denseRows(new Map(moved.entries()), 2, 2), [Float64Array.of(1, 2), Float64Array.of(2, 5)])
  assert.deepEqual(at, [
    [1, 2],
    [3, 4],
  ])
})
