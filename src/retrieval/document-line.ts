import type { Fault } from '../errors.js'
import { isWellFormed } from '../text/inner.js'

/** A document as it is read: what is not its own id or text is payload. */
export interface ReadDocument {
  readonly id: string
  readonly text: string
  readonly json: Uint8Array
  /** Names of what it has. */
  readonly fields: readonly string[]
}

/** A document, or why it is none. */
export type Parsed = ReadDocument | Fault

export function isFault(parsed: Parsed): parsed is Fault {
  return 'found' in parsed
}

/** A line of JSON. `number` is its id if it names none. */
export function parsedLine(line: Uint8Array, number: number): Parsed {
  let value: unknown
  try {
    value = JSON.parse(strict.decode(line))
  } catch (error) {
    const found = `it is not JSON in UTF-8 (${(error as Error).message})`
    return { found, expected: EXPECTED, ...(error instanceof SyntaxError ? {} : { cure: CONVERT }) }
  }
  const parsed = parsedValue(value, number)
  return isFault(parsed) ? parsed : { ...parsed, json: line }
}

/** A value that a program gives. */
export function parsedValue(value: unknown, number: number): Parsed {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { found: `it is ${Array.isArray(value) ? 'an array' : kindOf(value)}`, expected: EXPECTED }
  if (isDeeperThan(DEEPEST, value))
    return { found: `it has more than ${DEEPEST} objects and lists in one another`, expected: EXPECTED }
  const { id = number, text } = value as { id?: unknown; text?: unknown }
  if (typeof text !== 'string' || text.trim() === '')
    return { found: text === undefined ? 'it has no text' : `its text is ${shown(text)}`, expected: EXPECTED }
  if (typeof id !== 'string' && !Number.isSafeInteger(id))
    return { found: `its id is ${shown(id)}`, expected: 'a string or a whole number' }
  const name = String(id)
  if (name === '' || !isWellFormed(name))
    return { found: `its id is ${shown(id)}`, expected: 'an id of Unicode characters' }
  return { id: name, text, json: encoder.encode(JSON.stringify(value)), fields: Object.keys(value) }
}

/** A line of text; its number is its id. */
export function plainLine(line: Uint8Array, number: number): Parsed {
  try {
    const text = strict.decode(line)
    return { id: String(number), text, json: encoder.encode(JSON.stringify({ text })), fields: [] }
  } catch {
    return {
      found: 'it is not UTF-8',
      expected: 'a text in UTF-8',
      cure: CONVERT,
    }
  }
}

/** Deeper values overflow the stack of whatever writes them. */
const DEEPEST = 64
const EXPECTED = 'an object with a "text", and perhaps an "id"'
const CONVERT = 'convert the file, for example with iconv -f latin1 -t utf-8'
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some(inner => isDeeperThan(depth - 1, inner))
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : `a ${typeof value}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
