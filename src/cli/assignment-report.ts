import type { Checks, PrintedWindow } from '../assignment/index.js'
import { WordloomError } from '../errors.js'
import { type Column, table } from './table.js'
import { type Paint, paintFor } from './terminal.js'

/** All checks and printed windows, for a person. */
export function checksText(checks: Checks): string {
  const paint = paintFor(process.stdout)
  return [
    gradientTable(checks, paint),
    ...checks.printed.map(window => windowText(window, paint)),
    descentTable(checks, paint),
  ].join('\n\n')
}

/** Throws `bad-data` where a check failed. */
export function refuseFailures({ gradients, printed, descents }: Checks): void {
  const wrong = [
    ...gradients
      .filter(check => !check.passed)
      .map(
        ({ objective, row, column, numeric, analytic }) =>
          `the gradient check of ${objective}, most of all at (${row}, ${column}), where the loss rises by ${numeric.toFixed(6)} and the gradient says ${analytic.toFixed(6)}`,
      ),
    ...printed
      .filter(window => !window.passed)
      .map(
        ({ objective, loss, published }) => `a loss of ${objective}, ${loss} where ${published} is published`,
      ),
    ...descents.filter(check => !check.passed).map(({ start }) => `the descent from ${start}`),
  ]
  if (wrong.length > 0) throw new WordloomError('bad-data', `what failed: ${wrong.join('; ')}`)
}

function gradientTable({ gradients }: Checks, paint: Paint): string {
  const columns: Column[] = [
    { title: 'gradient check' },
    { title: 'mean loss', align: 'right' },
    { title: 'largest error', align: 'right' },
    { title: '' },
  ]
  const rows = gradients.map(({ objective, windows, loss, largestError, passed }) => [
    `${objective}, ${windows} windows`,
    loss.toFixed(6),
    largestError.toExponential(1),
    verdict(passed, paint),
  ])
  return table(columns, rows, paint)
}

function windowText({ objective, ...found }: PrintedWindow, paint: Paint): string {
  const { center, window, outside, negatives, loss, published, passed } = found
  const draws = negatives ? [`negatives ${negatives.join(' ')}`] : []
  const known = published === undefined ? '' : `   published ${published}  ${verdict(passed, paint)}`
  return [
    paint(
      'bold',
      `${objective}: center word ${center}, window ${window}, outside words ${outside.join(' ')}`,
    ),
    ...draws,
    `loss ${loss}${known}`,
    'dJ/dV',
    matrixText(found.inputGradient),
    'dJ/dU',
    matrixText(found.outputGradient),
  ].join('\n')
}

/** Eight decimals, as NumPy prints and the course hands out. */
function matrixText(rows: PrintedWindow['inputGradient']): string {
  return rows.map(row => row.map(x => x.toFixed(8).padStart(13)).join('')).join('\n')
}

function descentTable({ descents }: Checks, paint: Paint): string {
  const columns: Column[] = [{ title: 'descent of x² from' }, { title: 'ends at' }, { title: '' }]
  const rows = descents.map(({ start, result, passed }) => [
    String(start),
    String(result),
    verdict(passed, paint),
  ])
  return table(columns, rows, paint)
}

function verdict(passed: boolean, paint: Paint): string {
  return passed ? paint('green', 'passed') : paint('red', 'failed')
}
