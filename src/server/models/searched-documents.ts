import { sizeOf, WordloomError } from '../../errors.js'
import { type Filter, type Ranking, type Related, Retrieval, type Search } from '../../retrieval/index.js'
import { wrongValue } from '../http/refusal.js'
import { LARGEST_DOCUMENT, MOST_FIELDS } from '../limits.js'

/** Documents that requests search. */
export class SearchedDocuments {
  readonly #retrieval: Retrieval
  /** By which documents may be filtered. */
  readonly #fields: readonly string[]
  readonly #prepared: Promise<void>

  /** Throws `usage` for what is no `Retrieval`, and `bad-data` for a document that is too long to be answered. */
  constructor(model: string, retrieval: Retrieval) {
    if (!(retrieval instanceof Retrieval)) throw noRetrieval(model)
    const { id, bytes } = retrieval.largest
    if (bytes > LARGEST_DOCUMENT) throw tooLong(id, bytes)
    this.#retrieval = retrieval
    this.#fields = retrieval.fields.filter(name => name !== 'id' && name !== 'text').slice(0, MOST_FIELDS)
    this.#prepared = retrieval.prepare(this.#fields)
    this.#prepared.catch(() => {}) // `ready` tells
  }

  /** Settles once all fields are indexed, for which a question would wait. */
  ready(): Promise<void> {
    return this.#prepared
  }

  get size(): number {
    return this.#retrieval.size
  }

  has(id: string): boolean {
    return this.bytesOf(id) > 0
  }

  /** The JSON of a document. */
  json(id: string): string {
    return JSON.stringify(this.#retrieval.get(id))
  }

  bytesOf(id: string): number {
    return this.#retrieval.bytesOf(id)
  }

  /** Throws 400 for a filter of fields that no document has. */
  search(search: Search): Ranking {
    this.#checkFilter(search.filter)
    return this.#retrieval.rank(search)
  }

  /** As `search`. */
  related(id: string, related: Related): Ranking {
    this.#checkFilter(related.filter)
    return this.#retrieval.rankRelated(id, related)
  }

  #checkFilter(filter: Filter | undefined): void {
    const stranger = Object.keys(filter ?? {}).find(name => !this.#fields.includes(name))
    if (stranger === undefined) return
    const at = `filter.${stranger.slice(0, 64)}`
    if (this.#fields.length === 0) throw wrongValue(at, 'the documents have texts alone', 'no filter')
    throw wrongValue(at, `${at} is no field of the documents`, this.#fields.slice(0, 20).join(', '))
  }
}

function noRetrieval(model: string): WordloomError {
  return new WordloomError('usage', {
    action: 'serve',
    found: `the documents of ${model} are not opened`,
    expected: 'what openDocuments gives, once it is awaited',
  })
}

function tooLong(id: string, bytes: number): WordloomError {
  const name = id.length > 64 ? `${id.slice(0, 64)}…` : id
  return new WordloomError('bad-data', {
    action: 'serve',
    found: `the document ${JSON.stringify(name)} has ${sizeOf(bytes)}`,
    expected: `at most ${sizeOf(LARGEST_DOCUMENT)} for a document`,
    cure: 'part it',
  })
}
