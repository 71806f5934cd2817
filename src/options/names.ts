import { type Fault, option, say, WordloomError, type Words } from '../errors.js'
import type { OptionTable } from './kinds.js'
import { byNearness, distance } from './spelling.js'

/** A name with more letters that differ is not meant. */
const MOST_SLIPS = 3

/**
 * Throws `usage` if options are not an object, or one of them has a name that is neither in the table nor among
 * `others`: *there is no option cuont. Did you mean count?*
 */
export function checkNames(
  table: OptionTable,
  given: unknown,
  others: readonly string[] = [],
  action?: Words,
): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new WordloomError('usage', {
      action,
      found: `the options are ${kindOf(given)}`,
      expected: 'an object',
    })
  const names = [...Object.keys(table), ...others]
  const unknown = Object.keys(given).find(name => !names.includes(name))
  if (unknown !== undefined) throw unknownName(unknown, names, namesakeIn(table, unknown), action)
}

/** The option that other programs give this name: vector_size, -ws and --neg. */
export function namesakeIn(table: OptionTable, other: string): string | undefined {
  const bare = (text: string) => text.replace(/[-_]/g, '').toLowerCase()
  return Object.entries(table).find(([name, { elsewhere = {} }]) =>
    [name, ...Object.values(elsewhere)].some(known => bare(known) === bare(other)),
  )?.[0]
}

function unknownName(
  name: string,
  names: readonly string[],
  namesake: string | undefined,
  action?: Words,
): WordloomError {
  const near = namesake ?? byNearness(name, names)[0] ?? ''
  const others: Pick<Fault, 'expected' | 'cure'> =
    namesake !== undefined || distance(name, near) <= MOST_SLIPS
      ? { cure: say`did you mean ${option(near)}?` }
      : { expected: names.flatMap((known, i) => [i > 0 ? ', ' : 'one of ', option(known)]) }
  return new WordloomError('usage', { action, found: say`there is no option ${option(name)}`, ...others })
}

/** What a wrong argument is, as a noun. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Promise) return 'a promise, which was not awaited'
  return `of type ${typeof value}`
}

/** Throws `usage` for an argument that is no array. */
export function checkArray(value: unknown, name: string, expected: string, action: Words): void {
  if (Array.isArray(value)) return
  throw new WordloomError('usage', { action, found: `the ${name} are ${kindOf(value)}`, expected })
}
