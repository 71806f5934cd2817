import type { Fault } from '../../errors.js'
import { LEAVE_OUT, TAKE_NUMBERS } from '../refusals.js'
import { LONGEST_WORD } from '../selection/collected-vectors.js'
import { parseDecimal } from './decimal.js'
import { isSeparator, type Line, type Lines } from './text-lines.js'

export function fieldsOf(line: string): string[] {
  return line.split(/[ \t\r]+/).filter(field => field !== '')
}

/** What rows of a file may be like. */
export interface RowRules {
  /** The header, and not the first row, says how many numbers there are. */
  readonly hasHeader: boolean
  /** Rows with numbers that are not finite are left out. */
  readonly leavesOut: boolean
  /** Takes a word that ends in a number, such as "route 66", and is told of it; without this such rows are refused. */
  readonly endsInNumber?: ((word: string) => void) | undefined
}

/**
 * Reads a row's numbers and gives where its word ends, −1 if the row is to be left out. The word is what stands
 * before the last numbers, and may itself have spaces. Throws `bad-data` with line and column.
 */
export function readRow(lines: Lines, line: Line, target: Float32Array, rules: RowRules): number {
  const { bytes } = lines.reader
  const wordEnd = endOfField(bytes, line.start, line.end)
  const fast = wordEnd - line.start <= LONGEST_WORD && readNumbers(bytes, wordEnd, line.end, target) < 0
  return fast ? wordEnd : readUnusualRow(lines, line, target, rules)
}

/** How many fields at the end of a line are numbers, its first field not counted. */
export function numbersAtEnd(bytes: Uint8Array, line: Line): number {
  const word = endOfField(bytes, line.start, line.end)
  let count = 0
  for (let end = line.end; end > word; count++) {
    const start = startOfField(bytes, word, end)
    if (Number.isNaN(parseDecimal(bytes, start, end)) && !spellsNonfinite(bytes, start, end)) break
    end = start
    while (end > word && isSeparator(bytes[end - 1]!)) end--
  }
  return count
}

/** Fills target with the numbers of bytes[start…end); −1, or where the first thing wrong is. */
export function readNumbers(bytes: Uint8Array, start: number, end: number, target: Float32Array): number {
  let at = start
  for (let i = 0; i < target.length; i++) {
    while (at < end && isSeparator(bytes[at]!)) at++
    const fieldEnd = endOfField(bytes, at, end)
    target[i] = parseDecimal(bytes, at, fieldEnd)
    if (!Number.isFinite(target[i])) return at
    at = fieldEnd
  }
  return at === end ? -1 : at
}

/** Whether bytes[start…end) are numbers, `target.length` of them, and some of them not finite. */
export function areNumbersNotFinite(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Float32Array,
): boolean {
  let at = start
  for (let i = 0; i < target.length; i++) {
    while (at < end && isSeparator(bytes[at]!)) at++
    const fieldEnd = endOfField(bytes, at, end)
    if (at === fieldEnd) return false
    if (Number.isNaN(parseDecimal(bytes, at, fieldEnd)) && !spellsNonfinite(bytes, at, fieldEnd)) return false
    at = fieldEnd
  }
  return at === end
}

const LONGEST_NONFINITE = 32

/** `nan`, `inf` or `infinity` in any case, with a sign or without, and as Windows and others write them: -nan(ind), 1.#QNAN. */
function spellsNonfinite(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > LONGEST_NONFINITE) return false
  const text = String.fromCharCode(...bytes.subarray(start, end))
  return /^[+-]?(nan(\(\w*\))?|inf|infinity|\d\.#(ind|inf|nan|qnan|snan)\d*)$/i.test(text)
}

/** A row whose word has spaces, or which is wrong. */
function readUnusualRow(
  lines: Lines,
  line: Line,
  target: Float32Array,
  { hasHeader, leavesOut, endsInNumber }: RowRules,
): number {
  const { bytes } = lines.reader
  const starts = fieldStarts(bytes, line)
  const extra = starts.length - target.length - (isSeparator(bytes[line.start]!) ? 0 : 1)
  const expected = `${target.length} after the word, as ${hasHeader ? 'the header says' : 'in line 1'}`
  if (extra < 0) throw lines.error({ found: count(bytes, starts, line), expected })
  const numbers = starts[starts.length - target.length]!
  let wordEnd = numbers
  while (wordEnd > line.start && isSeparator(bytes[wordEnd - 1]!)) wordEnd--
  const wrong = readNumbers(bytes, numbers, line.end, target)
  if (wrong >= 0 && leavesOut && areNumbersNotFinite(bytes, numbers, line.end, target)) return -1
  if (wrong >= 0) throw lines.error(whatIsWrong(bytes, wrong, line.end), line, wrong)
  const lastOfWord = starts[starts.length - target.length - 1]
  if (extra > 0 && !Number.isNaN(parseDecimal(bytes, lastOfWord!, wordEnd))) {
    if (!endsInNumber) throw lines.error({ found: count(bytes, starts, line), expected, cure: TAKE_NUMBERS })
    endsInNumber(new TextDecoder().decode(bytes.subarray(line.start, wordEnd)))
  }
  if (wordEnd - line.start > LONGEST_WORD)
    throw lines.error({ found: 'the word is over 64 KB long, so these are not word vectors' })
  return wordEnd
}

function count(bytes: Uint8Array, starts: readonly number[], line: Line): string {
  const fields = starts.length - (isSeparator(bytes[line.start]!) ? 0 : 1)
  return fields === 1 ? 'there is 1 number' : `there are ${fields} numbers`
}

/** Why the field that begins at `start` is no finite number. */
export function whatIsWrong(bytes: Uint8Array, start: number, lineEnd: number): Fault {
  const end = Math.min(endOfField(bytes, start, lineEnd), start + 40)
  const field = JSON.stringify(new TextDecoder().decode(bytes.subarray(start, end)))
  const value = parseDecimal(bytes, start, end)
  if (!Number.isNaN(value))
    return { found: `${field} is too large`, expected: 'a number that fits in float32', cure: LEAVE_OUT }
  if (spellsNonfinite(bytes, start, end))
    return { found: `${field} is not finite`, expected: 'a finite number', cure: LEAVE_OUT }
  return { found: `${field} is not a number`, expected: 'a plain decimal such as 0.25 or -1e-3' }
}

function fieldStarts(bytes: Uint8Array, { start, end }: Line): number[] {
  const starts: number[] = []
  for (let i = start; i < end; i++)
    if (!isSeparator(bytes[i]!) && (i === start || isSeparator(bytes[i - 1]!))) starts.push(i)
  return starts
}

export function endOfField(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  while (i < end && !isSeparator(bytes[i]!)) i++
  return i
}

function startOfField(bytes: Uint8Array, start: number, end: number): number {
  let i = end
  while (i > start && !isSeparator(bytes[i - 1]!)) i--
  return i
}
