/** Reading parsed JSON that somebody else wrote: every value knows its place, for error messages. */
import { WordloomError } from '../errors.js'

/** A value of a file, and where it stands. */
export interface Field {
  value: unknown
  place: string
}

/** An object of a file. */
export type Content = Readonly<Record<string, unknown>>

/** Throws `bad-data`: what stands there, and what was expected. */
export function fail({ value, place }: Field, expected: string): never {
  throw new WordloomError('bad-data', { found: `${place} is ${describe(value)}`, expected })
}

/** The member of an object, under its name or another one that `aliases` allows for it. */
export function member(field: Field, content: Content, name: string): Field {
  return { value: content[keyOf(content, name) ?? name], place: `${field.place}: ${name}` }
}

/** Whether an object has a member. Null counts as absent: it is how Python writes None. */
export function has(content: Content, name: string): boolean {
  const key = keyOf(content, name)
  return key !== undefined && !isAbsent(content[key])
}

/** An entry of a list. */
export function entry(field: Field, value: unknown, position: number): Field {
  return { value, place: `${field.place}[${position}]` }
}

/** Names that files use for the same thing, without capitals and underscores. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  V: ['inputvectors'],
  U: ['outputvectors'],
  center: ['centre', 'centerword'],
  centerVector: ['vc', 'centrevector'],
  outside: ['outsideword', 'outsidewords'],
  negatives: ['negativesamples'],
  window: ['reach'],
  gradV: ['inputgradient', 'centergradient', 'gradcenter', 'gradvc', 'dv', 'dvc'],
  gradU: ['outputgradient', 'gradoutside', 'du'],
  yHat: ['probabilities'],
  row: ['word', 'index', 'id'],
  rows: ['words', 'indices', 'ids'],
  gradient: ['value', 'values', 'vector', 'grad'],
  gradients: ['values', 'vectors', 'grads'],
}

/** The key of a member as this object spells it: exactly, in snake_case or other capitals, or by an alias. */
export function keyOf(content: Content, name: string): string | undefined {
  if (Object.hasOwn(content, name)) return name
  const wanted = [plain(name), ...(aliases[name] ?? [])]
  return Object.keys(content).find(key => wanted.includes(plain(key)))
}

/** "grad_V" → "gradv". */
export function plain(name: string): string {
  return name.replaceAll(/[\s_-]/g, '').toLowerCase()
}

export function readNumber(field: Field): number {
  return Number.isFinite(field.value) ? (field.value as number) : fail(field, 'a finite number')
}

/** A whole number from 0 that is below `limit`, such as a word by its number. */
export function readIndex(field: Field, limit: number): number {
  const index = field.value as number
  return Number.isInteger(index) && index >= 0 && index < limit
    ? index
    : fail(field, `a whole number from 0 to ${limit - 1}`)
}

export function readNumbers(field: Field, length?: number): number[] {
  const expected = length === undefined ? 'a list of numbers' : `a list of ${length} numbers`
  const list = asList(field, expected)
  if (length !== undefined && list.length !== length) fail(field, expected)
  return list.map((value, i) => readNumber(entry(field, value, i)))
}

/** A matrix as its rows: as many as said, or at least one; each as long as said, or as the first. */
export function readMatrix(field: Field, rows?: number, columns?: number): number[][] {
  const list = asList(field, rows === undefined ? 'a list of rows' : `${rows} rows of ${columns} numbers`)
  if (list.length !== (rows ?? list.length) || list.length === 0)
    fail(field, rows === undefined ? 'at least one row' : `${rows} rows`)
  const first = readNumbers(entry(field, list[0], 0), columns)
  if (first.length === 0) fail(entry(field, list[0], 0), 'at least one number')
  return list.map((value, row) => readNumbers(entry(field, value, row), first.length))
}

export function readText(field: Field): string {
  const { value } = field
  return typeof value === 'string' || Number.isFinite(value) ? String(value) : fail(field, 'a text')
}

export function asList(field: Field, expected: string): unknown[] {
  return Array.isArray(field.value) ? field.value : fail(field, expected)
}

export function asObject(field: Field, expected: string): Content {
  return isObject(field.value) ? field.value : fail(field, expected)
}

export function isObject(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}

function describe(value: unknown): string {
  if (isAbsent(value)) return 'missing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return 'an object'
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
