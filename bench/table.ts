/** A Markdown table with its columns in line, numbers to the right: for a terminal and for a report alike. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((name, i) => Math.max(3, name.length, ...rows.map(row => row[i]!.length)))
  const numeric = columns.map((_, i) => rows.every(row => /^([-+±]?[\d.]|–)/.test(row[i]!)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`
  const rule = widths.map((width, i) => '-'.repeat(width - 1) + (numeric[i] ? ':' : '-'))
  return `${[line(columns), line(rule), ...rows.map(line)].join('\n')}\n`
}

/** A number as a cell; a dash where there is none. */
export function fixed(value: number | null | undefined, digits = 0): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits)
}
