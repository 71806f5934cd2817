import type { AnyRoute } from '../routing/route.js'
import { analogy } from './analogy.js'
import { classify } from './classify.js'
import { complete } from './complete.js'
import { description } from './description.js'
import { oneDocument, relatedDocuments } from './documents.js'
import { embeddings } from './embeddings.js'
import { health, ready } from './health.js'
import { models, oneModel } from './models.js'
import { nearest } from './nearest.js'
import { oddOneOut } from './odd-one-out.js'
import { reload } from './reload.js'
import { rerank } from './rerank.js'
import { search } from './search.js'
import { similarity } from './similarity.js'
import { startPage } from './start-page.js'

/** Every route: to add one is a file and a line here. */
export const routes: readonly AnyRoute[] = [
  embeddings,
  rerank,
  nearest,
  analogy,
  similarity,
  oddOneOut,
  complete,
  classify,
  search,
  oneDocument,
  relatedDocuments,
  models,
  oneModel,
  health,
  ready,
  reload,
  description,
  startPage,
]
