export { treebankOf, readTreebank, type Treebank } from './treebank.js'
export { TreebankRun } from './treebank-run.js'
export { assignmentChecks } from './checks.js'
