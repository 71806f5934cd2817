export { type AnalogyMethod, type AnalogyOptions, analogyMethods } from './analogy.js'
export type { NearestOptions } from './nearest.js'
export type { Combination, Query, Term } from './query.js'
export { type Neighbor, WordVectors, type WordVectorsParts } from './word-vectors.js'
