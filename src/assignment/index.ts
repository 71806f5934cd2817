export { readCheckpoint, writeCheckpoint } from './checkpoint.js'
export {
  assignmentChecks,
  type BatchCheck,
  type CheckOptions,
  type Checks,
  type DescentCheck,
  type PrintedWindow,
} from './checks.js'
export { MersenneTwister, type TwisterState } from './mersenne-twister.js'
export { NumpyRandom } from './numpy-random.js'
export { PythonRandom, type PythonVersion } from './python-random.js'
export { readTreebank, type Treebank } from './treebank.js'
export { type RunState, TreebankRun } from './treebank-run.js'
export { drawWordMap } from './word-map.js'
export { drawnWordIds } from './word-plane.js'
