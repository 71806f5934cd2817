export type { Vectors } from './batch-gradient.js'
export { readCheckpoint, writeCheckpoint } from './checkpoint.js'
export {
  assignmentChecks,
  type BatchCheck,
  type CheckOptions,
  type Checks,
  checksOptionTable,
  type DescentCheck,
  type PrintedWindow,
} from './checks.js'
export type { Objective } from './five-word-batch.js'
export { FIVE_WORDS } from './five-words.js'
export { MersenneTwister, type TwisterState } from './mersenne-twister.js'
export { NumpyRandom } from './numpy-random.js'
export { PythonRandom, type PythonVersion } from './python-random.js'
export { readTreebank, type Treebank, treebankOf } from './treebank.js'
export { type RunState, TreebankRun, treebankOptionTable } from './treebank-run.js'
export { drawWordMap } from './word-map.js'
export {
  DRAWN_WORDS,
  drawnWordIds,
  type PlacedWord,
  type Subject,
  type WordPlane,
  wordPlane,
} from './word-plane.js'
