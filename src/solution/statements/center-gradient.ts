import { inConvention, naiveSoftmax, naiveSoftmaxLoss, type Vector } from '../../equations/index.js'
import { scaled } from '../../equations/inner.js'
/** Question 2: the gradient of naive softmax by the center word's vector. */
import { centerVectorOf, type Example, pairOf } from './example.js'
import { rightAsWritten, type Statement, type Value } from './statement.js'
import { byCenter, expectedOf, minusOutside, observedOf, scoreOf, scoresOf, totalOf } from './terms.js'
import { column, nothing, number, spreadSum, sumOf } from './value.js'

/** What all lines of ∂J/∂v_c have in common. */
const gradient = {
  question: 2,
  equations: [6],
  functions: ['naiveSoftmax'],
  measuredBy: 'central differences',
  compute: (example: Example) => column(naiveSoftmax(pairOf(example)).centerGradient),
  measure: (example: Example) => column(byCenter(example, at => naiveSoftmaxLoss(pairOf(at)))),
} as const

/** The same for lines that add a row to a column; with one dimension there is no difference. */
const lyingLine = {
  ...gradient,
  verdict: 'slip',
  slips: ['transpose'],
  isHarmless: (example: Example) => centerVectorOf(example).length === 1,
} as const

export const centerGradientStatements: readonly Statement[] = [
  {
    id: '2.1',
    question: 2,
    says: 'The loss is the logarithm of a quotient, so a difference of two logarithms.',
    ...rightAsWritten(
      String.raw`J = -\log\frac{\exp(u_o^\top v_c)}{\sum_w\exp(u_w^\top v_c)} = -\log\exp(u_o^\top v_c) + \log\sum_w\exp(u_w^\top v_c)`,
    ),
    why: 'The logarithm of a quotient.',
    equations: [2, 5],
    functions: ['softmax', 'naiveSoftmaxLoss'],
    measuredBy: 'identity',
    compute: lossValue,
    computeAsWritten: example =>
      number(-Math.log(Math.exp(scoreOf(example, example.outside))) + Math.log(totalOf(scoresOf(example)))),
    measure: quotientLoss,
  },
  {
    id: '2.2',
    question: 2,
    says: 'The logarithm undoes the exponential in the first term.',
    ...rightAsWritten(String.raw`J = -u_o^\top v_c + \log\sum_w\exp(u_w^\top v_c)`),
    why: 'Right; on a computer the sum is taken by log-sum-exp (3), since exp(800) does not fit in a float64.',
    equations: [3, 5],
    functions: ['logSumExp', 'naiveSoftmaxLoss'],
    measuredBy: 'identity',
    compute: lossValue,
    computeAsWritten: example =>
      number(-scoreOf(example, example.outside) + Math.log(totalOf(scoresOf(example)))),
    measure: quotientLoss,
  },
  {
    ...gradient,
    id: '2.3',
    says: 'The gradient is the sum of the gradients of both terms.',
    ...rightAsWritten(
      String.raw`\frac{\partial J}{\partial v_c} = \frac{\partial(-u_o^\top v_c)}{\partial v_c} + \frac{\partial}{\partial v_c}\log\sum_w\exp(u_w^\top v_c)`,
    ),
    why: 'A derivative of a sum.',
    computeAsWritten: example =>
      standing(
        byCenter(example, at => -scoreOf(at, at.outside)),
        byCenter(example, at => Math.log(totalOf(scoresOf(at)))),
      ),
  },
  {
    ...gradient,
    id: '2.4',
    says: 'The first term gives −u_o; the logarithm gives one over the sum, times the derivative of the sum.',
    ...rightAsWritten(
      String.raw`-u_o + \frac{1}{\sum_x\exp(u_x^\top v_c)}\,\frac{\partial}{\partial v_c}\sum_w\exp(u_w^\top v_c)`,
    ),
    why: 'The chain rule for the logarithm.',
    computeAsWritten: example =>
      standing(
        minusOutside(example),
        overTotal(
          example,
          byCenter(example, at => totalOf(scoresOf(at))),
        ),
      ),
  },
  {
    ...gradient,
    id: '2.5',
    says: 'The derivative may go inside the sum.',
    ...rightAsWritten(
      String.raw`-u_o + \frac{1}{\sum_x\exp(u_x^\top v_c)}\sum_w\frac{\partial\exp(u_w^\top v_c)}{\partial v_c}`,
    ),
    why: 'The sum is finite.',
    computeAsWritten: example => overWords(example, w => byCenter(example, at => Math.exp(scoreOf(at, w)))),
  },
  {
    ...gradient,
    id: '2.6',
    says: 'The derivative of each exponential is itself times the derivative of its score.',
    ...rightAsWritten(
      String.raw`-u_o + \frac{1}{\sum_x\exp(u_x^\top v_c)}\sum_w\exp(u_w^\top v_c)\,\frac{\partial(u_w^\top v_c)}{\partial v_c}`,
    ),
    why: 'The chain rule for the exponential.',
    computeAsWritten: example =>
      overWords(example, w =>
        scaled(
          Math.exp(scoreOf(example, w)),
          byCenter(example, at => scoreOf(at, w)),
        ),
      ),
  },
  {
    ...lyingLine,
    id: '2.7',
    says: 'The derivative of a score is the transposed output vector.',
    written: String.raw`-u_o + \frac{1}{\sum_x\exp(u_x^\top v_c)}\sum_w\exp(u_w^\top v_c)\,u_w^\top`,
    right: String.raw`-u_o + \frac{1}{\sum_x\exp(u_x^\top v_c)}\sum_w\exp(u_w^\top v_c)\,u_w`,
    why:
      'Each u_w must stand up as u_o does: a row cannot be added to a column. NumPy would spread both out to a matrix ' +
      'd×d without a word.',
    computeAsWritten: example =>
      spreadSum(
        minusOutside(example),
        overTotal(
          example,
          weightedSum(example, w => Math.exp(scoreOf(example, w))),
        ),
      ),
  },
  {
    ...lyingLine,
    id: '2.8',
    says: 'The quotient goes inside the sum, whose own index is now another letter.',
    written: String.raw`-u_o + \sum_w u_w^\top\frac{\exp(u_w^\top v_c)}{\sum_x\exp(u_x^\top v_c)}`,
    right: String.raw`-u_o + \sum_w u_w\frac{\exp(u_w^\top v_c)}{\sum_x\exp(u_x^\top v_c)}`,
    why: 'The transpose is carried on. Naming the inner index x is right, and is what 3.9 forgets.',
    computeAsWritten: example =>
      spreadSum(
        minusOutside(example),
        weightedSum(example, w => Math.exp(scoreOf(example, w)) / totalOf(scoresOf(example))),
      ),
  },
  {
    ...lyingLine,
    id: '2.9',
    says: 'The quotient is the probability of w.',
    written: String.raw`-u_o + \sum_w u_w^\top P(O=w\mid C=c)`,
    right: String.raw`-u_o + \sum_w \hat y_w u_w`,
    why: 'The transpose is carried on; the probability is right.',
    equations: [2, 6],
    functions: ['softmax', 'naiveSoftmax'],
    computeAsWritten: example => {
      const expected = expectedOf(example)
      return spreadSum(
        minusOutside(example),
        weightedSum(example, w => expected[w]),
      )
    },
  },
  {
    ...gradient,
    id: '2.10',
    says: 'The sum over words is a product with U.',
    ...rightAsWritten(String.raw`-u_o + U^\top\hat y`),
    verdict: 'condition',
    rightInColumns: String.raw`-u_o + U\hat y`,
    why:
      'Right where U holds a word in each row, |V|×d. With words in columns, d×|V|, as the assignment defines U, it is ' +
      'Uŷ; the shapes of Uᵀŷ then do not fit.',
    computeAsWritten: example => {
      const product = transposedTimes(example, Array.from(expectedOf(example)))
      return product ? standing(minusOutside(example), product) : nothing
    },
    isHarmless: ({ convention = 'rows' }) => convention === 'rows',
  },
  {
    ...gradient,
    id: '2.11',
    says: 'Together: U times expected less observed.',
    ...rightAsWritten(String.raw`U^\top(\hat y - y)`),
    verdict: 'condition',
    rightInColumns: String.raw`U(\hat y - y)`,
    why: 'The same condition: words in rows. One page should keep to one convention.',
    computeAsWritten: example => {
      const observed = observedOf(example)
      const error = Array.from(expectedOf(example), (probability, w) => probability - observed[w])
      const product = transposedTimes(example, error)
      return product ? column(product) : nothing
    },
    isHarmless: ({ convention = 'rows' }) => convention === 'rows',
  },
]

function lossValue(example: Example): Value {
  return number(naiveSoftmaxLoss(pairOf(example)))
}

/** −log of the quotient itself. */
function quotientLoss(example: Example): Value {
  return number(-Math.log(Math.exp(scoreOf(example, example.outside)) / totalOf(scoresOf(example))))
}

function standing(...terms: readonly Vector[]): Value {
  return column(sumOf(terms, terms[0].length))
}

/** A vector over Σ_x exp(s_x). */
function overTotal(example: Example, vector: Vector): Float64Array {
  return scaled(1 / totalOf(scoresOf(example)), vector)
}

/** −u_o + (1/Σ_x exp(s_x)) Σ_w of a vector for each word. */
function overWords(example: Example, vectorOf: (word: number) => Vector): Value {
  const vectors = Array.from(example.outputVectors, (_, w) => vectorOf(w))
  return standing(minusOutside(example), overTotal(example, sumOf(vectors, centerVectorOf(example).length)))
}

/** Σ_w weight_w u_w. */
function weightedSum(example: Example, weightOf: (word: number) => number): Float64Array {
  const vectors = Array.from(example.outputVectors, (row, w) => scaled(weightOf(w), row))
  return sumOf(vectors, centerVectorOf(example).length)
}

/** Uᵀ times a vector |V|×1 by the letter, with U as the convention holds it; nothing if the shapes do not fit. */
function transposedTimes(
  { outputVectors, convention = 'rows' }: Example,
  vector: readonly number[],
): Float64Array | undefined {
  const U = inConvention(outputVectors, convention)
  if (U.length !== vector.length) return undefined
  return sumOf(
    U.map((row, i) => scaled(vector[i], row)),
    U[0].length,
  )
}
