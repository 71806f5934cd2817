import { type Checks, FIVE_WORDS, type PrintedWindow } from '../../assignment/index.js'
import { WordloomError } from '../../errors.js'
import { type Column, pad, table } from '../terminal/table.js'
import { type Paint, paintFor } from '../terminal/terminal.js'

/** All checks and printed windows, for a person. */
export function checksText(checks: Checks): string {
  const paint = paintFor(process.stdout)
  return [
    checkTable(checks, paint),
    ...checks.printed.map(window => windowText(window, paint)),
    descentTable(checks, paint),
  ].join('\n\n')
}

/** Throws `bad-data` if a check failed. */
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
        ({ objective, loss, published }) =>
          `a loss of ${objective} is ${loss}, and ${published} is published`,
      ),
    ...descents.filter(check => !check.passed).map(({ start }) => `the descent from ${start}`),
  ]
  if (wrong.length > 0)
    throw new WordloomError('bad-data', { action: 'confirm the assignment', found: wrong.join('; ') })
}

function checkTable({ gradients }: Checks, paint: Paint): string {
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
  const { center, window, outside, negatives = [], loss, published, passed } = found
  const known = published === undefined ? [] : [`published  ${published}  ${verdict(passed, paint)}`]
  const drawn = negatives.map(
    (words, j) => `${pad(j === 0 ? 'negatives' : '', 9)}  for ${outside[j]}: ${[...words].join(' ')}`,
  )
  return [
    paint(
      'bold',
      `${objective}: center word ${center}, window ${window}, outside words ${outside.join(' ')}`,
    ),
    ...drawn,
    `loss       ${loss}`,
    ...known,
    gradientTable(found, paint),
  ].join('\n')
}

/** Both gradients beside each other, a word a row, with eight decimals, as NumPy prints and the course hands out. */
function gradientTable(
  { inputGradient, outputGradient }: Pick<PrintedWindow, 'inputGradient' | 'outputGradient'>,
  paint: Paint,
): string {
  const numbers = (row: readonly number[]) => row.map(x => x.toFixed(8).padStart(12)).join('')
  const rows = inputGradient.map((row, word) => {
    const ofInput = row.some(x => x !== 0) ? numbers(row) : paint('dim', numbers(row))
    return `${FIVE_WORDS[word]}${ofInput}   ${numbers(outputGradient[word]!)}`
  })
  return [paint('dim', `${pad('', 4)}${pad('∂J/∂V', 36)}${pad('', 3)}∂J/∂U`), ...rows].join('\n')
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
