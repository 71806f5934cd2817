import { WordloomError } from '../../errors.js'
import { choice } from '../../options/index.js'
import {
  statements as allStatements,
  checkStatements,
  checkTestVectors,
  exampleNumbers,
  type Statement,
} from '../../solution/index.js'
import { readJson } from '../files/json-file.js'
import { refuseDifferences, reportTable, TOLERANCE } from '../tables/equations-report.js'
import {
  refuseFailures,
  statementPage,
  statementRecord,
  statementTable,
} from '../tables/statements-report.js'
import { type VerbGroup, verb } from '../verb/verb.js'
import { cost } from './equations-cost.js'

const conventions = ['rows', 'columns'] as const

const check = verb({
  name: 'check',
  summary: 'compare losses and gradients with the equations',
  description:
    'Computes every loss, gradient and probability in a file of test vectors from its inputs, and tells the ' +
    `largest difference of each case. A difference over ${TOLERANCE} ends with exit code 65.`,
  examples: [
    ['wordloom equations check values.json', 'a line for each case'],
    ['wordloom equations check values.json --json', 'every quantity, as JSON'],
  ],
  inputs: { values: { file: 'read', help: 'test vectors as JSON; docs/equations.md has the format' } },
  flags: {
    convention: choice(undefined, conventions, 'how the file holds words: in rows or in columns', {
      otherwise: 'as it says, or rows',
    }),
  },
  async run({ values: path }, { convention }) {
    const options = convention ? { convention } : {}
    const report = inFile(path, values => checkTestVectors(values, options), await readJson(path))
    return {
      json: { tolerance: TOLERANCE, ...report },
      text: () => reportTable(report),
      verdict: () => refuseDifferences(path, report),
    }
  },
})

const statements = verb({
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
  inputs: { id: { optional: true, help: 'only this one, such as 4.2' } },
  flags: {
    convention: choice('rows', conventions, 'how U is handed to the functions: words in rows or in columns'),
  },
  run({ id }, { convention = 'rows' }) {
    const listed = id === undefined ? allStatements : [statementOf(id)]
    const example = { ...exampleNumbers, convention }
    const checks = checkStatements(example, listed)
    const records = listed.map((statement, i) => statementRecord(statement, checks[i]!, example))
    return {
      json: id === undefined ? { example, statements: records } : { example, ...records[0] },
      text: () => (id === undefined ? statementTable(listed, checks) : statementPage(records[0]!)),
      verdict: () => refuseFailures(checks),
    }
  },
})

export const equations: VerbGroup = {
  name: 'equations',
  summary: 'check numbers against the equations, and time them',
  description: 'The equations of word2vec in float64: to check your own against, and to see what each costs.',
  examples: [
    ['wordloom equations check values.json', 'your numbers against ours'],
    ['wordloom equations statements', 'our numbers against calculus'],
    ['wordloom equations cost', 'softmax against negative sampling'],
  ],
  verbs: [check, statements, cost],
}

/** By its id, with any dash; "3.6" is in "3.2–3.7". */
function statementOf(id: string): Statement {
  const digits = (text: string) => text.replaceAll(/[^\d.]/g, '')
  const found =
    allStatements.find(statement => digits(statement.id) === digits(id)) ??
    allStatements.find(statement => isWithin(statement.id, id))
  if (found) return found
  throw new WordloomError('usage', {
    found: `there is no statement "${id}"`,
    expected: 'one from 1.1 to 6.3, such as 4.2',
  })
}

/** Whether a range of lines such as "3.2–3.7" has a line. */
function isWithin(range: string, id: string): boolean {
  const [question, line] = id.split('.')
  const [[first, from], [, to] = []] = range.split(/[–→]/).map(part => part.split('.')) as string[][]
  return question === first && Number(line) >= Number(from) && Number(line) <= Number(to)
}

function inFile<T>(path: string, use: (json: unknown) => T, json: unknown): T {
  try {
    return use(json)
  } catch (error) {
    throw error instanceof WordloomError ? error.at({ file: path }) : error
  }
}
