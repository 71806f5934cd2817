export { type Precision, precisions } from '../math/index.js'
export { nearestOptionTable } from './best-answers.js'
export { type Compressed, type CompressOptions, compress, compressOptionTable } from './compress.js'
export type { CompressionLoss, UnknownLoss } from './compression-loss.js'
export { type FewerWords, withoutWords } from './fewer-words.js'
export {
  type JoinColumnsOptions,
  type Joined,
  type JoinWordsOptions,
  joinColumns,
  joinColumnsOptionTable,
  joinWords,
  joinWordsOptionTable,
  type MissingWordRule,
  type SharedWordRule,
} from './joined-vectors.js'
export type { MeanVectorOptions } from './mean-vector.js'
export { type AnalogyMethod, analogyMethods } from './methods.js'
export { analogyOptionTable, type NearestOptions } from './nearest.js'
export type { Neighbor } from './neighbor.js'
export { allButTheTop, centered, postProcessingOptionTable } from './post-processing.js'
export { principalDimensions, type Reduced } from './principal-dimensions.js'
export type { Combination, Query, Term } from './query.js'
export {
  type SentenceNeighbor,
  type SentencePooling,
  type SentenceVectorOptions,
  SentenceVectors,
  sentenceOptionTable,
  sentencePoolings,
  sentenceVectors,
} from './sentence-vectors.js'
export {
  type SoftCosineOptions,
  softCosine,
  softCosineOptionTable,
  type WeightedTerm,
} from './soft-cosine.js'
export {
  type HeldBackVectors,
  type SubwordPart,
  SubwordVectors,
  type SubwordVectorsParts,
} from './subword-vectors.js'
export { type TextRules, ZEROS } from './text-rules.js'
export {
  type UnknownWordOption,
  type UnknownWordPolicy,
  unknownWordPolicies,
  usesSubwords,
} from './unknown-words.js'
export { type WordMoversOptions, wordMoversDistance } from './word-movers-distance.js'
export { WordVectors, type WordVectorsParts } from './word-vectors.js'
