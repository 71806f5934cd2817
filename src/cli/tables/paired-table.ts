import type { PairedResult } from '../../evaluation/index.js'
import { grouped } from '../terminal/figures.js'
import { table } from '../terminal/table.js'
import { paintFor } from '../terminal/terminal.js'
import { bounds, correlation, percent, probability, setNames } from './score-cells.js'

/** A row for each set: two scores, their difference with its bounds, and how likely chance gives it. */
export function pairedTable(
  results: readonly PairedResult[],
  [first, second]: readonly [string, string],
): string {
  const names = setNames(results.map(({ file }) => file))
  const titles = ['', first, second, 'change', '95 %', 'p', 'common']
  const columns = titles.map((title, i) => ({
    title: i === 0 ? 'set' : title,
    align: i === 0 ? ('left' as const) : ('right' as const),
  }))
  const rows = results.map((result, i) => [names[i]!, ...cells(result)])
  return table(columns, rows, paintFor(process.stdout))
}

function cells({ measure, first, second, difference, interval, p, common }: PairedResult): string[] {
  const isShare = measure === 'accuracy'
  const score = isShare ? percent : correlation
  return [
    score(first),
    score(second),
    difference === null ? '–' : signed(isShare ? 100 * difference : difference, isShare ? 1 : 3),
    bounds(interval, x => signed(isShare ? 100 * x : x, isShare ? 1 : 3)),
    probability(p),
    grouped(common),
  ]
}

function signed(x: number, digits: number): string {
  const text = Math.abs(x).toFixed(digits)
  return Number(text) === 0 ? text : `${x < 0 ? '−' : '+'}${text}`
}
