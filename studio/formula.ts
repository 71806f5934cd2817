import katex from 'katex'
import { shown } from './figure.js'

/** A formula on a line of its own, set by KaTeX with MathML for screen readers; wide ones scroll. */
export function displayed(tex: string, label: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'formula'
  box.tabIndex = 0 // what scrolls must be reachable by keyboard
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', label)
  render(tex, box, true)
  fitting.observe(box)
  return box
}

/** Letters are made smaller down to this part of their size; what is wider still scrolls. */
const LEAST_FIT = 0.72

/** Keeps wide formulas within their boxes. */
const fitting = new ResizeObserver(entries => {
  for (const { target } of entries)
    if (target.isConnected) fit(target as HTMLElement)
    else fitting.unobserve(target)
})

function fit(box: HTMLElement): void {
  box.style.removeProperty('--fit')
  const { clientWidth, scrollWidth } = box
  if (scrollWidth > clientWidth)
    box.style.setProperty('--fit', String(Math.max(LEAST_FIT, (0.995 * clientWidth) / scrollWidth)))
}

/** A formula within a sentence. */
export function inline(tex: string): HTMLElement {
  const box = document.createElement('span')
  render(tex, box, false)
  return box
}

function render(tex: string, box: HTMLElement, displayMode: boolean): void {
  katex.render(tex, box, {
    displayMode,
    throwOnError: false,
    strict: false,
    trust: context => context.command === '\\htmlClass',
  })
}

/** A word of a vocabulary as text in a formula. */
export function texWord(word: string): string {
  const escaped = word.replace(/[\\{}$&#^_%~]/g, character =>
    character === '\\'
      ? '\\textbackslash{}'
      : character === '^' || character === '~'
        ? `\\${character}{}`
        : `\\${character}`,
  )
  return `\\text{${escaped}}`
}

/** A number in a formula, powers of ten written out. */
export function texNumber(value: number, digits?: number): string {
  const [digitsPart, exponent] = shown(value, digits).replaceAll('−', '-').split('e')
  return exponent === undefined ? digitsPart : `${digitsPart}\\cdot 10^{${exponent}}`
}

/** A number after an operator or as a factor: in parentheses if it is negative. */
export function texOperand(value: number, digits?: number): string {
  return value < 0 ? `(${texNumber(value, digits)})` : texNumber(value, digits)
}

/** A column of numbers; long ones are cut in the middle. */
export function texColumn(values: ArrayLike<number>, digits = 2): string {
  const lines = abridged(
    Array.from(values, value => texNumber(value, digits)),
    8,
    '\\vdots',
  )
  return `\\begin{bmatrix}${lines.join('\\\\')}\\end{bmatrix}`
}

/** A row of numbers, cut in the middle if it is long. */
export function texRow(values: ArrayLike<number>, digits = 2): string {
  const cells = abridged(
    Array.from(values, value => texNumber(value, digits)),
    8,
    '\\ldots',
  )
  return `[\\,${cells.join(',\\;')}\\,]`
}

/** What is there, or its first few and last, with a sign for what was left out. */
export function abridged(parts: readonly string[], most: number, sign: string): string[] {
  return parts.length <= most ? [...parts] : [...parts.slice(0, most - 2), sign, parts.at(-1)!]
}

/** Lines of a few terms each, so that sums fit on a narrow page. */
export function texLines(terms: readonly string[], perLine: number, sign = '+'): string {
  const lines: string[] = []
  for (let i = 0; i < terms.length; i += perLine) lines.push(terms.slice(i, i + perLine).join(sign))
  return lines.join(`\\\\&\\quad ${sign}`)
}

/** Colours a part of a formula as the page colours the thing itself. */
export function texMarked(mark: 'pull' | 'push' | 'center' | 'answer', tex: string): string {
  return `\\htmlClass{${mark}}{${tex}}`
}
