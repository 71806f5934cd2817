import { naiveSoftmax, naiveSoftmaxLoss, numericGradient } from '../../equations/index.js'
import { scaled, vectorOf } from '../../equations/inner.js'
/** Question 3: the gradients of naive softmax by the output vectors. */

import { centerVectorOf, type Example, pairOf } from './example.js'
import { rightAsWritten, type Statement } from './statement.js'
import { byOutput, expectedOf, scoreOf, scoresOf, totalOf } from './terms.js'
import { column, lying, sumOf } from './value.js'

const oneDimension = (example: Example) => centerVectorOf(example).length === 1

/** What all lines of ∂J/∂u_o have in common. */
const byOutside = {
  question: 3,
  equations: [7],
  functions: ['naiveSoftmax'],
  measuredBy: 'central differences',
  compute: (example: Example) => column(gradientOf(example, example.outside)),
  measure: (example: Example) => column(byOutput(example, example.outside, lossOf)),
} as const

/** The same for ∂J/∂u_w, w ≠ o. */
const byOther = {
  ...byOutside,
  compute: (example: Example) => column(gradientOf(example, example.other)),
  measure: (example: Example) => column(byOutput(example, example.other, lossOf)),
} as const

export const outputGradientStatements: readonly Statement[] = [
  {
    ...byOutside,
    id: '3.1',
    says: 'The gradient by u_o is the sum of the gradients of both terms.',
    ...rightAsWritten(
      String.raw`\frac{\partial J}{\partial u_o} = \frac{\partial(-u_o^\top v_c)}{\partial u_o} + \frac{\partial}{\partial u_o}\log\sum_w\exp(u_w^\top v_c)`,
    ),
    why: 'A derivative of a sum.',
    computeAsWritten: example => {
      const { outside } = example
      const score = byOutput(example, outside, at => -scoreOf(at, outside))
      const total = byOutput(example, outside, at => Math.log(totalOf(scoresOf(at))))
      return column(sumOf([score, total], score.length))
    },
  },
  {
    ...byOutside,
    id: '3.2–3.7',
    says: 'The first term gives −v_c lying down; in the end the gradient is −v_c plus v_c times the probability of o, both lying down.',
    written: String.raw`-v_c^\top + P(O=o\mid C=c)\,v_c^\top`,
    verdict: 'slip',
    slips: ['transpose'],
    right: String.raw`(\hat y_o - 1)\,v_c`,
    why:
      'A gradient has the shape of what it is taken by: u_o stands up, so v_c must. The numbers are right, but u_o less ' +
      'a step of this row is a matrix d×d in NumPy. Questions 2 and 5 let gradients stand up.',
    computeAsWritten: example =>
      lying(scaled(expectedOf(example)[example.outside] - 1, centerVectorOf(example))),
    isHarmless: oneDimension,
  },
  {
    ...byOutside,
    id: '3.4→3.5',
    says: 'The derivative of the sum over all words is that of its one term o.',
    ...rightAsWritten(
      String.raw`\frac{\partial}{\partial u_o}\sum_w\exp(u_w^\top v_c) = \frac{\partial\exp(u_o^\top v_c)}{\partial u_o}`,
    ),
    why: 'Only that term depends on u_o.',
    compute: example => column(scaled(Math.exp(scoreOf(example, example.outside)), centerVectorOf(example))),
    computeAsWritten: example =>
      column(byOutput(example, example.outside, at => Math.exp(scoreOf(at, at.outside)))),
    measure: example => column(byOutput(example, example.outside, at => totalOf(scoresOf(at)))),
  },
  {
    ...byOther,
    id: '3.8',
    says: 'The gradient by another word’s vector u_w, with the sum over x.',
    ...rightAsWritten(
      String.raw`\frac{\partial J}{\partial u_w} = \frac{\partial(-u_o^\top v_c)}{\partial u_w} + \frac{\partial}{\partial u_w}\log\sum_x\exp(u_x^\top v_c)`,
    ),
    why: 'A derivative of a sum, whose index has a letter of its own.',
    computeAsWritten: example => {
      const { other } = example
      const score = byOutput(example, other, at => -scoreOf(at, at.outside))
      const total = byOutput(example, other, at => Math.log(totalOf(scoresOf(at))))
      return column(sumOf([score, total], score.length))
    },
  },
  {
    ...byOther,
    id: '3.9',
    says: 'The first term is gone; the logarithm gives one over the sum, which now runs over w again.',
    written: String.raw`\frac{1}{\sum_w\exp(u_w^\top v_c)}\,\frac{\partial}{\partial u_w}\sum_w\exp(u_w^\top v_c)`,
    verdict: 'slip',
    slips: ['index'],
    right: String.raw`0 + \frac{1}{\sum_x\exp(u_x^\top v_c)}\,\frac{\partial}{\partial u_w}\sum_x\exp(u_x^\top v_c)`,
    why:
      'w is the one word that the gradient is taken by, so the sum needs another letter. Read with w as that word, it ' +
      'has a single term, the quotient is 1, and the probability is lost: v_c is left. That the first term is 0, as ' +
      'it does not hold u_w, should be said.',
    computeAsWritten: example => {
      const term = (at: Example) => Math.exp(scoreOf(at, at.other))
      return column(scaled(1 / term(example), byOutput(example, example.other, term)))
    },
    isHarmless: () => false,
  },
  {
    ...byOther,
    id: '3.10–3.13',
    says: 'Only the term w depends on u_w, and gives itself times v_c lying down; the sum still runs over w.',
    written: String.raw`\frac{\exp(u_w^\top v_c)}{\sum_w\exp(u_w^\top v_c)}\,v_c^\top`,
    verdict: 'slip',
    slips: ['index', 'transpose'],
    right: String.raw`\frac{\exp(u_w^\top v_c)}{\sum_x\exp(u_x^\top v_c)}\,v_c`,
    why: 'The index of 3.9 is carried on, so that the quotient reads as 1; and v_c lies down where u_w stands up.',
    computeAsWritten: example => {
      const term = Math.exp(scoreOf(example, example.other))
      return lying(scaled(term / term, centerVectorOf(example)))
    },
    isHarmless: () => false,
  },
  {
    ...byOther,
    id: '3.14',
    says: 'So the gradient by u_w is the probability of w times v_c lying down.',
    written: String.raw`P(O=w\mid C=c)\,v_c^\top`,
    verdict: 'slip',
    slips: ['transpose'],
    right: String.raw`\hat y_w\,v_c`,
    why: 'The probability is right again; v_c must stand up as u_w does.',
    computeAsWritten: example => lying(scaled(expectedOf(example)[example.other], centerVectorOf(example))),
    isHarmless: oneDimension,
  },
  {
    ...byOther,
    id: '3.15',
    says: 'Over all, the gradient by u_w is expected less observed, times v_c lying down.',
    written: String.raw`\frac{\partial J}{\partial u_w} = (\hat y - y)\,v_c^\top`,
    verdict: 'slip',
    slips: ['label'],
    right: String.raw`\frac{\partial J}{\partial U} = (\hat y - y)\,v_c^\top, \quad \frac{\partial J}{\partial u_w} = (\hat y_w - y_w)\,v_c`,
    rightInColumns: String.raw`\frac{\partial J}{\partial U} = v_c\,(\hat y - y)^\top, \quad \frac{\partial J}{\partial u_w} = (\hat y_w - y_w)\,v_c`,
    why:
      'The right side is a matrix, the gradient by all of U with words in rows; the label on the left names a column of ' +
      'd numbers. Compared here: that matrix, and what the label names.',
    compute: example => naiveSoftmax(pairOf(example)).outputGradient,
    computeAsWritten: example => column(gradientOf(example, example.other)),
    measure: example => {
      const pair = pairOf(example)
      return numericGradient(
        outputVectors => naiveSoftmaxLoss({ ...pair, outputVectors }),
        pair.outputVectors,
      )
    },
    isHarmless: () => false,
  },
]

function lossOf(example: Example): number {
  return naiveSoftmaxLoss(pairOf(example))
}

/** The part of ∂J/∂U that belongs to a word. */
function gradientOf(example: Example, word: number) {
  const { convention = 'rows' } = example
  return vectorOf(naiveSoftmax(pairOf(example)).outputGradient, word, convention)
}
