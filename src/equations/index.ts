export { type CrossEntropyOptions, crossEntropy } from './cross-entropy.js'
export {
  checkGradient,
  type GradientCheck,
  type GradientCheckOptions,
  relativeError,
} from './gradient-check.js'
export { type NaiveSoftmax, naiveSoftmax, naiveSoftmaxLoss, type WordPair } from './naive-softmax.js'
export { type NaiveSoftmaxBatch, naiveSoftmaxBatch, type WordPairs } from './naive-softmax-batch.js'
export {
  type NegativeSampling,
  negativeSampling,
  negativeSamplingLoss,
  type SampledPair,
} from './negative-sampling.js'
export { denseRows, type Rows, type SparseRows, type Vector } from './rows.js'
export { logSigmoid, sigmoid, sigmoidDerivative } from './sigmoid.js'
export { type SkipGram, type SkipGramWindow, skipGram } from './skip-gram.js'
export { logSumExp, softmax } from './softmax.js'
export {
  type CaseReport,
  checkTestVectors,
  type QuantityDifference,
  type QuantityName,
  type TestVectorReport,
} from './test-vectors.js'
