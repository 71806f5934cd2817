import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bag, BagForm } from '#equations/bag'
import { gather } from '#equations/gather'
import { checkGradient } from '#equations/gradient-check'
import { hierarchicalSoftmaxLoss } from '#equations/hierarchical-softmax'
import { huffmanTree, pathOf } from '#equations/huffman'
import { naiveSoftmaxLoss } from '#equations/naive-softmax'
import { negativeSamplingLoss } from '#equations/negative-sampling'
import { drawFromRuns, drawNegativeSamples } from '#equations/noise'
import { type TrainingState, trainWindows } from '#equations/train-windows'
import { aliasTable } from '#math/alias-table'
import { allocateMatrix, type Matrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { bagFormOf } from '#training/memory'
import { type Combination, combinations, nameOf } from '../training/combinations.js'

// One word is predicted from other words of a sentence in which no word is twice, with a learning rate of 1: what
// moves then is minus the gradient, of a loss that is made here from the equations alone.
const WORDS = 20
const DIMENSIONS = 5
const blocks = {
  'skip-gram': { ids: Int32Array.from([2, 9]), first: 1, last: 2, position: 40 },
  cbow: { ids: Int32Array.from([7, 2, 9, 4, 11]), first: 2, last: 3, position: 40 },
}
const counts = Float64Array.from({ length: WORDS }, (_, i) => Math.ceil(100 / (i + 1)))

for (const combination of combinations)
  test(`${nameOf(combination)}: training moves down the gradient that calculus finds`, () => {
    const state = stateOf(combination)
    const [before, after] = [rowsOf(state), trained(state)]
    const { bag, lossOf } = problemOf(state)
    const check = (matrix: 0 | 1) => {
      const moved = before[matrix]!.map((numbers, i) =>
        numbers.map(
          (number, j) => (number - after[matrix]![i]![j]!) / sharesTaken(state.bagForm, bag, matrix),
        ),
      )
      return checkGradient(
        at => lossOf(matrix === 0 ? [at, before[1]!] : [before[0]!, at]),
        before[matrix]!,
        moved,
        { step: 1e-4 },
      )
    }
    for (const matrix of [0, 1] as const) {
      const { largestError } = check(matrix)
      assert.ok(largestError < 2e-7, `matrix ${matrix}: ${largestError}`) // float32 rows
    }
    assert.ok(bag.length === (combination.architecture === 'cbow' ? 4 : 1))
  })

/** Undivided, each row of a mean takes as many times its gradient as there are rows. */
function sharesTaken(form: BagForm, bag: Bag, matrix: 0 | 1): number {
  return form === 'undivided' && matrix === 0 ? bag.length : 1
}

function stateOf(combination: Combination): TrainingState {
  const noise = {
    runs: aliasTable(new Float64Array(WORDS).fill(1)),
    starts: Uint32Array.from({ length: WORDS + 1 }, (_, i) => i),
  }
  const objectives = {
    'negative-sampling': { name: 'negative-sampling', noise, negativeSamples: 3, negativeKey: 12 },
    'hierarchical-softmax': { name: 'hierarchical-softmax', tree: huffmanTree(counts) },
    softmax: { name: 'softmax' },
  } as const
  const { architecture, objective } = combination
  const state = {
    architecture,
    bagForm: bagFormOf(combination),
    objective: objectives[objective],
    inputVectors: someRows(1),
    outputVectors: someRows(2),
    learningRate: 1,
    window: 2,
    keep: new Uint32Array(WORDS).fill(2 ** 32 - 1),
    keepKey: 1,
    windowKey: 0,
  }
  return { ...state, windowKey: keyOf(state) }
}

/** A key by whose draws the word is predicted from four words in CBOW, from one word in skip-gram. */
function keyOf(state: TrainingState): number {
  const wanted = state.architecture === 'cbow' ? 4 : 1
  for (let windowKey = 0; windowKey < 1000; windowKey++) {
    const [prediction] = gather(blocks[state.architecture], { ...state, windowKey }, state.architecture)
    if (prediction?.bags.flat().length === wanted) return windowKey
  }
  throw new Error('no key')
}

function problemOf(state: TrainingState) {
  const [{ bags, outside, position }] = [
    ...gather(blocks[state.architecture], state, state.architecture),
  ] as [{ bags: readonly Bag[]; outside: number; position: number }]
  const bag = bags[0]!
  const lossOf = ([input, output]: readonly (readonly Float64Array[])[]) => {
    const hidden = new Float64Array(DIMENSIONS)
    for (const i of bag)
      for (let j = 0; j < DIMENSIONS; j++)
        hidden[j]! += input![i]![j]! / (state.bagForm === 'sum' ? 1 : bag.length)
    const outputVectors = output!
    const { objective } = state
    if (objective.name === 'softmax')
      return naiveSoftmaxLoss({ centerVector: hidden, outside, outputVectors })
    if (objective.name === 'hierarchical-softmax')
      return hierarchicalSoftmaxLoss({ hidden, outputVectors, path: pathOf(objective.tree, outside) })
    const random = new Random(objective.negativeKey, position)
    const negatives = drawNegativeSamples(() => drawFromRuns(objective.noise, random), outside, 3)
    assert.equal(new Set(negatives).size, 3) // a word drawn twice moves twice, the second time from where it is then
    return negativeSamplingLoss({ centerVector: hidden, outside, outputVectors, negatives })
  }
  return { bag, lossOf }
}

function trained(state: TrainingState): Float64Array[][] {
  const copies = [state.inputVectors, state.outputVectors].map(matrix => ({
    ...matrix,
    data: matrix.data.slice(),
  }))
  const [inputVectors, outputVectors] = copies as [Matrix, Matrix]
  const { pairs } = trainWindows(blocks[state.architecture], { ...state, inputVectors, outputVectors })
  assert.equal(pairs, 1)
  return rowsOf({ inputVectors, outputVectors })
}

function rowsOf({ inputVectors, outputVectors }: Pick<TrainingState, 'inputVectors' | 'outputVectors'>) {
  return [inputVectors, outputVectors].map(matrix =>
    Array.from({ length: WORDS }, (_, i) => Float64Array.from(row(matrix, i))),
  )
}

function someRows(seed: number): Matrix {
  const matrix = allocateMatrix(WORDS, DIMENSIONS)
  const random = new Random(seed, 3)
  for (let i = 0; i < WORDS; i++)
    row(matrix, i).set(Float32Array.from({ length: DIMENSIONS }, () => random.uniform() - 0.5))
  return matrix
}
