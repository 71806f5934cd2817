import { logSumExp, naiveSoftmaxBatch } from '../../equations/index.js'
import { WordloomError } from '../../errors.js'
import { addScaled, dot } from '../../math/index.js'
import type { Row } from '../step.js'
import { type Objective, type OutputLayer, products, type Step } from './objective.js'

/**
 * A word is chosen among all words (docs/equations.md, (5)–(7)): the gradients of a batch are taken together and
 * added up, not averaged, so that a pair moves as much as it would alone. kernels/softmax.ts is the twin.
 */
export const softmax = {
  name: 'softmax',
  help: 'against all words, exact and slow',
  work: 'O(|V|·d)',
  outputRows: words => Math.ceil(words / 4) * 4, // the kernel takes four at a time
  mostRows: () => 0,
  firstLoss: ({ words }) => Math.log(words),
  lossAtZero: ({ words }) => Math.log(words),
  takesBatches: true,
  meetsAllWords: true,
  logOdds: (hidden, output) => products(hidden, output.words, output),
  stepFor: (_words, _random, output) => untilDiverged(softmaxStep(output)),
} as const satisfies Objective

/** Vectors that grew past all bounds have no finite scores: nothing moves, and training is ended by a loss of NaN. */
function untilDiverged(step: Step): Step {
  return (...call) => {
    try {
      return step(...call)
    } catch (error) {
      if (error instanceof WordloomError && error.code === 'bad-data') return Number.NaN
      throw error
    }
  }
}

function softmaxStep({ words, outputRow }: OutputLayer): Step {
  const outputVectors = Array.from({ length: words }, (_, word) => outputRow(word))
  return (hidden, outside, learningRate, { moves = 'all' } = {}) => {
    if (moves === 'nothing')
      return hidden.reduce((loss, h, n) => loss + lossOf(h, outside[n]!, outputVectors), 0)
    const { loss, centerGradients, outputGradient } = naiveSoftmaxBatch({
      centerVectors: hidden,
      outside,
      outputVectors,
    })
    if (moves === 'all')
      for (const [word, gradient] of outputGradient.entries())
        addScaled(outputVectors[word]!, -learningRate, gradient)
    for (const [n, gradient] of centerGradients.entries()) addScaled(hidden[n]!, -learningRate, gradient)
    return loss
  }
}

function lossOf(hidden: Row, outside: number, outputVectors: readonly Row[]): number {
  const scores = Float64Array.from(outputVectors, u => dot(hidden, u))
  return logSumExp(scores) - scores[outside]!
}
