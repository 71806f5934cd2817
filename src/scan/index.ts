export { GrowingRows } from './growing-rows.js'
export { Int8Matrix } from './int8-matrix.js'
export { QUERIES_PLACED } from './query-groups.js'
export { mergeRanked, offerAbove, type Ranked, scanBlocks, scanRows } from './row-scan.js'
export { type PostedKernel, postedKernel, type SearchBuild, takeKernel } from './search-kernel.js'
export {
  checkFits,
  MOST_THREADS,
  QUERIES_AT_ONCE,
  ROWS_AT_ONCE,
  type ScoredRows,
  SearchMatrix,
} from './search-matrix.js'
