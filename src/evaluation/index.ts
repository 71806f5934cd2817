export {
  type AnalogyEvaluationOptions,
  type AnalogyResult,
  type AnalogyScore,
  type AnalogySection,
  evaluateAnalogies,
  type SectionScore,
} from './analogies.js'
export type { Interval, Resampling } from './bootstrap.js'
export { evaluatePaired, type PairedResult } from './compare.js'
export { type EvaluationResult, evaluate, findQuestionFiles, type QuestionFiles } from './evaluate.js'
export {
  type EvaluationOptions,
  evaluationOptionTable,
  type UncoveredPolicy,
  uncoveredPolicies,
} from './settings.js'
export {
  evaluateSimilarity,
  type SimilarityOptions,
  type SimilarityResult,
} from './similarity.js'
export type { PairColumns, WordPair } from './word-pairs.js'
