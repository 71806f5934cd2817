import { crossEntropy, logSumExp, naiveSoftmaxLoss, numericGradient } from '../../equations/index.js'
/** Question 1: cross-entropy with a one-hot y is −log ŷ_o. */
import { type Example, pairOf } from './example.js'
import { rightAsWritten, type Statement } from './statement.js'
import { expectedOf, observedOf, scoresOf } from './terms.js'
import { column, number } from './value.js'

export const crossEntropyStatements: readonly Statement[] = [
  {
    id: '1.1',
    question: 1,
    says: 'y is 1 at the outside word, and 0 exactly at the other words.',
    written: String.raw`y_w = 1 \text{ if } w = o, \quad y_w = 0 \text{ iff } w \ne o`,
    verdict: 'condition',
    slips: [],
    right: String.raw`y_w = 1 \iff w = o, \quad y_w = 0 \iff w \ne o`,
    why: 'Both halves hold in both directions: y is one-hot. The steps that follow need that, and it should be said once.',
    equations: [4],
    functions: ['crossEntropy'],
    measuredBy: 'central differences',
    compute: example => column(observedOf(example)),
    computeAsWritten: example => column(observedOf(example)),
    measure: example => column(expectedLessScoreGradient(example)),
    isHarmless: () => true,
  },
  {
    id: '1.2',
    question: 1,
    says: 'The terms with w = 0 drop out of the sum.',
    written: String.raw`w = 0 \implies y_w\log\hat y_w = 0`,
    verdict: 'slip',
    slips: ['index'],
    right: String.raw`y_w = 0 \implies y_w\log\hat y_w = 0`,
    why:
      'It is y_w that is 0, not w. By the letter word number 0 alone would drop out: where that is the outside word, ' +
      'the loss would lose its only term. Compared here: 1 for every word that drops out.',
    equations: [4],
    functions: ['crossEntropy'],
    measuredBy: 'identity',
    compute: example => column(observedOf(example).map(y => (y === 0 ? 1 : 0))),
    computeAsWritten: ({ outputVectors }) => column(Array.from(outputVectors, (_, w) => (w === 0 ? 1 : 0))),
    measure: example => column(termsOf(example).map(term => (term === 0 ? 1 : 0))),
    // Of two words, word 0 is then the one that does drop out.
    isHarmless: ({ outputVectors, outside }) => outputVectors.length === 2 && outside === 1,
  },
  {
    id: '1.3',
    question: 1,
    says: 'Of the sum, the term 1 · log ŷ_w with w = o is left.',
    written: String.raw`-\sum_w y_w\log\hat y_w \to 1\cdot\log\hat y_o`,
    verdict: 'slip',
    slips: ['sign'],
    right: String.raw`-\sum_w y_w\log\hat y_w = -1\cdot\log\hat y_o`,
    why: 'The sum carries a minus, and so does what is left of it. By the letter the loss would be negative.',
    equations: [4],
    functions: ['crossEntropy'],
    measuredBy: 'identity',
    compute: example => number(-logProbability(example)),
    computeAsWritten: example => number(logProbability(example)),
    measure: example => number(crossEntropy(observedOf(example), expectedOf(example))),
    isHarmless: example => logProbability(example) === 0,
  },
  {
    id: '1.4',
    question: 1,
    says: 'So the cross-entropy is −log ŷ_o.',
    ...rightAsWritten(String.raw`-\sum_w y_w\log\hat y_w = -\log\hat y_o`),
    why: 'This is the loss of naive softmax.',
    equations: [4, 5],
    functions: ['crossEntropy', 'naiveSoftmaxLoss'],
    measuredBy: 'identity',
    compute: example => number(naiveSoftmaxLoss(pairOf(example))),
    computeAsWritten: example => number(-logProbability(example)),
    measure: example => number(crossEntropy(observedOf(example), expectedOf(example), { oneHot: true })),
  },
]

/** log ŷ_o. */
function logProbability(example: Example): number {
  return Math.log(expectedOf(example)[example.outside])
}

/** −y_w log ŷ_w of every word. */
function termsOf(example: Example): number[] {
  const expected = expectedOf(example)
  return observedOf(example).map((y, w) => -y * Math.log(expected[w]))
}

/** y again, found from the loss as a function of the scores: ∂J/∂s is ŷ − y, so y is ŷ − ∂J/∂s. */
function expectedLessScoreGradient(example: Example): Float64Array {
  const loss = ([scores]: Float64Array[]) => logSumExp(scores) - scores[example.outside]
  const [gradient] = numericGradient(loss, [scoresOf(example)])
  return expectedOf(example).map((probability, w) => probability - gradient[w])
}
