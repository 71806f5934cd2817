import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkGradient } from '#equations/gradient-check'
import { hierarchicalSoftmaxLoss } from '#equations/hierarchical-softmax'
import { huffmanTree, pathOf } from '#equations/huffman'
import { naiveSoftmaxLoss } from '#equations/naive-softmax'
import { negativeSamplingLoss } from '#equations/negative-sampling'
import { drawFromRuns, drawNegativeSamples } from '#equations/noise'
import { aliasTable } from '#math/alias-table'
import { allocateMatrix, type Matrix, row } from '#math/matrix'
import { Random } from '#math/random'
import type { Bag, BagForm } from '#reference/bags'
import { gather } from '#reference/gather'
import { type TrainingState, trainWindows } from '#reference/windows'
import { bagFormOf } from '#training/memory'
import { type Combination, combinations, nameOf } from '../training/combinations.js'

// One word is predicted from other words of a sentence in which no word is twice, with a learning rate of 1: what
// moves then is minus the gradient, of a loss that is made here from the equations alone.
const WORDS = 20
const DIMENSIONS = 5
/** The row of the document that the sentence is, where it has one. */
const DOCUMENT = 15
const two = sentence([2, 9], 1)
const five = sentence([7, 2, 9, 4, 11], 2)
const blocks = { 'skip-gram': two, cbow: five, 'pv-dm': five, 'pv-dbow': two, 'pv-dbow-skip-gram': two }
/** Input rows from which the word is predicted. */
const rowsIn = { 'skip-gram': 1, cbow: 4, 'pv-dm': 5, 'pv-dbow': 1, 'pv-dbow-skip-gram': 2 }
const counts = Float64Array.from({ length: WORDS }, (_, i) => Math.ceil(100 / (i + 1)))

/** Two bags that predict one word move its row one after the other, and each of the two ways is checked alone. */
const oneBag = combinations.filter(({ architecture }) => architecture !== 'pv-dbow-skip-gram')

for (const combination of oneBag)
  test(`${nameOf(combination)}: training moves down the gradient that calculus finds`, () => {
    const state = stateOf(combination)
    const [before, after] = [rowsOf(state), trained(state)]
    const { bags, lossOf } = problemOf(state)
    const check = (matrix: 0 | 1) => {
      const moved = before[matrix]!.map((numbers, i) =>
        numbers.map(
          (number, j) => (number - after[matrix]![i]![j]!) / sharesTaken(state.bagForm, bags[0]!, matrix),
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
    assert.equal(bags.flat().length, rowsIn[combination.architecture])
  })

function sentence(words: readonly number[], first: number) {
  const ids = Int32Array.from(words)
  return { ids, documents: new Uint32Array(ids.length).fill(DOCUMENT), first, last: first + 1, position: 40 }
}

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

/** A key by whose draws the word is predicted from all words of its sentence. */
function keyOf(state: TrainingState): number {
  const wanted = rowsIn[state.architecture]
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
  const lossOf = (matrices: readonly (readonly Float64Array[])[]) =>
    bags.reduce((loss, bag) => loss + lossOfBag(bag, matrices), 0)
  const lossOfBag = (bag: Bag, [input, output]: readonly (readonly Float64Array[])[]) => {
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
  return { bags, lossOf }
}

function trained(state: TrainingState): Float64Array[][] {
  const copies = [state.inputVectors, state.outputVectors].map(matrix => ({
    ...matrix,
    data: matrix.data.slice(),
  }))
  const [inputVectors, outputVectors] = copies as [Matrix, Matrix]
  const { pairs } = trainWindows(blocks[state.architecture], { ...state, inputVectors, outputVectors })
  assert.equal(pairs, problemOf(state).bags.length)
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
