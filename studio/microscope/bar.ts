import { element } from '../element.js'

/** A bar from zero to one, beside the number that it draws. */
export function bar(share: number, mark: string): HTMLElement {
  return element(
    'span',
    { class: `bar ${mark}`, 'aria-hidden': 'true' },
    element('span', { style: { '--size': percent(share) } }),
  )
}

/** A bar to the left of a middle line for what pulls (negative) and to the right for what pushes (positive). */
export function pullBar(value: number, greatest: number): HTMLElement {
  const share = greatest > 0 ? Math.abs(value) / greatest : 0
  return element(
    'span',
    { class: `pull-bar ${sideOf(value)}`, 'aria-hidden': 'true' },
    element('span', { style: { '--size': percent(share) } }),
  )
}

/** Below zero an error pulls, above it pushes. */
export function sideOf(error: number): 'pull' | 'push' {
  return error < 0 ? 'pull' : 'push'
}

function percent(share: number): string {
  return `${Math.round(Math.min(1, share) * 1000) / 10}%`
}
