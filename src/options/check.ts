import { type Fault, option, say, WordloomError, type Words } from '../errors.js'
import { type Complete, type Given, type Option, type OptionTable, type Range, UNBOUNDED } from './kinds.js'
import { meantBy } from './spelling.js'

/**
 * The options of a table as they are given, each checked, with the defaults of those that are not. What else stands
 * in `given` is passed over. Throws `usage`: *Cannot `action`: …*, with the option and what it may be.
 */
export function completed<const Table extends OptionTable>(
  table: Table,
  given: Given<Table>,
  action?: Words,
): Complete<Table> {
  checkGiven(table, given, action)
  const complete: Record<string, unknown> = {}
  for (const name of Object.keys(table)) complete[name] = given[name] ?? table[name]!.default
  return complete as Complete<Table>
}

/** Throws `usage` for a value that its option cannot have. */
export function checkGiven<const Table extends OptionTable>(
  table: Table,
  given: Given<Table>,
  action?: Words,
): void {
  for (const name of Object.keys(table)) {
    const [known, value]: [Option, unknown] = [table[name]!, given[name]]
    if (value !== undefined && !fits(known, value))
      throw new WordloomError('usage', { action, ...faultOf(name, known, value) })
  }
}

/** The error of an option whose value cannot be. */
export function mustBe(name: string, found: unknown, expected: Words, action?: Words): WordloomError {
  return new WordloomError('usage', { action, found: say`${option(name)} is ${shown(found)}`, expected })
}

/** What is wrong with the value of an option, what it may be, and the value that is meant if one is spelled nearly so. */
export function faultOf(
  name: string,
  known: Option,
  value: unknown,
): Pick<Fault, 'found' | 'expected' | 'cure'> {
  const found = say`${option(name)} is ${shown(value)}`
  const names = known.kind === 'text' && typeof value === 'string' ? known.names?.nearest(value) : undefined
  const meant = meantBy(value, known.kind === 'choice' ? known.choices : (names ?? []))
  if (meant !== undefined) return { found, expected: valuesOf(known), cure: `did you mean ${meant}?` }
  return { found, expected: `${valuesOf(known)}${names ? `, such as ${names.join(', ')}` : ''}` }
}

/** Whether the option can have this value. */
export function fits(known: Option, value: unknown): boolean {
  if (known.kind === 'choice') return known.choices.includes(value as string)
  if (known.kind === 'flag') return typeof value === 'boolean'
  if (known.kind === 'text') return typeof value === 'string' && (known.names?.has(value) ?? true)
  if (known.kind === 'words') return Array.isArray(value) && value.every(word => typeof word === 'string')
  if (known.kind !== 'numbers') return isWithin(known, value)
  return Array.isArray(value) && value.length >= known.least && value.every(one => isWithin(known.each, one))
}

/** What an option may be, as a noun phrase: a whole number from 1 to 8,192. */
export function valuesOf(known: Option): string {
  if (known.kind === 'choice') return `one of ${known.choices.join(', ')}`
  if (known.kind === 'flag') return 'true or false'
  if (known.kind === 'text') return known.names?.are ?? 'text'
  if (known.kind === 'words') return 'an array of words'
  if (known.kind !== 'numbers') return rangeOf(known)
  const { least, each } = known
  return `${least} or more ${each.kind === 'integer' ? 'whole numbers' : 'numbers'}${endsOf(each)}`
}

export function rangeOf(range: Range): string {
  return `${range.kind === 'integer' ? 'a whole number' : 'a number'}${endsOf(range)}`
}

/** Whether the upper end is there only because counts, and the numbers of a machine, end somewhere. */
export function isUnbounded(max: number): boolean {
  return (max >= UNBOUNDED - 2 && max <= UNBOUNDED) || max >= Number.MAX_SAFE_INTEGER
}

function endsOf({ min, max }: Range): string {
  if (!isUnbounded(max)) return ` from ${inDigits(min)} to ${inDigits(max)}`
  return isUnbounded(-min) ? '' : ` from ${inDigits(min)} up`
}

function isWithin({ kind, min, max }: Range, value: unknown): boolean {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false
  return kind === 'number' || Number.isSafeInteger(value)
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`
  return Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : String(value)
}

/** 8,192, and 1e-9. */
function inDigits(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : String(value)
}
