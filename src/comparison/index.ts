export { type Alignment, align } from './alignment.js'
export { type CommonOptions, commonOptionTable } from './common-words.js'
export {
  type ComparisonOptions,
  compareModels,
  comparisonOptionTable,
  type ModelComparison,
  type WordChange,
} from './compare-models.js'
export { type ConfidentNeighbor, confidentNeighbors } from './confidence.js'
export { type Drift, type DriftOptions, drift, driftOptionTable } from './drift.js'
