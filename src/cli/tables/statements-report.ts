import { WordloomError } from '../../errors.js'
import type { Example, Statement, StatementCheck, Value } from '../../solution/index.js'
import { table } from '../terminal/table.js'
import { paintFor } from '../terminal/terminal.js'

const verdicts = { right: 'right', condition: 'right if', slip: 'slip' } as const

/** A statement with the outcome of its check and its numbers, for JSON: what it needs to be drawn elsewhere. */
export interface StatementRecord
  extends Omit<Statement, 'compute' | 'computeAsWritten' | 'measure' | 'isHarmless'> {
  readonly check: StatementCheck
  /** What the right form, the letter and the truth come to. */
  readonly values: {
    readonly right: number[][]
    readonly asWritten: number[][]
    readonly measured: number[][]
  }
}

export function statementRecord(
  statement: Statement,
  check: StatementCheck,
  example: Example,
): StatementRecord {
  const { compute, computeAsWritten, measure, isHarmless: _, ...words } = statement
  const numbers = (value: Value) => value.map(row => [...row])
  const values = {
    right: numbers(compute(example)),
    asWritten: numbers(computeAsWritten(example)),
    measured: numbers(measure(example)),
  }
  return { ...words, check, values }
}

/** A line for each statement: its verdict, its numerical check, and how far off its letter is. */
export function statementTable(chosen: readonly Statement[], checks: readonly StatementCheck[]): string {
  const paint = paintFor(process.stdout)
  const columns = [
    { title: 'statement' },
    { title: 'verdict' },
    { title: 'difference', align: 'right' },
    { title: '' },
    { title: 'as written' },
  ] as const
  const rows = checks.map((check, i) => [
    check.id,
    paint(
      check.verdict === 'slip' ? 'red' : check.verdict === 'condition' ? 'yellow' : 'green',
      verdicts[check.verdict],
    ),
    check.difference.toExponential(1),
    check.passed ? paint('green', 'holds') : paint('red', 'fails'),
    letterOf(check, chosen[i]!),
  ])
  const count = (verdict: Statement['verdict']) => checks.filter(check => check.verdict === verdict).length
  const sum = `${checks.length} statements: ${count('right')} right, ${count('condition')} right under a condition, ${count('slip')} with a slip`
  return `${table(columns, rows, paint)}\n${sum}`
}

/** "0.43 off (sign)" */
function letterOf({ letterDifference, isHarmless, verdict }: StatementCheck, { slips }: Statement): string {
  if (isHarmless) return verdict === 'right' ? '' : 'no difference here'
  const kind = slips.length > 0 ? ` (${slips.join(', ')})` : ''
  return letterDifference === Number.POSITIVE_INFINITY
    ? `another shape${kind}`
    : `${letterDifference.toPrecision(2)} off${kind}`
}

/** All that is to be said of one statement. */
export function statementPage({ check, values, ...statement }: StatementRecord): string {
  const paint = paintFor(process.stdout)
  const lines = [
    [paint('bold', `Statement ${statement.id}: ${verdicts[statement.verdict]}`)],
    ['says', statement.says],
    ['why', statement.why],
    ['as written', statement.written],
    ['right', statement.right],
    ...(statement.rightInColumns ? [['in columns', statement.rightInColumns]] : []),
    ['gives', matrix(values.asWritten)],
    ['right', matrix(values.right)],
    ['measured', `${matrix(values.measured)} (${check.measuredBy})`],
    ['functions', statement.functions.join(', ')],
  ]
  return lines
    .map(([title, text]) => (text === undefined ? title : `${title!.padEnd(11)} ${text}`))
    .join('\n')
}

/** Each row in brackets, to four decimals. */
function matrix(rows: readonly (readonly number[])[]): string {
  if (rows.length === 0) return 'nothing, as the shapes do not fit'
  return rows.map(row => `[${row.map(value => value.toFixed(4)).join(' ')}]`).join(' ')
}

/** Throws `internal` if a check fails: the equations, or the table of statements, are then wrong. */
export function refuseFailures(checks: readonly StatementCheck[]): void {
  const failed = checks.filter(check => !check.passed)
  if (failed.length === 0) return
  const ids = failed.map(({ id }) => id).join(', ')
  throw new WordloomError('internal', {
    found: `${failed.length} of ${checks.length} statements fail their check: ${ids}`,
  })
}
