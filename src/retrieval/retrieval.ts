import { WordloomError } from '../errors.js'
import { cosine, norm } from '../math/index.js'
import { type Complete, completed } from '../options/index.js'
import type { SentenceVectors } from '../vectors/index.js'
import { type Filter, Filters } from './filter.js'
import { byReciprocalRanks, byScores } from './fusion.js'
import { inTurns } from './in-turns.js'
import { type Related, retrievalOptionTable, type Search } from './search-options.js'
import type { StoredDocument, StoredDocuments } from './stored-documents.js'
import type { Scored, WordsIndex } from './words-index.js'

export interface FoundDocument {
  readonly id: string
  /** By which documents are ordered: a cosine, a BM25 score, or what joins both. */
  readonly score: number
  readonly document: StoredDocument
}

export interface Retrieved {
  /** Best first. */
  readonly found: readonly FoundDocument[]
  /** What the question lacks, in sentences. */
  readonly warnings: readonly string[]
}

/** What `search` and `related` find, before the documents are read. */
export interface Ranking {
  /** Best first. */
  readonly ranked: readonly Omit<FoundDocument, 'document'>[]
  readonly warnings: readonly string[]
}

export interface RetrievalParts {
  readonly documents: StoredDocuments
  readonly words: WordsIndex
  readonly sentences: SentenceVectors
  /** Cuts a question as the documents were cut. */
  readonly cut: (text: string) => string | string[]
  readonly warnings: readonly string[]
}

/** Lists are joined from this many places on, and twice as many as are wanted. */
const LEAST_DEPTH = 100

/** Fields that a warning names. */
const MOST_FIELDS = 12

/** Documents that are searched by vectors, by words, and by both. */
export class Retrieval {
  /** What was overlooked when the documents were opened. */
  readonly warnings: readonly string[]
  readonly #parts: RetrievalParts
  readonly #filters: Filters

  constructor(parts: RetrievalParts) {
    this.warnings = parts.warnings
    this.#parts = parts
    this.#filters = new Filters(parts.documents)
  }

  /** How many documents there are. */
  get size(): number {
    return this.#parts.documents.size
  }

  /** How many documents have no word with a vector, and are found by their words alone. */
  get withoutVector(): number {
    return this.#parts.sentences.known.reduce((sum, words) => sum + Number(words === 0), 0)
  }

  /** Names of all that a document has, `id` and `text` first. */
  get fields(): readonly string[] {
    return [...this.#parts.documents.fields]
  }

  /**
   * Indexes fields that filters will name, in steps between which others have their turn. Otherwise it happens at the first
   * question, at a stretch.
   */
  prepare(fields: readonly string[]): Promise<void> {
    return inTurns(this.#filters.prepare(fields))
  }

  /** A document by its id. */
  get(id: string): StoredDocument | undefined {
    const number = this.#parts.documents.find(id)
    return number < 0 ? undefined : this.#parts.documents.at(number)
  }

  /** The document whose JSON has the most bytes. */
  get largest(): { readonly id: string; readonly bytes: number } {
    const { documents } = this.#parts
    let longest = 0
    for (let i = 1; i < documents.size; i++)
      if (documents.bytesOf(i) > documents.bytesOf(longest)) longest = i
    return { id: documents.idOf(longest), bytes: documents.bytesOf(longest) }
  }

  /** How many bytes the JSON of a document has; 0 if there is none with that id. */
  bytesOf(id: string): number {
    const { documents } = this.#parts
    const number = documents.find(id)
    return number < 0 ? 0 : documents.bytesOf(number)
  }

  /** The documents that answer a question best. Throws `usage` for a question that cannot be meant. */
  search(search: Search): Retrieved {
    return this.#read(this.rank(search))
  }

  /** The documents most like one of them, which is left out. Throws `usage` if there is none with that id. */
  related(id: string, options: Related = {}): Retrieved {
    return this.#read(this.rankRelated(id, options))
  }

  /** As `search`, with the ids of the documents alone. */
  rank({ query, filter, ...options }: Search): Ranking {
    const settings = completed(retrievalOptionTable, options, 'search')
    if (typeof query !== 'string')
      throw new WordloomError('usage', {
        action: 'search',
        found: 'the query is no text',
        expected: 'a string',
      })
    if (query.trim() === '') throw emptyQuery()
    const passes = this.#filters.test(filter)
    const { words, sentences, cut } = this.#parts
    const vector = settings.mode === 'text' ? undefined : sentences.vectorOf(cut(query))
    const scored = this.#scored(settings, {
      vector,
      passes,
      byText: depth => words.search(query, depth, passes),
    })
    return this.#ranking(scored, [
      ...this.#warningsOf(filter),
      ...(vector && !(norm(vector) > 0) ? ['no word of the query has a vector'] : []),
      ...(settings.mode !== 'vector' && !words.knows(query) ? ['no document has a word of the query'] : []),
    ])
  }

  /** As `related`, with the ids of the documents alone. */
  rankRelated(id: string, { filter, ...options }: Related = {}): Ranking {
    const settings = completed(retrievalOptionTable, options, 'find related documents')
    const { documents, words, sentences } = this.#parts
    const number = documents.find(String(id))
    if (number < 0)
      throw new WordloomError('usage', {
        action: 'find related documents',
        found: `no document has the id ${JSON.stringify(id)}`,
      })
    const isWanted = this.#filters.test(filter)
    const passes = (document: number) => document !== number && isWanted?.(document) !== false
    const scored = this.#scored(settings, {
      vector: sentences.vector(number),
      passes,
      byText: depth => words.like(documents.at(number).text, depth, passes),
    })
    return this.#ranking(scored, this.#warningsOf(filter))
  }

  #scored({ mode, count, fusion, share }: Settings, { vector, passes, byText }: Asked): Scored[] {
    if (mode === 'text') return byText(count)
    const { sentences, words } = this.#parts
    const byVector = (depth: number) => nearestOf(sentences, vector!, depth, passes)
    if (mode === 'vector') return byVector(count)
    const depth = Math.max(LEAST_DEPTH, 2 * count)
    const lists = { text: byText(depth), vector: byVector(depth) }
    if (fusion === 'ranks') return byReciprocalRanks([lists.vector, lists.text], count)
    const cosineOf = (document: number) => cosine(vector!, sentences.vector(document))
    const relevanceOf = (document: number) => words.lastScore(document)
    return byScores({ ...lists, relevanceOf, cosineOf, share }, count)
  }

  #ranking(scored: readonly Scored[], warnings: readonly string[]): Ranking {
    const { documents } = this.#parts
    return { ranked: scored.map(({ id, score }) => ({ id: documents.idOf(id), score })), warnings }
  }

  #read({ ranked, warnings }: Ranking): Retrieved {
    return { found: ranked.map(one => ({ ...one, document: this.get(one.id)! })), warnings }
  }

  #warningsOf(filter: Filter | undefined): string[] {
    const unknown = this.#filters.unknownTo(filter)
    if (unknown.length === 0) return []
    const fields = [...this.#parts.documents.fields]
    const more = fields.length > MOST_FIELDS ? ` and ${fields.length - MOST_FIELDS} more` : ''
    const known = `there are ${fields.slice(0, MOST_FIELDS).join(', ')}${more}`
    return unknown.map(field => `no document has the field ${JSON.stringify(field)}; ${known}`)
  }
}

type Settings = Complete<typeof retrievalOptionTable>

interface Asked {
  /** Given unless documents are found by words alone. */
  readonly vector: Float32Array | undefined
  readonly passes: ((document: number) => boolean) | undefined
  readonly byText: (depth: number) => Scored[]
}

function emptyQuery(): WordloomError {
  return new WordloomError('usage', {
    action: 'search',
    found: 'the question is empty',
    expected: 'some words',
  })
}

function nearestOf(
  sentences: SentenceVectors,
  vector: Float32Array,
  count: number,
  isWanted: ((document: number) => boolean) | undefined,
): Scored[] {
  return sentences
    .nearest(vector, count, isWanted)
    .map(({ sentence, similarity }) => ({ id: sentence, score: similarity }))
}
