import { WordloomError } from '../errors.js'
import { log } from '../math/index.js'

/** What a table says of words: a number or a group for each. */
export type WordValues =
  | {
      readonly kind: 'number'
      readonly title: string
      readonly values: ReadonlyMap<string, number>
      readonly least: number
      readonly greatest: number
    }
  | {
      readonly kind: 'group'
      readonly title: string
      readonly values: ReadonlyMap<string, string>
      /** The groups, that of most words first. */
      readonly groups: readonly string[]
    }

/**
 * A table of words and values, two columns or more, of which the first two count: separated by tabs, or by commas if
 * the first line has no tab; values in quotes if they like. If all values are numbers they make a scale, otherwise
 * groups; a first line whose value alone is no number is a heading. Throws `bad-data` with the line.
 */
export function readWordValues(text: string, name: string): WordValues {
  const rows = rowsOf(text, name)
  const [first, ...rest] = rows
  if (!first)
    throw new WordloomError('bad-data', {
      place: { file: name },
      found: 'there is no line in it',
      expected: 'a word and a value on each line',
    })
  const areNumbers = rest.length > 0 && rest.every(({ value }) => isNumber(value))
  const hasHeading = areNumbers ? !isNumber(first.value) : /^(word|token|term)s?$/i.test(first.word)
  const body = hasHeading ? rest : rows
  const title = hasHeading ? first.value : 'value'
  if (body.every(({ value }) => isNumber(value))) return scaleOf(title, body)
  return groupsOf(title, body)
}

interface Row {
  readonly word: string
  readonly value: string
}

function rowsOf(text: string, name: string): Row[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const separator = lines.find(line => line.trim() !== '')?.includes('\t') ? '\t' : ','
  return lines.flatMap((line, i): Row | [] => {
    if (line.trim() === '') return []
    const [word = '', value] = cellsOf(line, separator)
    if (value === undefined || word === '' || value === '')
      throw new WordloomError('bad-data', {
        place: { file: name, line: i + 1 },
        found: `"${line.slice(0, 40)}"`,
        expected: `a word and a value with a ${separator === '\t' ? 'tab' : 'comma'} between them`,
      })
    return { word, value }
  })
}

/** The cells of a line; in quotes a separator is a letter, and two quotes are one. */
function cellsOf(line: string, separator: string): string[] {
  const cell = separator === '\t' ? /("(?:[^"]|"")*"|[^\t]*)(\t|$)/y : /("(?:[^"]|"")*"|[^,]*)(,|$)/y
  const cells: string[] = []
  for (;;) {
    const match = cell.exec(line)
    if (!match) return [...cells, '']
    cells.push(plainOf(match[1]!.trim()))
    if (match[2] === '') return cells
  }
}

function plainOf(cell: string): string {
  return /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

function scaleOf(title: string, rows: readonly Row[]): WordValues {
  const values = new Map(rows.map(({ word, value }) => [word, Number(value)]))
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values.values()) {
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
  }
  return { kind: 'number', title, values, least, greatest }
}

function groupsOf(title: string, rows: readonly Row[]): WordValues {
  const values = new Map(rows.map(({ word, value }) => [word, value]))
  const sizes = new Map<string, number>()
  for (const group of values.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const groups = [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)!)
  return { kind: 'group', title, values, groups }
}

/** Words without a value, or without a group. */
const NO_GROUP = -1

/** For each word its part of the scale, 0 to 1, or its group; NaN and −1 if there is none. */
export function valuesOf(table: WordValues, words: readonly string[]): { parts: number[]; groups: number[] } {
  if (table.kind === 'number') {
    const span = table.greatest - table.least || 1
    return {
      parts: words.map(word => ((table.values.get(word) ?? Number.NaN) - table.least) / span),
      groups: words.map(() => NO_GROUP),
    }
  }
  const places = new Map(table.groups.map((group, i) => [group, i]))
  return {
    parts: words.map(() => Number.NaN),
    groups: words.map(word => places.get(table.values.get(word) ?? '') ?? NO_GROUP),
  }
}

/** Counts on a scale of logarithms, 0 to 1; without counts by rank, as Zipf's law has it. */
export function frequencyParts(counts: ArrayLike<number>): number[] {
  const logs = Array.from(counts, (count, rank) => log(count > 0 ? count : 1 / (rank + 2)))
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of logs) {
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
  }
  return logs.map(value => (value - least) / (greatest - least || 1))
}
