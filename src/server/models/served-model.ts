import type { Retrieval } from '../../retrieval/index.js'
import type { SearchKind } from '../../search/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { type Embedded, Embedder, type Pooling } from './embedder.js'
import type { EmbeddingModel } from './embedding-model.js'
import { type ScanFacts, Scans } from './scans.js'
import { SearchedDocuments } from './searched-documents.js'
import { Spellings } from './spellings.js'
import { WordList } from './word-list.js'

/** A model as it is to be served. */
export interface ModelToServe extends Pooling {
  /** What requests call it. */
  readonly name: string
  readonly vectors: WordVectors
  /** How neighbours are found: exact if not given. */
  readonly search?: SearchKind | undefined
  /** Threads that search: all processors if not given. */
  readonly threads?: number | undefined
  /** When it was made, in seconds since 1970; now, if not given. */
  readonly created?: number | undefined
  /** What tells it from others of the same name, such as a digest of its file. */
  readonly digest?: string | undefined
  /** Documents to search, as `openDocuments` of `wordloom/retrieval` gives them. */
  readonly documents?: Retrieval | undefined
}

/** A model that answers: its vectors, and all that makes answers of them. */
export class ServedModel implements EmbeddingModel {
  readonly name: string
  readonly vectors: WordVectors
  readonly created: number
  readonly digest: string | undefined
  readonly pooling: string
  readonly embedder: Embedder
  readonly scans: Scans
  readonly spellings: Spellings
  readonly words: WordList
  readonly documents: SearchedDocuments | undefined

  constructor(
    { name, vectors, search, threads, created, digest, documents, ...pooling }: ModelToServe,
    most: number,
    onScan: (model: string, facts: ScanFacts) => void,
  ) {
    this.documents = documents && new SearchedDocuments(name, documents)
    vectors.search.measure(vectors.size) // the first question would wait for it
    this.name = name
    this.vectors = vectors
    this.created = created ?? Math.floor(Date.now() / 1000)
    this.digest = digest
    this.pooling = pooling.pooling ?? 'mean'
    this.embedder = new Embedder(vectors, pooling)
    this.scans = new Scans(vectors, { kind: search, threads, most, onScan: facts => onScan(name, facts) })
    this.spellings = new Spellings(vectors.vocabulary)
    this.words = new WordList(vectors.vocabulary)
  }

  get dimensions(): number {
    return this.vectors.dimensions
  }

  get isOrdered(): boolean {
    return this.vectors.metadata.dimensionsBefore !== undefined
  }

  embed(text: string, vector: Float32Array): Embedded {
    return this.embedder.embed(text, vector)
  }

  /** Settles once all questions are answered at once. */
  async ready(): Promise<void> {
    await Promise.all([this.scans.ready(), this.documents?.ready()])
  }

  close(): Promise<void> {
    return this.scans.close()
  }
}
