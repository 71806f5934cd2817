import type { Filter, FilterValue } from '../../retrieval/index.js'
import { wrongValue } from '../http/refusal.js'
import { LONGEST_WORD } from '../limits.js'
import { type Field, shown } from '../schema/field.js'
import { listOf } from '../schema/fields.js'

const MOST_NAMES = 8
const MOST_VALUES = 100
const HELP = 'values that documents must have, as {"lang": "en", "year": {"in": [2019, 2020]}}'

const scalar: Field<FilterValue> = {
  schema: { type: ['string', 'number', 'boolean', 'null'] },
  read(value, at) {
    if (typeof value === 'string' && value.length > LONGEST_WORD)
      throw wrongValue(at, `${at} has ${value.length.toLocaleString('en')} characters`, 'at most 1,000')
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as FilterValue
    throw wrongValue(at, `${at} is ${shown(value)}`, 'a string, a number, true, false, null, or {"in": […]}')
  },
}

const several = listOf(scalar, { least: 1, most: MOST_VALUES, help: 'any of these' })
const wanted = { type: 'object', properties: { in: several.schema }, required: ['in'] }

/** The filter of the library: for each field a value, or `in` several. */
export const filterField: Field<Filter> = {
  schema: {
    type: 'object',
    description: HELP,
    maxProperties: MOST_NAMES,
    additionalProperties: { anyOf: [scalar.schema, wanted] },
  },
  read(value, at) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrongValue(at, `${at} is ${shown(value)}`, 'an object, such as {"lang": "en"}')
    const entries = Object.entries(value)
    if (entries.length > MOST_NAMES)
      throw wrongValue(at, `${at} has ${entries.length} fields`, `at most ${MOST_NAMES}`)
    return Object.fromEntries(
      entries.map(([name, one]) => [name, wantedOf(one, `${at}.${name.slice(0, 64)}`)]),
    )
  },
}

/** A filter in the query of a GET. */
export const filterText: Field<Filter> = {
  schema: { type: 'string', description: `${HELP}, in JSON` },
  read(value, at) {
    const text = scalar.read(value, at)
    let parsed: unknown
    try {
      parsed = JSON.parse(String(text))
    } catch {
      throw wrongValue(at, `${at} is not JSON`, 'an object, such as {"lang": "en"}')
    }
    return filterField.read(parsed, at)
  },
}

function wantedOf(value: unknown, at: string): Filter[string] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'in'))
    return scalar.read(value, at)
  return { in: several.read((value as { in: unknown }).in, `${at}.in`) }
}
