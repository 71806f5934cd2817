import type { Convention } from 'wordloom/equations'
import { type Child, element, spoken } from '../element.js'
import { figure } from '../figure.js'

/** One word's line of a heat map: a row, or a column under the other convention. */
export interface HeatLine {
  /** The word it belongs to, for those who look for its numbers. */
  readonly word: number | string
  readonly head: readonly Child[]
  /** d numbers; undefined if there is nothing to show. */
  readonly values: ArrayLike<number> | undefined
  /** What stands before and after the numbers, each with a heading of its own. */
  readonly before?: readonly (readonly Child[])[]
  readonly after?: readonly (readonly Child[])[]
  /** 'chosen', 'faint', 'total' … */
  readonly mark?: string
  readonly choose?: (() => void) | undefined
}

export interface HeatMapOptions {
  readonly id: string
  /** What the table is, read out before its numbers. */
  readonly caption: string
  readonly lines: readonly HeatLine[]
  readonly before?: readonly string[]
  readonly after?: readonly string[]
  readonly dimensions: number
  readonly convention: Convention
  readonly digits?: number
}

/** So many columns of numbers can be read; beyond, cells show colour, and their numbers only to screen readers. */
const MOST_READABLE = 12
/** Beyond these, cells stand without a gap, so that a row of 300 fits a page. */
const MOST_APART = 150

/** A matrix as a table whose cells are coloured by sign and size: the picture and its text alternative are one. */
export function heatMap(options: HeatMapOptions): HTMLElement {
  const { id, caption, convention, dimensions } = options
  const isDense = convention === 'rows' && dimensions > MOST_READABLE
  const dense = isDense ? ` dense${dimensions > MOST_APART ? ' gapless' : ''}` : ''
  const table = element(
    'table',
    { id, class: `heat-map ${convention}${dense}` },
    element('caption', {}, spoken(caption)),
    ...(convention === 'rows' ? wordsDown(options) : wordsAcross(options)),
  )
  return scrolling(`${id}-scroll`, caption, table)
}

/** A box that scrolls sideways where its content is wider than the page, by keyboard too. */
export function scrolling(id: string, label: string, ...content: readonly Child[]): HTMLElement {
  return element(
    'div',
    { id, class: 'scrolling', tabindex: 0, role: 'group', 'aria-label': label },
    ...content,
  )
}

function wordsDown({ lines, before = [], after = [], dimensions, digits }: HeatMapOptions): HTMLElement[] {
  const greatest = greatestOf(lines)
  const heading = (text: string) => element('th', { scope: 'col' }, text)
  const lastHeading = (text: string) => element('th', { scope: 'col', class: 'last' }, text)
  const head = element(
    'tr',
    {},
    element('td', {}),
    ...before.map(heading),
    ...dimensionHeads(dimensions, 'col'),
    ...after.map(lastHeading),
  )
  const body = lines.map(line =>
    element(
      'tr',
      { class: line.mark, 'data-word': line.word, ...(line.choose && { onclick: line.choose }) },
      element('th', { scope: 'row' }, ...line.head),
      ...(line.before ?? []).map(cell => element('td', { class: 'extra' }, ...cell)),
      ...Array.from({ length: dimensions }, (_, i) => heatCell(line, i, greatest, digits)),
      ...(line.after ?? []).map(cell => element('td', { class: 'extra last' }, ...cell)),
    ),
  )
  return [element('thead', {}, head), element('tbody', {}, ...body)]
}

function wordsAcross({ lines, before = [], after = [], dimensions, digits }: HeatMapOptions): HTMLElement[] {
  const greatest = greatestOf(lines)
  const heads = lines.map(line =>
    element(
      'th',
      { scope: 'col', class: line.mark, ...(line.choose && { onclick: line.choose }) },
      ...line.head,
    ),
  )
  const rows = dimensionHeads(dimensions, 'row').map((head, i) =>
    element('tr', {}, head, ...lines.map(line => heatCell(line, i, greatest, digits))),
  )
  return [
    element('thead', {}, element('tr', {}, element('td', {}), ...heads)),
    element(
      'tbody',
      {},
      ...before.map((heading, k) =>
        extraRow(
          heading,
          lines.map(line => line.before?.[k] ?? []),
        ),
      ),
      ...rows,
      ...after.map((heading, k) =>
        extraRow(
          heading,
          lines.map(line => line.after?.[k] ?? []),
          'last',
        ),
      ),
    ),
  ]
}

function extraRow(heading: string, cells: readonly (readonly Child[])[], mark = ''): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: mark }, heading),
    ...cells.map(cell => element('td', { class: `extra ${mark}` }, ...cell)),
  )
}

function dimensionHeads(dimensions: number, scope: 'row' | 'col'): HTMLElement[] {
  return Array.from({ length: dimensions }, (_, i) =>
    element('th', { scope, class: 'dimension' }, spoken('dimension '), String(i + 1)),
  )
}

function heatCell(line: HeatLine, dimension: number, greatest: number, digits = 2): HTMLElement {
  const { word, values, mark = '' } = line
  if (!values) return element('td', { class: 'nothing' }, spoken('0, not touched'))
  const value = values[dimension]
  const share = greatest > 0 ? Math.abs(value) / greatest : 0
  return element(
    'td',
    {
      class: `heat ${value < 0 ? 'negative' : 'positive'} ${mark}`,
      'data-word': word,
      'data-dimension': dimension,
      style: { '--heat': `${Math.round(share * 100)}%` },
    },
    figure(value, digits),
  )
}

function greatestOf(lines: readonly HeatLine[]): number {
  return lines.reduce(
    (greatest, { values }) =>
      Array.from(values ?? []).reduce((most, value) => Math.max(most, Math.abs(value)), greatest),
    0,
  )
}
