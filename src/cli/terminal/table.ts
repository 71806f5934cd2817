import { cutTo, displayWidth, type Paint } from './terminal.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Columns that a cell takes at most. */
const WIDEST = 72

/** Rows under a line of titles, each column as wide as its widest cell. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const shown = rows.map(row => row.map(cell => cutTo(cell, WIDEST)))
  const titles = columns.map(column => column.title)
  const widths = columns.map((_, i) => Math.max(...[titles, ...shown].map(row => displayWidth(row[i] ?? ''))))
  const line = (cells: readonly string[]) =>
    columns
      .map((column, i) => pad(cells[i] ?? '', widths[i]!, column.align))
      .join('  ')
      .trimEnd()
  return [paint('dim', line(titles)), ...shown.map(line)].join('\n')
}

/** The text with spaces up to a width in columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + spaces : spaces + text
}
