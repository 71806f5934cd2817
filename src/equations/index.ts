export { type CrossEntropyOptions, crossEntropy } from './cross-entropy.js'
export {
  checkGradient,
  type GradientCheck,
  type GradientCheckOptions,
  numericGradient,
  relativeError,
} from './gradient-check.js'
export {
  type HierarchicalSoftmax,
  hierarchicalSoftmax,
  hierarchicalSoftmaxLoss,
  type PathPair,
} from './hierarchical-softmax.js'
export { type HuffmanTree, huffmanTree, pathOf, type Turn } from './huffman.js'
export { type NaiveSoftmax, naiveSoftmax, naiveSoftmaxLoss, type WordPair } from './naive-softmax.js'
export { type NaiveSoftmaxBatch, naiveSoftmaxBatch, type WordPairs } from './naive-softmax-batch.js'
export {
  type NegativeSampling,
  negativeSampling,
  negativeSamplingLoss,
  type SampledPair,
} from './negative-sampling.js'
export {
  naiveSoftmaxTerms,
  negativeSamplingTerms,
  type PairTerms,
  sgdStep,
  skipGramTerms,
  type WindowTerms,
  type WordTerm,
} from './pair-terms.js'
export {
  type Convention,
  denseRows,
  inConvention,
  type Rows,
  type SparseRows,
  type Vector,
} from './rows.js'
export { logSigmoid, sigmoid, sigmoidDerivative } from './sigmoid.js'
export {
  outsideWords,
  type SentencePlace,
  type SkipGram,
  type SkipGramWindow,
  skipGram,
} from './skip-gram.js'
export { logSumExp, softmax } from './softmax.js'
