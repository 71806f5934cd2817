import { type Matrix, Random } from '../math/index.js'
import type { Architecture } from './architectures/architecture.js'
import { type BagForm, hiddenRow } from './bags.js'
import { gather } from './gather.js'
import type { Block, WindowSettings } from './kept-tokens.js'
import type { Objective, OutputLayer } from './objectives/objective.js'
import type { WordRows } from './word-rows.js'

/** All that is needed to judge text that was not trained; constant keys make the losses of epochs comparable. */
export interface HeldOutState extends WindowSettings {
  readonly architecture: Architecture
  readonly bagForm: BagForm
  readonly objective: Objective
  readonly inputVectors: Matrix
  readonly output: OutputLayer
  readonly negativeKey: number
  /** The row of a word among the input vectors. */
  readonly rowOf: (word: number) => number
  /** Given if words have rows of sub-words beside their own. */
  readonly wordRows?: WordRows | undefined
}

/**
 * The loss in nats over the pairs of a block that is not trained: what the step of training says, with nothing moved.
 * All bags of a word meet the same rows.
 */
export function heldOutLoss(block: Block, state: HeldOutState): { pairs: number; loss: number } {
  const { architecture, bagForm, objective, inputVectors, output, negativeKey, rowOf, wordRows } = state
  let pairs = 0
  let loss = 0
  for (const { outside, position, bags } of gather(block, state, architecture, wordRows)) {
    const step = objective.stepFor([outside], new Random(negativeKey, position), output)
    for (const bag of bags) {
      const hidden = hiddenRow(inputVectors, bag.map(rowOf), bagForm)
      loss += step([hidden], [outside], 0, { moves: 'nothing' })
    }
    pairs += bags.length
  }
  return { pairs, loss }
}
