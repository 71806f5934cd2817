import type { GradientCheck } from 'wordloom/equations'
import { element } from '../element.js'
import { figure, shown } from '../figure.js'
import { TOLERANCE } from './checks.js'

/** What a comparison with finite differences came to, in a few signs. */
export function checkVerdict({ largestError }: GradientCheck): string {
  return `${largestError <= TOLERANCE ? '✓' : '✗'} ${shown(largestError, 1)}`
}

/** The same as a sentence, for those who hear the page. */
export function checkedRight(what: string, { largestError, compared }: GradientCheck): string {
  const verdict = largestError <= TOLERANCE ? 'agrees' : 'does not agree'
  return `${what} ${verdict} with finite differences in ${compared} numbers; largest difference ${largestError.toExponential(1)}.`
}

/** Both numbers at the place where they are furthest apart. */
export function checkLine(check: GradientCheck | undefined): HTMLElement | undefined {
  if (!check) return undefined
  const right = check.largestError <= TOLERANCE
  return element(
    'p',
    { class: `check ${right ? 'right' : 'wrong'}` },
    element('b', {}, right ? '✓ Calculus agrees.' : '✗ Calculus disagrees.'),
    ` Nudging each of the ${check.compared} numbers by 0.00001 and looking at the loss gives `,
    figure(check.numeric, 6),
    ` in dimension ${check.column + 1}, where the formula gives `,
    figure(check.analytic, 6),
    '; nowhere is the difference larger than ',
    figure(check.largestError, 1),
    '.',
  )
}
