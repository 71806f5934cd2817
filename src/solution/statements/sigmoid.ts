import { sigmoid, sigmoidDerivative } from '../../equations/index.js'
/** Question 4: the derivative of the sigmoid. */
import type { Example } from './example.js'
import { rightAsWritten, type Statement } from './statement.js'
import { byNumber } from './terms.js'
import { number } from './value.js'

/** What all lines have in common; each is a way to write σ′(x). */
const derivative = {
  question: 4,
  equations: [10],
  functions: ['sigmoidDerivative'],
  measuredBy: 'central differences',
  compute: ({ x }: Example) => number(sigmoidDerivative(x)),
  measure: ({ x }: Example) => number(byNumber(x, sigmoid)),
} as const

export const sigmoidStatements: readonly Statement[] = [
  {
    ...derivative,
    id: '4.1',
    says: 'The sigmoid is a chain of three functions, and its derivative the product of theirs.',
    ...rightAsWritten(
      String.raw`\sigma'(x) = \frac{\partial(1+e^{-x})^{-1}}{\partial(1+e^{-x})}\cdot\frac{\partial(1+e^{-x})}{\partial(-x)}\cdot\frac{\partial(-x)}{\partial x}`,
    ),
    why: 'The chain rule.',
    computeAsWritten: ({ x }) =>
      number(
        byNumber(1 + Math.exp(-x), y => 1 / y) * byNumber(-x, z => 1 + Math.exp(z)) * byNumber(x, at => -at),
      ),
  },
  {
    ...derivative,
    id: '4.2',
    says: 'The three derivatives, written out.',
    written: String.raw`(1+e^{-x})^{-2}\cdot e^{-x}\cdot(-1)`,
    verdict: 'slip',
    slips: ['sign'],
    right: String.raw`-(1+e^{-x})^{-2}\cdot e^{-x}\cdot(-1)`,
    why:
      'The derivative of 1/y is −1/y², and its minus is dropped (a stray prime stands beside it). By the letter the ' +
      'slope of the sigmoid would be negative everywhere.',
    computeAsWritten: ({ x }) => number((1 + Math.exp(-x)) ** -2 * Math.exp(-x) * -1),
    isHarmless: ({ x }) => sigmoidDerivative(x) === 0,
  },
  {
    ...derivative,
    id: '4.3',
    says: 'Together this is a quotient.',
    ...rightAsWritten(String.raw`\frac{e^{-x}}{(1+e^{-x})^2}`),
    why: 'Right, though it does not follow from 4.2 as that is printed: the sign is back.',
    computeAsWritten: ({ x }) => number(Math.exp(-x) / (1 + Math.exp(-x)) ** 2),
  },
  {
    ...derivative,
    id: '4.4–4.5',
    says: 'One is added and taken away, and the quotient split in two.',
    ...rightAsWritten(
      String.raw`\frac{1+e^{-x}-1}{(1+e^{-x})^2} = \frac{1}{1+e^{-x}} - \frac{1}{(1+e^{-x})^2}`,
    ),
    why: 'Nothing is changed by adding 0.',
    computeAsWritten: ({ x }) => number(1 / (1 + Math.exp(-x)) - 1 / (1 + Math.exp(-x)) ** 2),
  },
  {
    ...derivative,
    id: '4.6',
    says: 'So the derivative is made of the sigmoid alone.',
    ...rightAsWritten(String.raw`\sigma'(x) = (1-\sigma(x))\,\sigma(x)`),
    why: 'On a computer 1 − σ(x) is taken as σ(−x), which keeps its digits for large x.',
    equations: [8, 10],
    functions: ['sigmoid', 'sigmoidDerivative'],
    computeAsWritten: ({ x }) => number((1 - sigmoid(x)) * sigmoid(x)),
  },
]
