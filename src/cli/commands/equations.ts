import type { Command } from 'commander'
import {
  type CaseReport,
  checkTestVectors,
  type QuantityDifference,
  type TestVectorReport,
} from '../../equations/index.js'
import { WordloomError } from '../../errors.js'
import { readJson } from '../json-file.js'
import { table } from '../table.js'
import { paintFor, print, printJson, visible } from '../terminal.js'
import { verb } from '../verb.js'

/** Differences are relative to the larger of 1 and the numbers; float64 rounding stays far below. */
const TOLERANCE = 1e-7

export function equationsCommand(): Command {
  const command = verb({
    name: 'equations',
    summary: 'check numbers against the equations',
    description: 'The equations of word2vec in float64, to check your own implementation against.',
    examples: [['wordloom equations check values.json', 'your numbers against ours']],
  })
  return command.usage('check <values.json>').addCommand(checkCommand())
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
    .option('--json', 'print JSON')
    .action(check)
}

async function check(path: string, flags: { readonly json?: true }): Promise<void> {
  const report = namingFile(path, checkTestVectors, await readJson(path))
  if (flags.json) printJson({ tolerance: TOLERANCE, ...report })
  else print(reportTable(report))
  refuseDifferences(path, report)
}

function namingFile<T>(path: string, use: (json: unknown) => T, json: unknown): T {
  try {
    return use(json)
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}

function reportTable({ sigmoid, cases }: TestVectorReport): string {
  const paint = paintFor(process.stdout)
  const columns = [
    { title: 'case' },
    { title: '|V| × d', align: 'right' },
    { title: 'difference', align: 'right' },
    { title: '' },
  ] as const
  const verdict = (difference: number) => [
    difference.toExponential(1),
    difference <= TOLERANCE ? paint('green', 'agrees') : paint('red', 'differs'),
  ]
  const rows = [
    ...(sigmoid ? [['sigmoid', '', ...verdict(sigmoid.largestDifference)]] : []),
    ...cases.map(found => [
      visible(found.name),
      `${found.vocabularySize} × ${found.dimensions}`,
      ...verdict(found.largestDifference),
    ]),
  ]
  return table(columns, rows, paint)
}

/** Throws `bad-data` with the place of the greatest difference where one is over the tolerance. */
function refuseDifferences(path: string, { sigmoid, cases }: TestVectorReport): void {
  const reports = [...(sigmoid ? [{ name: 'sigmoid', ...sigmoid }] : []), ...cases]
  const wrong = reports.filter(report => !(report.largestDifference <= TOLERANCE))
  if (wrong.length === 0) return
  const worst = wrong.reduce((a, b) => (b.largestDifference > a.largestDifference ? b : a))
  const count = `${wrong.length} of ${reports.length} ${reports.length === 1 ? 'case' : 'cases'}`
  throw new WordloomError(
    'bad-data',
    `${path}: ${count} differ by more than ${TOLERANCE}; most of all ${placeOf(worst)}`,
  )
}

function placeOf({ name, quantities }: Pick<CaseReport, 'name' | 'quantities'>): string {
  const greatest = (a: QuantityDifference, b: QuantityDifference) => (b.difference > a.difference ? b : a)
  const { objective, quantity, at, expected, computed } = quantities.reduce(greatest)
  const place = `${objective === 'sigmoid' ? '' : `${objective}.`}${quantity}${at.map(i => `[${i}]`).join('')}`
  return `${place} of "${name}", where the file has ${expected} and the equations give ${computed}`
}
