export { Graph } from './graph.js'
export { type WalkCalls, type WalkOptions, walkNumbers, walkOptionTable, walks } from './random-walks.js'
export {
  type Edge,
  type EdgeSource,
  graphOptionTable,
  type ReadGraphOptions,
  readGraph,
} from './read-graph.js'
export { walkLines } from './write-walks.js'
