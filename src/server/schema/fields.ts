import {
  type ChoiceOption,
  type FlagOption,
  fits,
  isUnbounded,
  type NumericOption,
  valuesOf,
} from '../../options/index.js'
import { isWellFormed } from '../../text/inner.js'
import { wrongValue } from '../http/refusal.js'
import { type Field, type JsonSchema, shown, type ValueOf } from './field.js'

/** A field that may be missing. */
export function optional<Value>(field: Field<Value>): Field<Value | undefined> {
  return {
    schema: field.schema,
    isOptional: true,
    read: (value, at) => (value === undefined || value === null ? undefined : field.read(value, at)),
  }
}

/** Text of at most so many characters, if there is a bound. */
export function text(help: string, most = Number.POSITIVE_INFINITY): Field<string> {
  return {
    schema: described({ type: 'string', ...(most < Number.POSITIVE_INFINITY && { maxLength: most }) }, help),
    read(value, at) {
      if (typeof value !== 'string') throw wrongValue(at, `${at} is ${shown(value)}`, 'text')
      if (value.length > most)
        throw wrongValue(at, `${at} has ${inDigits(value.length)} characters`, `at most ${inDigits(most)}`)
      if (!isWellFormed(value))
        throw wrongValue(at, `${at} has half of a surrogate pair`, 'well-formed Unicode')
      return value
    },
  }
}

/** A number, a choice or a flag of a room's table, with its help and its range. */
export function ofTable(option: NumericOption, most?: number): Field<number>
export function ofTable<Choice extends string>(option: ChoiceOption<Choice>): Field<Choice>
export function ofTable(option: FlagOption): Field<boolean>
export function ofTable(option: NumericOption | ChoiceOption | FlagOption, most?: number): Field<unknown> {
  const bounded = most === undefined ? option : { ...option, max: most }
  return {
    schema: described(schemaOf(bounded), option.help, option.default),
    read(value, at) {
      if (fitsKind(bounded, value)) return value
      throw wrongValue(at, `${at} is ${shown(value)}`, valuesOf(bounded))
    },
  }
}

/** An array. `each` names one of its items in errors. */
export function listOf<Item>(
  item: Field<Item>,
  { least, most, help }: { least: number; most: number; help: string },
): Field<Item[]> {
  return {
    schema: described({ type: 'array', items: item.schema, minItems: least, maxItems: most }, help),
    read(value, at) {
      if (!Array.isArray(value)) throw wrongValue(at, `${at} is ${shown(value)}`, 'an array')
      if (value.length < least || value.length > most)
        throw wrongValue(
          at,
          `${at} has ${inDigits(value.length)} ${value.length === 1 ? 'item' : 'items'}`,
          least === most ? `${inDigits(most)}` : `${inDigits(least)} to ${inDigits(most)}`,
        )
      return value.map((one, i) => item.read(one, `${at}[${i}]`))
    },
  }
}

/** An object of known fields; what else stands in it is passed over, as clients send more than servers know. */
export function record<const Fields extends Readonly<Record<string, Field>>>(
  fields: Fields,
): RecordField<Fields> {
  const required = Object.keys(fields).filter(name => !fields[name]!.isOptional)
  const properties = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]))
  return {
    fields,
    schema: { type: 'object', properties, ...(required.length > 0 && { required }) },
    read(value, at) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw wrongValue(at, `${at === '' ? 'the body' : at} is ${shown(value)}`, 'an object')
      const read: Record<string, unknown> = {}
      for (const name of Object.keys(fields)) {
        const inside = at === '' ? name : `${at}.${name}`
        const given = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
        if (given === undefined && !fields[name]!.isOptional)
          throw wrongValue(
            inside,
            `${inside} is missing`,
            String(fields[name]!.schema.description ?? 'a value'),
          )
        read[name] = fields[name]!.read(given, inside)
      }
      return read as RecordOf<Fields>
    },
  }
}

export interface RecordField<Fields> extends Field<RecordOf<Fields>> {
  readonly fields: Fields
}

export type RecordOf<Fields> = { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> }

/** One of several kinds of value, told apart by `choose`, which may refuse. */
export function either<One extends Field, Other extends Field>(
  help: string,
  fields: readonly [One, Other],
  choose: (value: unknown, at: string) => 0 | 1,
): Field<ValueOf<One> | ValueOf<Other>> {
  return {
    schema: described({ anyOf: fields.map(({ schema }) => schema) }, help),
    read: (value, at) => fields[choose(value, at)]!.read(value, at) as ValueOf<One> | ValueOf<Other>,
  }
}

function described(schema: JsonSchema, help: string, value?: unknown): JsonSchema {
  return { ...schema, description: help, ...(value !== undefined && { default: value }) }
}

function schemaOf(option: NumericOption | ChoiceOption | FlagOption): JsonSchema {
  if (option.kind === 'choice') return { type: 'string', enum: option.choices }
  if (option.kind === 'flag') return { type: 'boolean' }
  const { kind, min, max } = option
  return {
    type: kind,
    ...(Number.isFinite(min) && { minimum: min }),
    ...(Number.isFinite(max) && !isUnbounded(max) && { maximum: max }),
  }
}

/** As the table has it, and finite: JSON has 1e400. */
function fitsKind(option: NumericOption | ChoiceOption | FlagOption, value: unknown): boolean {
  return fits(option, value) && (typeof value !== 'number' || Number.isFinite(value))
}

function inDigits(value: number): string {
  return value.toLocaleString('en')
}
