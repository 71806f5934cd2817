import { option, say, type Words } from '../../errors.js'
import type { Ranking } from '../../retrieval/index.js'
import { type Answer, written } from '../http/answer.js'
import { Refusal } from '../http/refusal.js'
import { breath } from '../models/breath.js'
import type { SearchedDocuments } from '../models/searched-documents.js'
import type { Turn } from '../routing/route.js'
import { inTurns } from './in-turns.js'

/** Bytes of a result besides its document. */
const AROUND = 100

/** Documents, and the model that searches them. */
export interface Searched {
  readonly model: string
  readonly documents: SearchedDocuments
}

/** The documents of a model; without a name, those of the only model that has some. Throws 404 if there are none. */
export function searchedBy({ generation, facts }: Turn, name: string | undefined): Searched {
  const having = [...generation.models.values()].filter(({ documents }) => documents)
  const model = name === undefined && having.length === 1 ? having[0]! : generation.find(name)
  facts.model = model.name
  facts.inputs = 1
  if (model.documents) return { model: model.name, documents: model.documents }
  const names = having.map(one => one.name)
  if (names.length === 0)
    throw none('this server has no documents', say`start it with ${option('documents')}`)
  throw none(`${model.name} has no documents to search`, `name a model that has some: ${names.join(', ')}`)
}

/** Throws 404 for an id that no document has. */
export function checkId(documents: SearchedDocuments, id: string): void {
  if (documents.has(id)) return
  const shown = JSON.stringify(id.length > 64 ? `${id.slice(0, 64)}…` : id)
  throw new Refusal(404, 'document_not_found', { found: `there is no document ${shown}` }, { param: 'id' })
}

/** Ranks once it is this request's turn, and answers with the documents, best first. */
export async function answerRanked(
  { model, documents }: Searched,
  turn: Turn,
  rank: () => Ranking,
): Promise<Answer> {
  await breath(turn.who)
  turn.signal?.throwIfAborted()
  const { ranked, warnings } = rank()
  const bytes = ranked.reduce((sum, { id }) => sum + documents.bytesOf(id) + AROUND, 0)
  if (bytes > turn.limits.answer) throw tooLarge(turn.limits.answer)
  turn.reserve(bytes)
  const results = await inTurns(
    ranked,
    turn,
    ({ id, score }) =>
      `{"id":${JSON.stringify(id)},"score":${JSON.stringify(score)},"document":${documents.json(id)}}`,
  )
  const told = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : ''
  return written(`{"model":${JSON.stringify(model)},"results":[${results}]${told}}`)
}

function none(found: string, cure: Words): Refusal {
  return new Refusal(404, 'no_documents', { found, cure })
}

function tooLarge(most: number): Refusal {
  return new Refusal(400, 'answer_too_large', {
    found: `the documents found have more than ${most.toLocaleString('en')} bytes`,
    cure: 'give a smaller count',
  })
}
