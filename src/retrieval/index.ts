export type { Filter, FilterValue } from './filter.js'
export { type DocumentSource, type GivenDocument, openDocuments } from './open-documents.js'
export { openOptionTable, type RetrievalOptions } from './open-options.js'
export { type FoundDocument, type Ranking, Retrieval, type Retrieved } from './retrieval.js'
export {
  type Fusion,
  fusions,
  type Related,
  retrievalOptionTable,
  type Search,
  type SearchMode,
  searchModes,
} from './search-options.js'
export type { StoredDocument } from './stored-documents.js'
