import { WordloomError } from '../errors.js'
import type { StoredDocuments } from './stored-documents.js'

/** What a field of a payload may be asked for. */
export type FilterValue = string | number | boolean | null

/** For each field the value that a document must have, or `in` some values; a list has the values of its entries. */
export type Filter = Readonly<Record<string, FilterValue | { readonly in: readonly FilterValue[] }>>

/** Answers filters: for each field that was asked about, the value of each document as a number. */
export class Filters {
  readonly #documents: StoredDocuments
  readonly #columns = new Map<string, Column>()

  constructor(documents: StoredDocuments) {
    this.#documents = documents
  }

  /** Whether a document passes; undefined if all do. Throws `usage` for what is no filter. */
  test(filter: Filter | undefined): ((document: number) => boolean) | undefined {
    if (filter === undefined) return undefined
    const tests = entriesOf(filter).map(([field, wanted]) => this.column(field).test(valuesOf(field, wanted)))
    if (tests.length === 0) return undefined
    return document => tests.every(test => test(document))
  }

  /** Fields of a filter that no document has. */
  unknownTo(filter: Filter | undefined): string[] {
    return Object.keys(filter ?? {}).filter(field => !this.#documents.fields.has(field))
  }

  /** Reads all documents when a field is first asked about. */
  column(field: string): Column {
    let column = this.#columns.get(field)
    if (!column) {
      column = new Column(this.#documents, field)
      this.#columns.set(field, column)
    }
    return column
  }
}

/** A field of all documents: equal values have equal numbers. */
class Column {
  readonly #numbers: Uint32Array
  /** The value of each number; 0 is for documents without the field. */
  readonly #values: unknown[] = [undefined]

  constructor(documents: StoredDocuments, field: string) {
    const known = new Map<string, number>()
    this.#numbers = Uint32Array.from({ length: documents.size }, (_, i) => {
      const document = documents.at(i)
      if (!Object.hasOwn(document, field)) return 0
      const value = document[field]
      const key = JSON.stringify(value)
      const number = known.get(key) ?? this.#values.push(value) - 1
      known.set(key, number)
      return number
    })
  }

  test(wanted: readonly FilterValue[]): (document: number) => boolean {
    const has = (value: unknown) => wanted.includes(value as FilterValue)
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
