import { WordloomError } from '../../errors.js'
import type { CaseReport, QuantityDifference, TestVectorReport } from '../../solution/index.js'
import { table } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'

/** Differences are relative to the larger of 1 and the numbers; float64 rounding stays far below. */
export const TOLERANCE = 1e-7

/** A row for each case, with its largest difference. */
export function reportTable({ sigmoid, cases, unchecked }: TestVectorReport): string {
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
    ...unchecked.map(({ name }) => [visible(name), '', '', paint('yellow', 'not checked')]),
  ]
  return table(columns, rows, paint)
}

/** Throws `bad-data` with the place of the greatest difference if that is over the tolerance, or what was not checked. */
export function refuseDifferences(path: string, { sigmoid, cases, unchecked }: TestVectorReport): void {
  const reports = [...(sigmoid ? [{ name: 'sigmoid', ...sigmoid }] : []), ...cases]
  const wrong = reports.filter(report => !(report.largestDifference <= TOLERANCE))
  const sentences: string[] = []
  if (wrong.length > 0) {
    const worst = wrong.reduce((a, b) => (b.largestDifference > a.largestDifference ? b : a))
    const count = countOf(wrong.length, reports.length)
    sentences.push(`${count} differ by more than ${TOLERANCE}; most of all ${placeOf(worst)}`)
  }
  if (unchecked.length > 0) {
    const count = countOf(unchecked.length, cases.length + unchecked.length)
    sentences.push(`${count} cannot be checked; ${uncheckedSentence(unchecked[0]!)}`)
  }
  if (sentences.length > 0)
    throw new WordloomError('bad-data', { action: `confirm ${path}`, found: sentences.join('. ') })
}

function countOf(some: number, all: number): string {
  return `${some} of ${all} ${all === 1 ? 'case' : 'cases'}`
}

function uncheckedSentence({ name, objectives }: TestVectorReport['unchecked'][number]): string {
  const found = objectives.length > 0 ? objectives.map(visible).join(', ') : 'no objective'
  return `"${visible(name)}" has ${found}, and naiveSoftmax or negativeSampling was expected`
}

function placeOf({ name, quantities }: Pick<CaseReport, 'name' | 'quantities'>): string {
  const greatest = (a: QuantityDifference, b: QuantityDifference) => (b.difference > a.difference ? b : a)
  const { objective, quantity, at, expected, computed } = quantities.reduce(greatest)
  const place = `${objective === 'sigmoid' ? '' : `${objective}.`}${quantity}${at.map(i => `[${i}]`).join('')}`
  return `${place} of "${name}", where the file has ${expected} and the equations give ${computed}`
}
