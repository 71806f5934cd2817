import { type Example, exampleNumbers } from './example.js'
import type { Statement } from './statement.js'
import { statements } from './table.js'
import { differenceOf } from './value.js'

/** How far apart two ways to the same number may be, by (17). */
export const statementTolerances = { 'central differences': 1e-7, identity: 1e-12 } as const

/** What the numerical check of one statement came to. */
export interface StatementCheck {
  readonly id: string
  readonly verdict: Statement['verdict']
  readonly measuredBy: Statement['measuredBy']
  /** The largest relative error between the right form and the truth. */
  readonly difference: number
  /** What that may be. */
  readonly tolerance: number
  /** The largest relative error between the letter and the right form; Infinity if even the shapes differ. */
  readonly letterDifference: number
  /** Whether the letter gives the right numbers here. */
  readonly isHarmless: boolean
  /** Whether the right form is the truth, and the letter off exactly where the verdict says so. */
  readonly passed: boolean
}

/**
 * Checks statements on an example: the right form against the truth, and the letter against the right form. A slip must
 * show, or the verdict is wrong too. Throws `usage` and `bad-data` if the example's words and vectors do not fit.
 */
export function checkStatements(
  example: Example = exampleNumbers,
  chosen: readonly Statement[] = statements,
): StatementCheck[] {
  return chosen.map(statement => checkStatement(statement, example))
}

function checkStatement(statement: Statement, example: Example): StatementCheck {
  const { id, verdict, measuredBy } = statement
  const tolerance = statementTolerances[measuredBy]
  const value = statement.compute(example)
  const difference = differenceOf(value, statement.measure(example))
  const letterDifference = differenceOf(statement.computeAsWritten(example), value)
  const isHarmless = statement.isHarmless(example)
  const passed = difference <= tolerance && letterDifference <= tolerance === isHarmless
  return { id, verdict, measuredBy, difference, tolerance, letterDifference, isHarmless, passed }
}
