import { centerGradientStatements } from './center-gradient.js'
import { crossEntropyStatements } from './cross-entropy.js'
import { negativeSamplingStatements } from './negative-sampling.js'
import { outputGradientStatements } from './output-gradient.js'
import { sigmoidStatements } from './sigmoid.js'
import { skipGramStatements } from './skip-gram.js'
import type { Statement } from './statement.js'

/** All 44 statements of the worked solution that this project began from, in its order. */
export const statements: readonly Statement[] = [
  ...crossEntropyStatements,
  ...centerGradientStatements,
  ...outputGradientStatements,
  ...sigmoidStatements,
  ...negativeSamplingStatements,
  ...skipGramStatements,
]
