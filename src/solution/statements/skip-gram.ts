import {
  denseRows,
  inConvention,
  naiveSoftmax,
  numericGradient,
  type Rows,
  type SkipGram,
  skipGram,
} from '../../equations/index.js'
import { scaled } from '../../equations/inner.js'
/** Question 6: the window is the sum of its pairs. */
import { centerVectorOf, type Example, pairOf, windowOf } from './example.js'
import { rightAsWritten, type Statement } from './statement.js'
import { byCenter } from './terms.js'
import { column } from './value.js'

const shared = { question: 6, equations: [14, 15], functions: ['skipGram'] } as const

export const skipGramStatements: readonly Statement[] = [
  {
    ...shared,
    id: '6.1',
    says: 'The gradient of the window by U is the sum of the pairs’ gradients by U.',
    written: String.raw`\frac{\partial J_{\mathrm{sg}}}{\partial U} = \sum_{-m\le j\le m,\, j\ne 0}\frac{\partial J}{\partial U}`,
    verdict: 'condition',
    slips: ['count'],
    right: String.raw`\frac{\partial J_{\mathrm{sg}}}{\partial U} = \sum_{-m\le j\le m,\, j\ne 0,\, 1\le t+j\le T}\frac{\partial J(v_c, w_{t+j}, U)}{\partial U}`,
    why:
      'Each term must name its own outside word w_{t+j}; by the letter there are 2m equal terms. And the window ends ' +
      'where the sentence of T words does.',
    measuredBy: 'central differences',
    compute: example => inFull(example, windowGradients(example).outputGradient),
    computeAsWritten: example =>
      naiveSoftmax(pairOf(example)).outputGradient.map(row => scaled(2 * example.reach, row)),
    measure: example => {
      const { convention = 'rows', outputVectors } = example
      const gradient = numericGradient(at => windowLoss({ ...example, outputVectors: at }), outputVectors)
      return inConvention(gradient, convention)
    },
    isHarmless: isWindowOfOneWord,
  },
  {
    ...shared,
    id: '6.2',
    says: 'The gradient of the window by v_c is the sum of the pairs’ gradients by v_c.',
    written: String.raw`\frac{\partial J_{\mathrm{sg}}}{\partial v_c} = \sum_{-m\le j\le m,\, j\ne 0}\frac{\partial J}{\partial v_c}`,
    verdict: 'condition',
    slips: ['count'],
    right: String.raw`\frac{\partial J_{\mathrm{sg}}}{\partial v_c} = \sum_{-m\le j\le m,\, j\ne 0,\, 1\le t+j\le T}\frac{\partial J(v_c, w_{t+j}, U)}{\partial v_c}`,
    why: 'As in 6.1: each term has its own outside word, and the window is clipped at both ends of the sentence.',
    measuredBy: 'central differences',
    compute: example => column(gradientByInput(example, example.center)),
    computeAsWritten: example =>
      column(scaled(2 * example.reach, naiveSoftmax(pairOf(example)).centerGradient)),
    measure: example => column(byCenter(example, windowLoss)),
    isHarmless: isWindowOfOneWord,
  },
  {
    ...shared,
    id: '6.3',
    says: 'The gradient of the window by the input vector of any other word is zero.',
    ...rightAsWritten(String.raw`\frac{\partial J_{\mathrm{sg}}}{\partial v_w} = 0 \quad (w \ne c)`),
    why: 'The loss holds no input vector but v_c; also where w is one of the outside words.',
    measuredBy: 'identity',
    compute: example => column(gradientByInput(example, notCenter(example))),
    computeAsWritten: example => column(new Float64Array(centerVectorOf(example).length)),
    measure: example => {
      const gradient = numericGradient(
        inputVectors => windowLoss({ ...example, inputVectors }),
        example.inputVectors,
      )
      return column(gradient[notCenter(example)])
    },
  },
]

/** Whether all 2m places of the window hold the one outside word o. */
function isWindowOfOneWord(example: Example): boolean {
  const words = windowOf(example)
  return words.length === 2 * example.reach && words.every(word => word === example.outside)
}

/** The window's loss and gradients under naive softmax. */
function windowGradients(example: Example): SkipGram {
  const { center, inputVectors, outputVectors } = example
  const { convention = 'rows' } = example
  return skipGram({
    center,
    outside: windowOf(example),
    inputVectors: inConvention(inputVectors, convention),
    outputVectors: inConvention(outputVectors, convention),
    convention,
  })
}

function windowLoss(example: Example): number {
  return windowGradients(example).loss
}

/** ∂J_sg/∂U with all its numbers, shaped as U. */
function inFull({ outputVectors, convention = 'rows' }: Example, gradient: SkipGram['outputGradient']) {
  return inConvention(denseRows(gradient, outputVectors.length, dimensionsOf(outputVectors)), convention)
}

function gradientByInput(example: Example, word: number): Float64Array {
  const { inputGradient } = windowGradients(example)
  return inputGradient.get(word) ?? new Float64Array(dimensionsOf(example.inputVectors))
}

function dimensionsOf(matrix: Rows): number {
  return matrix[0].length
}

/** A word w ≠ c. */
function notCenter({ center, outside, other }: Example): number {
  return other === center ? outside : other
}
