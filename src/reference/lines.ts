import { addScaled, type Matrix, Random, row } from '../math/index.js'
import { type Bag, type Frozen, giveBack } from './bags.js'
import type { Objective, OutputLayer } from './objectives/objective.js'
import type { Row } from './step.js'

/** A line of text: the input rows of its words and n-grams, with repeats, and its labels. */
export interface LabelledBag {
  readonly bag: Bag
  /** The first one is the label that the line is trained for, unless the objective learns all at once. */
  readonly labels: readonly number[]
  /** What its draws are keyed by. */
  readonly place: number
  readonly learningRate: number
}

/** Everything that training a batch of lines needs. */
export interface LineState {
  readonly objective: Objective
  readonly inputVectors: Matrix
  readonly output: OutputLayer
  readonly negativeKey: number
  readonly frozen?: Frozen
}

/**
 * Trains a batch of labelled lines, in place (Joulin et al. 2017): the mean of the rows of a line is to tell its label, and
 * each row takes its part of the gradient, the n-th. All lines are scored before anything moves, so that the gradients of the
 * batch are added up. Returns the loss in nats. kernels/lines.ts is the twin.
 */
export function trainLines(lines: readonly LabelledBag[], state: LineState): number {
  const { objective, inputVectors, output, frozen } = state
  if (output.words === 1 && !objective.meetsAllLabels) return 0 // there is nothing to choose from
  const moves = new OutputMoves(output)
  const hidden = lines.map(({ bag }) => meanOf(inputVectors, bag))
  const moved = hidden.map(h => Float64Array.from(h))
  let loss = 0
  for (const [n, line] of lines.entries()) {
    const { learningRate } = line
    const right = rightOf(line, output.words)
    const random = new Random(state.negativeKey, line.place)
    const step = objective.stepFor(right, random, moves.layer)
    loss += step([moved[n]!], [right[0]!], learningRate, { moves: learningRate === 0 ? 'nothing' : 'all' })
    moves.take()
  }
  moves.apply()
  for (const [n, { bag }] of lines.entries()) {
    const change = moved[n]!.map((x, i) => x - hidden[n]![i]!)
    giveBack(inputVectors, bag, 'mean', change, frozen)
  }
  return loss
}

/** None is a negative sample of the others; but if all labels are right there would be none to draw. */
function rightOf({ labels }: LabelledBag, words: number): readonly number[] {
  return labels.length < words ? labels : labels.slice(0, 1)
}

function meanOf(matrix: Matrix, bag: Bag): Float64Array {
  const mean = new Float64Array(matrix.columns)
  for (const i of bag) addScaled(mean, 1 / bag.length, row(matrix, i))
  return mean
}

/** What output rows are to move by: each line of a batch sees and moves copies of its own. */
class OutputMoves {
  readonly #output: OutputLayer
  readonly #copies: { readonly number: number; readonly copy: Float64Array }[] = []
  readonly #sums = new Map<number, Float64Array>()

  constructor(output: OutputLayer) {
    this.#output = output
  }

  get layer(): OutputLayer {
    return { ...this.#output, outputRow: number => this.#copyOf(number) }
  }

  /** Adds up what the copies have moved by; the next line gets new ones. */
  take(): void {
    for (const { number, copy } of this.#copies) {
      const sum = this.#sums.get(number) ?? new Float64Array(copy.length)
      const before = this.#output.outputRow(number)
      for (let i = 0; i < sum.length; i++) sum[i]! += copy[i]! - before[i]!
      this.#sums.set(number, sum)
    }
    this.#copies.length = 0
  }

  apply(): void {
    for (const [number, sum] of this.#sums) addScaled(this.#output.outputRow(number), 1, sum)
  }

  /** A row that is asked for twice is two copies, each of which sees the row as it was. */
  #copyOf(number: number): Row {
    const copy = Float64Array.from(this.#output.outputRow(number))
    this.#copies.push({ number, copy })
    return copy
  }
}
