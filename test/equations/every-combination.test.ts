import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkGradient } from '#equations/gradient-check'
import { hierarchicalSoftmaxLoss } from '#equations/hierarchical-softmax'
import { pathOf } from '#equations/huffman'
import { naiveSoftmaxLoss } from '#equations/naive-softmax'
import { negativeSamplingLoss } from '#equations/negative-sampling'
import { drawNegativeSamples } from '#equations/noise'
import { allocateMatrix, type Matrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { architectureOf } from '#reference/architectures/table'
import type { Bag, BagForm } from '#reference/bags'
import { gather } from '#reference/gather'
import type { OutputLayer } from '#reference/objectives/objective'
import { objectiveOf } from '#reference/objectives/table'
import { type TrainingState, trainWindows } from '#reference/windows'
import { bagFormOf } from '#training/options/bag-form'
import { type Combination, combinations, nameOf } from '../training/combinations.js'

// One word is predicted from other words of a sentence in which no word is twice, with a learning rate of 1: what
// moves then is minus the gradient, of a loss that is made here from the equations alone.
const WORDS = 20
const DIMENSIONS = 5
/** The row of the document that the sentence is, where it has one. */
const DOCUMENT = 15
/** Neighbours of the word to predict: one where each predicts it by itself, else four. */
const two = sentence([2, 9], 1)
const five = sentence([7, 2, 9, 4, 11], 2)
const counts = Float64Array.from({ length: WORDS }, (_, i) => Math.ceil(100 / (i + 1)))

/** Two bags that predict one word move its row one after the other; those of the window are checked alone. */
const oneBag = combinations.filter(({ architecture }) => bagsOf(architecture) === 1)

for (const combination of oneBag)
  test(`${nameOf(combination)}: training moves down the gradient that calculus finds`, () => {
    const state = stateOf(combination)
    const [before, after] = [rowsOf(state), trained(state, combination)]
    const { bags, lossOf } = problemOf(state, combination)
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
    assert.equal(bags.flat().length, rowsIn(combination))
  })

function sentence(words: readonly number[], first: number) {
  const ids = Int32Array.from(words)
  return { ids, documents: new Uint32Array(ids.length).fill(DOCUMENT), first, last: first + 1, position: 40 }
}

/** Undivided, each row of a mean takes as many times its gradient as there are rows. */
function sharesTaken(form: BagForm, bag: Bag, matrix: 0 | 1): number {
  return form === 'undivided' && matrix === 0 ? bag.length : 1
}

/** Bags that predict a word with a neighbour. */
function bagsOf(name: Combination['architecture']): number {
  return architectureOf(name).mostBags(1) === 1 ? 1 : architectureOf(name).mostBags(1) - 1
}

function blockOf(name: Combination['architecture']) {
  return architectureOf(name).predictsOnce ? five : two
}

/** Input rows from which the word is predicted. */
function rowsIn({ architecture }: Combination): number {
  return Math.min(architectureOf(architecture).longestBag(2, 1), 5)
}

type State = TrainingState & { readonly outputVectors: Matrix }

function stateOf(combination: Combination): State {
  const objective = objectiveOf(combination.objective)
  const outputVectors = someRows(2)
  const state = {
    architecture: architectureOf(combination.architecture),
    bagForm: bagFormOf(combination),
    objective,
    inputVectors: someRows(1),
    outputVectors,
    output: layerOver(outputVectors, objective.tree?.(counts)),
    negativeKey: 12,
    learningRate: 1,
    window: 2,
    keep: new Uint32Array(WORDS).fill(2 ** 32 - 1),
    keepKey: 1,
    windowKey: 0,
  }
  return { ...state, windowKey: keyOf(state, combination) }
}

function layerOver(outputVectors: Matrix, tree: OutputLayer['tree']): OutputLayer {
  return {
    words: WORDS,
    outputRow: number => row(outputVectors, number),
    drawNoise: random => random.below(WORDS),
    negativeSamples: 3,
    tree,
  }
}

/** A key by whose draws the word is predicted from all words of its sentence. */
function keyOf(state: TrainingState, combination: Combination): number {
  const block = blockOf(combination.architecture)
  for (let windowKey = 0; windowKey < 1000; windowKey++) {
    const [prediction] = gather(block, { ...state, windowKey }, state.architecture)
    if (prediction?.bags.flat().length === rowsIn(combination)) return windowKey
  }
  throw new Error('no key')
}

function problemOf(state: State, { architecture, objective }: Combination) {
  const [prediction] = gather(blockOf(architecture), state, state.architecture)
  const { bags, outside, position } = prediction!
  const lossOf = (matrices: readonly (readonly Float64Array[])[]) =>
    bags.reduce((loss, bag) => loss + lossOfBag(bag, matrices), 0)
  const lossOfBag = (bag: Bag, [input, output]: readonly (readonly Float64Array[])[]) => {
    const hidden = new Float64Array(DIMENSIONS)
    for (const i of bag)
      for (let j = 0; j < DIMENSIONS; j++)
        hidden[j]! += input![i]![j]! / (state.bagForm === 'sum' ? 1 : bag.length)
    return (equations[objective] ?? lossOfStep)({ state, hidden, outside, position, outputVectors: output! })
  }
  return { bags, lossOf }
}

interface Guess {
  readonly state: State
  readonly hidden: Float64Array
  readonly outside: number
  readonly position: number
  readonly outputVectors: readonly Float64Array[]
}

/** Losses of docs/equations.md; an objective that is not there is held to the loss of its own step. */
const equations: Partial<Record<string, (guess: Guess) => number>> = {
  'negative-sampling'({ state, hidden, outside, position, outputVectors }) {
    const random = new Random(state.negativeKey, position)
    const negatives = drawNegativeSamples(() => random.below(WORDS), outside, 3)
    assert.equal(new Set(negatives).size, 3) // a word drawn twice moves twice, the second time from where it is then
    return negativeSamplingLoss({ centerVector: hidden, outside, outputVectors, negatives })
  },
  'hierarchical-softmax': ({ state, hidden, outside, outputVectors }) =>
    hierarchicalSoftmaxLoss({ hidden, outputVectors, path: pathOf(state.output.tree!, outside) }),
  softmax: ({ hidden, outside, outputVectors }) =>
    naiveSoftmaxLoss({ centerVector: hidden, outside, outputVectors }),
}

function lossOfStep({ state, hidden, outside, position, outputVectors }: Guess): number {
  const output = { ...state.output, outputRow: (number: number) => outputVectors[number]! }
  const step = state.objective.stepFor([outside], new Random(state.negativeKey, position), output)
  return step([hidden], [outside], 0, { moves: 'nothing' })
}

function trained(state: State, combination: Combination): Float64Array[][] {
  const copies = [state.inputVectors, state.outputVectors].map(matrix => ({
    ...matrix,
    data: matrix.data.slice(),
  }))
  const [inputVectors, outputVectors] = copies as [Matrix, Matrix]
  const output = layerOver(outputVectors, state.output.tree)
  const { pairs } = trainWindows(blockOf(combination.architecture), { ...state, inputVectors, output })
  assert.equal(pairs, problemOf(state, combination).bags.length)
  return rowsOf({ inputVectors, outputVectors })
}

function rowsOf({ inputVectors, outputVectors }: Pick<State, 'inputVectors' | 'outputVectors'>) {
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
