import { negativeSampling, negativeSamplingLoss, sigmoid } from '../../equations/index.js'
import { scaled } from '../../equations/inner.js'
/** Question 5: negative sampling, its gradients, and what it costs. */
import { centerVectorOf, type Example, sampledPairOf, timesDrawn } from './example.js'
import { numbersRead } from './numbers-read.js'
import { rightAsWritten, type Statement } from './statement.js'
import { byCenter, byOutput, scoreOf } from './terms.js'
import { column, number, sumOf } from './value.js'

const lossOf = (example: Example) => negativeSamplingLoss(sampledPairOf(example))

/** What all lines of ∂J/∂v_c have in common; none has a slip. */
const byCenterWord = {
  question: 5,
  equations: [12],
  functions: ['negativeSampling'],
  measuredBy: 'central differences',
  compute: (example: Example) => column(negativeSampling(sampledPairOf(example)).centerGradient),
  measure: (example: Example) => column(byCenter(example, lossOf)),
} as const

/** The same for ∂J/∂u_o. */
const byOutside = {
  question: 5,
  equations: [13],
  functions: ['negativeSampling'],
  measuredBy: 'central differences',
  compute: (example: Example) => column(gradientOf(example, example.outside)),
  measure: (example: Example) => column(byOutput(example, example.outside, lossOf)),
} as const

/** The same for ∂J/∂u_x, x ≠ o. */
const byOther = {
  ...byOutside,
  compute: (example: Example) => column(gradientOf(example, example.other)),
  measure: (example: Example) => column(byOutput(example, example.other, lossOf)),
} as const

export const negativeSamplingStatements: readonly Statement[] = [
  {
    id: '5.1',
    question: 5,
    says: 'The loss: one term for the outside word, one for each negative k = 1 … K.',
    written: String.raw`J = -\log\sigma(u_o^\top v_c) - \sum_{k=1}^{K}\log\sigma(-u_k^\top v_c)`,
    verdict: 'condition',
    slips: ['multiplicity'],
    right: String.raw`J = -\log\sigma(u_o^\top v_c) - \sum_{k=1}^{K}\log\sigma(-u_{n_k}^\top v_c)`,
    why:
      'k must number the draws: u_k is the vector of the word that draw k gave, and a word drawn three times stands ' +
      'there three times. Read as a sum over words, repeats are lost. That o is not drawn is not said either; the ' +
      'gradients that follow need it.',
    equations: [11],
    functions: ['negativeSamplingLoss'],
    measuredBy: 'identity',
    compute: example => number(lossOf(example)),
    computeAsWritten: example => number(lossOver(example, [...new Set(example.negatives)])),
    measure: example => number(lossOver(example, example.negatives)),
    isHarmless: ({ negatives }) => new Set(negatives).size === negatives.length,
  },
  {
    ...byCenterWord,
    id: '5.2',
    says: 'The chain rule for the gradient by v_c.',
    ...rightAsWritten(
      String.raw`\frac{\partial J}{\partial v_c} = -\frac{1}{\sigma(u_o^\top v_c)}\frac{\partial\sigma(u_o^\top v_c)}{\partial v_c} - \sum_{k=1}^{K}\frac{1}{\sigma(-u_k^\top v_c)}\frac{\partial\sigma(-u_k^\top v_c)}{\partial v_c}`,
    ),
    why: 'The derivative of a logarithm, term by term.',
    computeAsWritten: example =>
      overTerms(example, (word, sign) =>
        scaled(
          -1 / sigmoid(sign * scoreOf(example, word)),
          byCenter(example, at => sigmoid(sign * scoreOf(at, word))),
        ),
      ),
  },
  {
    ...byCenterWord,
    id: '5.3',
    says: 'The derivative of the sigmoid and that of each score are put in.',
    ...rightAsWritten(
      String.raw`-\frac{1}{\sigma(s_o)}(1-\sigma(s_o))\,\sigma(s_o)\,u_o - \sum_{k=1}^{K}\frac{1}{\sigma(-s_k)}\,\sigma(-s_k)(1-\sigma(-s_k))(-u_k)`,
    ),
    why: 'With s_k short for the score of draw k.',
    computeAsWritten: example =>
      overTerms(example, (word, sign) => {
        const p = sigmoid(sign * scoreOf(example, word))
        return scaled(-(1 / p) * p * (1 - p) * sign, example.outputVectors[word])
      }),
  },
  {
    ...byCenterWord,
    id: '5.4–5.5',
    says: 'What cancels is taken out.',
    ...rightAsWritten(String.raw`(\sigma(s_o)-1)\,u_o + \sum_{k=1}^{K}(1-\sigma(-s_k))\,u_k`),
    why: 'The same as (σ(s_o) − 1)u_o + Σ_k σ(s_k)u_k, which needs each sigmoid once.',
    computeAsWritten: example =>
      overTerms(example, (word, sign) => {
        const p = sigmoid(sign * scoreOf(example, word))
        return scaled(sign > 0 ? p - 1 : 1 - p, example.outputVectors[word])
      }),
  },
  {
    ...byOutside,
    id: '5.6',
    says: 'The gradient by u_o: the second sum has no share in it.',
    written: String.raw`\frac{\partial J}{\partial u_o} = -\frac{1}{\sigma(u_o^\top v_c)}\frac{\partial\sigma(u_o^\top v_c)}{\partial u_o} - 0`,
    verdict: 'condition',
    slips: ['multiplicity'],
    right: String.raw`\frac{\partial J}{\partial u_o} = -\frac{1}{\sigma(u_o^\top v_c)}\frac{\partial\sigma(u_o^\top v_c)}{\partial u_o} + c_o\,\sigma(u_o^\top v_c)\,v_c`,
    why: 'The second sum is 0 only where o is not among the negatives, c_o = 0. Otherwise o is pulled once and pushed c_o times.',
    computeAsWritten: example => {
      const { outside } = example
      const slope = byOutput(example, outside, at => sigmoid(scoreOf(at, outside)))
      return column(scaled(-1 / sigmoid(scoreOf(example, outside)), slope))
    },
    isHarmless: example => timesDrawn(example, example.outside) === 0,
  },
  {
    ...byOutside,
    id: '5.7',
    says: 'The first term, with the derivative of the sigmoid put in.',
    ...rightAsWritten(
      String.raw`-\frac{1}{\sigma(u_o^\top v_c)}(1-\sigma(u_o^\top v_c))\,\sigma(u_o^\top v_c)\,v_c`,
    ),
    why: 'Right for the first term of the loss, and v_c stands up.',
    compute: example => column(scaled(-sigmoid(-scoreOf(example, example.outside)), centerVectorOf(example))),
    computeAsWritten: example => {
      const p = sigmoid(scoreOf(example, example.outside))
      return column(scaled(-(1 / p) * (1 - p) * p, centerVectorOf(example)))
    },
    measure: example =>
      column(byOutput(example, example.outside, at => -Math.log(sigmoid(scoreOf(at, at.outside))))),
  },
  {
    ...byOutside,
    id: '5.8',
    says: 'So the gradient by v_c is σ − 1 times v_c.',
    written: String.raw`\frac{\partial J}{\partial v_c} = (\sigma(u_o^\top v_c)-1)\,v_c`,
    verdict: 'slip',
    slips: ['label'],
    right: String.raw`\frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c)-1)\,v_c + c_o\,\sigma(u_o^\top v_c)\,v_c`,
    why:
      'It is the gradient by u_o; the one by v_c is 5.5. Compared here: the gradient by u_o, and what the label names. ' +
      'The last term is that of 5.6, gone where o is not drawn.',
    computeAsWritten: example => column(negativeSampling(sampledPairOf(example)).centerGradient),
    isHarmless: () => false,
  },
  {
    ...byOther,
    id: '5.9',
    says: 'The chain rule for the gradient by the vector u_x of another word, over all k.',
    ...rightAsWritten(
      String.raw`\frac{\partial J}{\partial u_x} = -\sum_{k=1}^{K}\frac{1}{\sigma(-u_k^\top v_c)}\frac{\partial\sigma(-u_k^\top v_c)}{\partial u_x}`,
    ),
    why: 'While the sum is there, every draw counts.',
    computeAsWritten: example => {
      const { other, negatives } = example
      const terms = negatives.map(word =>
        scaled(
          -1 / sigmoid(-scoreOf(example, word)),
          byOutput(example, other, at => sigmoid(-scoreOf(at, word))),
        ),
      )
      return column(sumOf(terms, centerVectorOf(example).length))
    },
  },
  {
    ...byOther,
    id: '5.10',
    says: 'The sum becomes the term of x, whose last factor is a derivative by v_c.',
    written: String.raw`-\frac{1}{\sigma(-s_x)}\,\frac{\partial\sigma(-s_x)}{\partial(-s_x)}\,\frac{\partial(-u_x^\top v_c)}{\partial v_c}`,
    verdict: 'slip',
    slips: ['label', 'multiplicity'],
    right: String.raw`-c_x\,\frac{1}{\sigma(-s_x)}\,\frac{\partial\sigma(-s_x)}{\partial(-s_x)}\,\frac{\partial(-u_x^\top v_c)}{\partial u_x}`,
    why:
      'The last factor must be a derivative by u_x; by v_c it is −u_x, and u_x would be moved along itself. And there ' +
      'is one term for each of the c_x draws of x, not just one.',
    computeAsWritten: example => {
      const { other, outputVectors } = example
      const z = -scoreOf(example, other)
      return column(scaled((-1 / sigmoid(z)) * sigmoid(z) * (1 - sigmoid(z)) * -1, outputVectors[other]))
    },
    isHarmless: () => false,
  },
  {
    ...byOther,
    id: '5.11',
    says: 'The term of x with both derivatives put in, by u_x now.',
    ...rightAsWritten(String.raw`-\frac{1}{\sigma(-s_x)}\,\sigma(-s_x)(1-\sigma(-s_x))(-v_c)`),
    why: 'Right for one draw: the two minus signs do cancel.',
    compute: example => column(scaled(sigmoid(scoreOf(example, example.other)), centerVectorOf(example))),
    computeAsWritten: example => {
      const p = sigmoid(-scoreOf(example, example.other))
      return column(scaled(-(1 / p) * p * (1 - p) * -1, centerVectorOf(example)))
    },
    measure: example =>
      column(byOutput(example, example.other, at => -Math.log(sigmoid(-scoreOf(at, at.other))))),
  },
  {
    ...byOther,
    id: '5.12',
    says: 'So the gradient by u_x is one less the sigmoid of the negative score, times v_c.',
    written: String.raw`\frac{\partial J}{\partial u_x} = (1-\sigma(-u_x^\top v_c))\,v_c`,
    verdict: 'condition',
    slips: ['multiplicity'],
    right: String.raw`\frac{\partial J}{\partial u_x} = c_x\,(1-\sigma(-u_x^\top v_c))\,v_c = c_x\,\sigma(u_x^\top v_c)\,v_c`,
    why: 'Right for a word drawn exactly once. It counts once for every draw, c_x times, and is 0 for a word that is not drawn.',
    computeAsWritten: example =>
      column(scaled(1 - sigmoid(-scoreOf(example, example.other)), centerVectorOf(example))),
    isHarmless: example => timesDrawn(example, example.other) === 1,
  },
  {
    id: '5.13',
    question: 5,
    says: 'Naive softmax needs the matrices U and V, so its cost grows with words times dimensions.',
    written: String.raw`\text{naive softmax reads } U \text{ and } V: \quad 2\,\lvert V\rvert\,d \text{ numbers}, \; O(\lvert V\rvert\,d)`,
    verdict: 'slip',
    slips: ['count'],
    right: String.raw`\text{naive softmax reads } U \text{ and the row } v_c: \quad (\lvert V\rvert+1)\,d \text{ numbers}, \; O(\lvert V\rvert\,d)`,
    why: 'A pair needs all of U but only one row of V. The order of the cost is right. Compared here: the numbers read, which are counted.',
    equations: [5, 6],
    functions: ['naiveSoftmax', 'skipGram'],
    measuredBy: 'identity',
    compute: example => number((example.outputVectors.length + 1) * centerVectorOf(example).length),
    computeAsWritten: example => number(2 * example.outputVectors.length * centerVectorOf(example).length),
    measure: example => number(numbersRead(example)),
    isHarmless: () => false,
  },
  {
    id: '5.14',
    question: 5,
    says: 'Negative sampling costs K times dimensions.',
    written: String.raw`O(\lvert K\rvert\,d)`,
    verdict: 'condition',
    slips: [],
    right: String.raw`O(K\,d): \; K+1 \text{ scores a pair, at most } K+1 \text{ words in } \frac{\partial J}{\partial U}`,
    why:
      'K is a number, so it needs no bars. It holds for one pair, with a sampler that draws in O(1) and a gradient that ' +
      'keeps only the words it touches; with ∂J/∂U written out in full, as the assignment’s code does, a step is ' +
      'O(|V|·d) again. Compared here: the numbers of ∂J/∂U that are kept, and those of the full matrix.',
    equations: [11, 12, 13],
    functions: ['negativeSampling'],
    measuredBy: 'identity',
    compute: ({ outside, negatives, ...example }) =>
      number(
        new Set([outside, ...negatives]).size * centerVectorOf({ ...example, outside, negatives }).length,
      ),
    computeAsWritten: example => number(example.outputVectors.length * centerVectorOf(example).length),
    measure: example => {
      const { outputGradient } = negativeSampling(sampledPairOf(example))
      return number([...outputGradient.values()].reduce((sum, row) => sum + row.length, 0))
    },
    isHarmless: ({ outside, negatives, outputVectors }) =>
      new Set([outside, ...negatives]).size === outputVectors.length,
  },
]

/** −log σ(s_o) − Σ log σ(−s_w) over the words given, term by term. */
function lossOver(example: Example, negatives: readonly number[]): number {
  const outsideTerm = -Math.log(sigmoid(scoreOf(example, example.outside)))
  return negatives.reduce((loss, word) => loss - Math.log(sigmoid(-scoreOf(example, word))), outsideTerm)
}

/** A vector for the outside word (sign 1) and for every draw (sign −1), added up. */
function overTerms(example: Example, termOf: (word: number, sign: 1 | -1) => Float64Array) {
  const terms = [termOf(example.outside, 1), ...example.negatives.map(word => termOf(word, -1))]
  return column(sumOf(terms, centerVectorOf(example).length))
}

/** ∂J/∂u_w; zero for a word that is not in the loss. */
function gradientOf(example: Example, word: number): Float64Array {
  const { outputGradient } = negativeSampling(sampledPairOf(example))
  return outputGradient.get(word) ?? new Float64Array(centerVectorOf(example).length)
}
