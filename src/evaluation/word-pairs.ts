import { WordloomError } from '../errors.js'
import { type FileLine, lineError, shown } from './lines.js'

/** Two words and how alike people find them, on any scale. */
export interface WordPair {
  a: string
  b: string
  score: number
}

/** Which columns of a file of more than three were taken, by their names in its first line or else by number. */
export interface PairColumns {
  words: readonly [string, string]
  score: string
  /** How many there are. */
  count: number
}

/** The pairs of a file, with the columns they stand in if others stand beside them. */
export interface FilePairs {
  pairs: WordPair[]
  columns?: PairColumns
}

/**
 * Pairs from lines of two words and a score, parted by tabs, semicolons, commas or spaces, quoted or not. The score is
 * the first column of numbers behind the words, and the first line may name the columns. Throws `bad-data` with the line.
 */
export function parsePairs(path: string, lines: readonly FileLine[]): FilePairs {
  const rows = lines.map(line => ({ line, fields: fieldsOf(line.text) }))
  const [first, second] = rows.filter(({ line }) => !mayBeComment(line))
  const head = first ?? rows[0]!
  const isHeader = !(head.fields.length === 3 && isNumber(head.fields[2]!)) && !hasScore(head.fields)
  const score = scoreOf((isHeader ? (second ?? head) : head).fields)
  const pairs: WordPair[] = []
  for (const row of rows) {
    const isPair = row.fields.length === head.fields.length && isNumber(row.fields[score]!)
    if ((row === head && isHeader) || (mayBeComment(row.line) && !isPair)) continue
    pairs.push(pairOf(path, row.line, row.fields, head.fields.length, score))
  }
  if (pairs.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'there is no pair of words in it',
      expected: 'two words and a score on each line',
    })
  const name = (column: number) => (isHeader && head.fields[column]) || `column ${column + 1}`
  const columns = { words: [name(0), name(1)], score: name(score), count: head.fields.length } as const
  return columns.count === 3 ? { pairs } : { pairs, columns }
}

/** A hashtag may be a word; what has the form of no pair is a remark. */
export function mayBeComment({ text }: FileLine): boolean {
  return text.startsWith('#')
}

/** Fields of a line: between tabs if it has one, else between semicolons, commas or spaces, out of their quotes. */
export function fieldsOf(text: string): string[] {
  const separator = ['\t', ';', ','].find(character => text.includes(character))
  const parts = separator === undefined ? text.split(/ +/) : split(text, separator)
  const fields = parts.map(field => unquoted(field.trim()))
  const [words, score] = fields
  // "old new<tab>1.58"
  const mixed = fields.length === 2 && isNumber(score!) ? words!.split(/ +/) : []
  return mixed.length === 2 ? [...mixed, score!] : fields
}

/** Whether there are more than three fields, of two words and a number somewhere behind them. */
export function hasScore([a = '', b = '', ...rest]: readonly string[]): boolean {
  return rest.length > 1 && !isNumber(a) && !isNumber(b) && rest.some(isNumber)
}

function pairOf(
  path: string,
  line: FileLine,
  fields: readonly string[],
  count: number,
  column: number,
): WordPair {
  const [a = '', b = ''] = fields
  const score = fields[column] ?? ''
  if (fields.length !== count || a === '' || b === '' || score === '')
    throw lineError(path, line, {
      found: `${shown(line.text)} has ${fields.length} fields`,
      expected: count === 3 ? 'two words and a score' : `${count}, as the first line has`,
    })
  if (isNumber(score)) return { a, b, score: Number(score) }
  throw lineError(path, line, { found: `the score ${shown(score)} is not a number` })
}

function scoreOf(fields: readonly string[]): number {
  const found = fields.findIndex((field, i) => i > 1 && isNumber(field))
  return Math.max(2, found)
}

/** Separators between quotes are part of a field. */
function split(text: string, separator: string): string[] {
  const fields: string[] = ['']
  let isQuoted = false
  for (const character of text) {
    const field = fields.at(-1)!
    // a quote opens before all else in a field, closes, and opens again if it is written twice
    if (character === '"' && (isQuoted || field.trim() === '' || field.endsWith('"'))) isQuoted = !isQuoted
    if (character === separator && !isQuoted) fields.push('')
    else fields[fields.length - 1] += character
  }
  return isQuoted ? text.split(separator) : fields
}

function unquoted(field: string): string {
  const isQuoted = field.length > 1 && field.startsWith('"') && field.endsWith('"')
  return isQuoted ? field.slice(1, -1).replaceAll('""', '"') : field
}

function isNumber(field: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(field) && Number.isFinite(Number(field))
}
