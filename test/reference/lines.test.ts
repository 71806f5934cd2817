import assert from 'node:assert/strict'
import { test } from 'node:test'
import { huffmanTree } from '#equations/huffman'
import { drawFromRuns, noiseWeights } from '#equations/noise'
import { aliasTable } from '#math/alias-table'
import { allocateMatrix, type Matrix, Random, row } from '#math/index'
import { type LabelledBag, trainLines } from '#reference/lines'
import type { Objective, OutputLayer } from '#reference/objectives/objective'
import { objectives } from '#reference/objectives/table'

const LABELS = 7
const ROWS = 12
const DIMENSIONS = 5
const counts = Float64Array.from({ length: LABELS }, (_, i) => 40 - 5 * i)

/** Small rate: what moves first is hardly seen by what moves later. */
const RATE = 1e-3

const bags: readonly (readonly number[])[] = [[0, 3, 3, 5], [1], [2, 3, 11, 7, 4], [6, 6], [8, 9, 10]]

function randomMatrix(rows: number, seed: number): Matrix {
  const matrix = allocateMatrix(rows, DIMENSIONS)
  const random = new Random(seed, 0)
  for (let i = 0; i < rows; i++)
    row(matrix, i).forEach((_, j, numbers) => {
      numbers[j] = random.uniform() - 0.5
    })
  return matrix
}

function layerOver(objective: Objective, output: Matrix): OutputLayer {
  const weights = noiseWeights(counts, 0.5)
  const runs = { runs: aliasTable(weights), starts: Uint32Array.from({ length: LABELS + 1 }, (_, i) => i) }
  return {
    words: LABELS,
    negativeSamples: 3,
    tree: objective.tree?.(counts) ?? (objective.tree ? huffmanTree(counts) : undefined),
    outputRow: number => row(output, number),
    drawNoise: (random, evenly) => drawFromRuns(runs, random, evenly),
  }
}

for (const objective of objectives as readonly Objective[])
  test(`${objective.name}: a batch of lines moves rows down the gradient of the sum of its losses`, () => {
    const input = randomMatrix(ROWS, 1)
    const output = randomMatrix(objective.outputRows(LABELS), 2)
    const labels = bags.map((_, i) => (objective.meetsAllLabels ? [i, (i + 2) % LABELS] : [i]))
    const lossAt = (rate: number, from: Matrix, to: Matrix) =>
      trainLines(linesWith(labels, rate), {
        objective,
        inputVectors: from,
        output: layerOver(objective, to),
        negativeKey: 9,
      })
    const [movedInput, movedOutput] = [copyOf(input), copyOf(output)]
    lossAt(RATE, movedInput, movedOutput)
    for (const [matrix, moved] of [
      [input, movedInput],
      [output, movedOutput],
    ] as const)
      for (let i = 0; i < matrix.rows; i++)
        for (let j = 0; j < DIMENSIONS; j++) {
          const slope = slopeOf(matrix, i, j, () => lossAt(0, input, output))
          const gradient = (row(matrix, i)[j]! - row(moved, i)[j]!) / RATE
          assert.ok(Math.abs(slope - gradient) < 2e-3, `row ${i}, column ${j}: ${slope} and ${gradient}`)
        }
  })

test('a learning rate of 0 moves nothing, and each line has a rate of its own', () => {
  for (const objective of objectives as readonly Objective[]) {
    const [input, output] = [randomMatrix(ROWS, 1), randomMatrix(objective.outputRows(LABELS), 2)]
    const [before, beforeOutput] = [copyOf(input), copyOf(output)]
    const state = { objective, inputVectors: input, output: layerOver(objective, output), negativeKey: 9 }
    trainLines(
      linesWith(
        bags.map((_, i) => [i]),
        0,
      ),
      state,
    )
    assert.deepEqual(input, before)
    assert.deepEqual(output, beforeOutput)
    trainLines(
      linesWith(
        bags.map((_, i) => [i]),
        0,
      ).map((line, i) => ({ ...line, learningRate: i === 1 ? 0.1 : 0 })),
      state,
    )
    for (let i = 0; i < ROWS; i++)
      assert.equal(
        row(input, i).some((x, j) => x !== row(before, i)[j]),
        i === 1,
      )
  }
})

function linesWith(labels: readonly (readonly number[])[], learningRate: number): LabelledBag[] {
  return bags.map((bag, i) => ({ bag, labels: labels[i]!, place: i, learningRate }))
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, data: matrix.data.slice() }
}

/** Of the loss, by a step to each side that float32 can hold. */
function slopeOf(matrix: Matrix, i: number, j: number, loss: () => number): number {
  const numbers = row(matrix, i)
  const x = numbers[j]!
  const step = 2 ** -9
  numbers[j] = x + step
  const above = loss()
  numbers[j] = x - step
  const below = loss()
  numbers[j] = x
  return (above - below) / (2 * step)
}
