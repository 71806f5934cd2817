import { WordloomError } from '../errors.js'
import type { StoredDocument, StoredDocuments } from './stored-documents.js'

/** What a field of a payload may be asked for. */
export type FilterValue = string | number | boolean | null

/** For each field the value that a document must have, or `in` some values; a list has the values of its entries. */
export type Filter = Readonly<Record<string, FilterValue | { readonly in: readonly FilterValue[] }>>

/** Documents that are read in one step. */
const A_STEP = 64

/** Answers filters: for each field that was asked about, the value of each document as a number. A field that no document has takes no room. */
export class Filters {
  readonly #documents: StoredDocuments
  readonly #columns = new Map<string, Column>()

  constructor(documents: StoredDocuments) {
    this.#documents = documents
  }

  /** Whether a document passes; undefined if all do. Throws `usage` for what is no filter. */
  test(filter: Filter | undefined): ((document: number) => boolean) | undefined {
    if (filter === undefined) return undefined
    const tests = entriesOf(filter).map(([field, wanted]) => this.#test(field, valuesOf(field, wanted)))
    if (tests.length === 0) return undefined
    return document => tests.every(test => test(document))
  }

  /** Reads all documents once for the fields that were not asked about before. */
  *prepare(fields: Iterable<string>): Generator<void, void> {
    const { fields: known, size } = this.#documents
    const next = [...new Set(fields)].filter(field => known.has(field) && !this.#columns.has(field))
    if (next.length === 0) return
    const columns = next.map(field => ({ field, column: new Column(field, size), known: new Map() }))
    for (let i = 0; i < size; i++) {
      const document = this.#documents.at(i)
      for (const { column, known } of columns) column.take(i, document, known)
      if (i % A_STEP === 0) yield
    }
    for (const { field, column } of columns) this.#columns.set(field, column)
  }

  /** Fields of a filter that no document has. */
  unknownTo(filter: Filter | undefined): string[] {
    return Object.keys(filter ?? {}).filter(field => !this.#documents.fields.has(field))
  }

  #test(field: string, wanted: readonly FilterValue[]): (document: number) => boolean {
    for (const _ of this.prepare([field])); // at a stretch: the question waits for it
    return this.#columns.get(field)?.test(wanted) ?? (() => false)
  }
}

/** A field of all documents: equal values have equal numbers. */
class Column {
  readonly #field: string
  readonly #numbers: Uint32Array
  /** The value of each number; 0 is for documents without the field. */
  readonly #values: unknown[] = [undefined]

  constructor(field: string, size: number) {
    this.#field = field
    this.#numbers = new Uint32Array(size)
  }

  /** Takes the next document. `known` has the numbers of values, and is of use only until the last one. */
  take(i: number, document: StoredDocument, known: Map<string, number>): void {
    if (!Object.hasOwn(document, this.#field)) return
    const value = document[this.#field]
    const key = JSON.stringify(value)
    const number = known.get(key) ?? this.#values.push(value) - 1
    known.set(key, number)
    this.#numbers[i] = number
  }

  test(wanted: readonly FilterValue[]): (document: number) => boolean {
    const among = new Set<unknown>(wanted)
    const has = (value: unknown) => among.has(value)
    const passes = this.#values.map(value => (Array.isArray(value) ? value.some(has) : has(value)))
    return document => passes[this.#numbers[document]!]!
  }
}

function entriesOf(filter: Filter): [string, unknown][] {
  if (typeof filter === 'object' && filter !== null && !Array.isArray(filter)) return Object.entries(filter)
  throw noFilter('the filter is no object', '{ field: value } or { field: { in: [value, …] } }')
}

function valuesOf(field: string, wanted: unknown): readonly FilterValue[] {
  if (isValue(wanted)) return [wanted]
  const several = (wanted as { in?: unknown } | undefined)?.in
  if (Array.isArray(several) && several.every(isValue)) return several
  throw noFilter(
    `the filter asks ${JSON.stringify(field)} for ${JSON.stringify(wanted)?.slice(0, 60)}`,
    'a string, a number, true, false or null, or { in: [value, …] }',
  )
}

function isValue(value: unknown): value is FilterValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function noFilter(found: string, expected: string): WordloomError {
  return new WordloomError('usage', { action: 'search', found, expected })
}
