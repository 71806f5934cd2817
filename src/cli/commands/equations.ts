import { type Command, Option } from 'commander'
import type { Convention } from '../../equations/index.js'
import { WordloomError } from '../../errors.js'
import {
  checkStatements,
  checkTestVectors,
  exampleNumbers,
  type Statement,
  statements,
} from '../../solution/index.js'
import { refuseDifferences, reportTable, TOLERANCE } from '../equations-report.js'
import { readJson } from '../json-file.js'
import { refuseFailures, statementPage, statementRecord, statementTable } from '../statements-report.js'
import { print, printJson } from '../terminal.js'
import { verb } from '../verb.js'
import { costCommand } from './equations-cost.js'

export function equationsCommand(): Command {
  const command = verb({
    name: 'equations',
    summary: 'check numbers against the equations, and time them',
    description:
      'The equations of word2vec in float64: to check your own against, and to see what each costs.',
    examples: [
      ['wordloom equations check values.json', 'your numbers against ours'],
      ['wordloom equations statements', 'our numbers against calculus'],
      ['wordloom equations cost', 'softmax against negative sampling'],
    ],
  })
  return command
    .usage('<check|statements|cost>')
    .addCommand(checkCommand())
    .addCommand(statementsCommand())
    .addCommand(costCommand())
}

interface Flags {
  readonly json?: true
  readonly convention?: Convention
}

function checkCommand(): Command {
  return verb({
    name: 'check',
    summary: 'compare losses and gradients with the equations',
    description:
      'Computes every loss, gradient and probability in a file of test vectors from its inputs, and tells the ' +
      `largest difference of each case. A difference over ${TOLERANCE} ends with exit code 65.`,
    examples: [
      ['wordloom equations check values.json', 'a line for each case'],
      ['wordloom equations check values.json --json', 'every quantity, as JSON'],
    ],
  })
    .argument('<values>', 'test vectors as JSON; docs/equations.md has the format')
    .addOption(conventionOption('how the file holds words (default: as it says, or rows)'))
    .option('--json', 'print JSON')
    .action(check)
}

function statementsCommand(): Command {
  return verb({
    name: 'statements',
    summary: 'check the statements that derive the equations',
    description:
      'The 44 statements of the worked solution that this project began from: which are right, which have a ' +
      'slip, and the right form of each against central differences of the loss. A check that fails ends with ' +
      'exit code 70.',
    examples: [
      ['wordloom equations statements', 'a line for each'],
      ['wordloom equations statements 4.2', 'what it says, and why that is a slip'],
      ['wordloom equations statements --json', 'with formulas and numbers, as JSON'],
    ],
  })
    .argument('[id]', 'only this one, such as 4.2')
    .addOption(conventionOption('how U is handed to the functions (default: rows)'))
    .option('--json', 'print JSON')
    .action(showStatements)
}

function conventionOption(help: string): Option {
  return new Option('--convention <rows|columns>', help).choices(['rows', 'columns'])
}

async function check(path: string, { json, convention }: Flags): Promise<void> {
  const compare = (values: unknown) => checkTestVectors(values, convention ? { convention } : {})
  const report = namingFile(path, compare, await readJson(path))
  if (json) printJson({ tolerance: TOLERANCE, ...report })
  else print(reportTable(report))
  refuseDifferences(path, report)
}

function showStatements(id: string | undefined, { json, convention = 'rows' }: Flags): void {
  const chosen = id === undefined ? statements : [statementOf(id)]
  const example = { ...exampleNumbers, convention }
  const checks = checkStatements(example, chosen)
  const records = chosen.map((statement, i) => statementRecord(statement, checks[i]!, example))
  if (json) printJson(id === undefined ? { example, statements: records } : { example, ...records[0] })
  else print(id === undefined ? statementTable(chosen, checks) : statementPage(records[0]!))
  refuseFailures(checks)
}

/** By its id, with any dash; "3.6" is in "3.2–3.7". */
function statementOf(id: string): Statement {
  const digits = (text: string) => text.replaceAll(/[^\d.]/g, '')
  const found =
    statements.find(statement => digits(statement.id) === digits(id)) ??
    statements.find(statement => isWithin(statement.id, id))
  if (found) return found
  throw new WordloomError('usage', `there is no statement "${id}"; expected one from 1.1 to 6.3, such as 4.2`)
}

/** Whether a range of lines such as "3.2–3.7" has a line. */
function isWithin(range: string, id: string): boolean {
  const [question, line] = id.split('.')
  const [[first, from], [, to] = []] = range.split(/[–→]/).map(part => part.split('.')) as string[][]
  return question === first && Number(line) >= Number(from) && Number(line) <= Number(to)
}

function namingFile<T>(path: string, use: (json: unknown) => T, json: unknown): T {
  try {
    return use(json)
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}
