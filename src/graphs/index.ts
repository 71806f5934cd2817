export { Graph } from './graph.js'
export { type WalkOptions, walkNumbers, walks } from './random-walks.js'
export { type Edge, type EdgeSource, type ReadGraphOptions, readGraph } from './read-graph.js'
export { walkLines } from './write-walks.js'
