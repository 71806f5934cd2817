export { checkStatements, type StatementCheck, statementTolerances } from './statements/check.js'
export { type Example, exampleNumbers } from './statements/example.js'
export type { SlipKind, Statement, Value, Verdict } from './statements/statement.js'
export { statements } from './statements/table.js'
export { differenceOf } from './statements/value.js'
export {
  readTestVectors,
  type TestCase,
  type TestVectorFile,
  type UncheckedCase,
} from './test-vector-file.js'
export {
  type CaseReport,
  checkTestVectors,
  type QuantityDifference,
  type QuantityName,
  type TestVectorOptions,
  type TestVectorReport,
} from './test-vectors.js'
