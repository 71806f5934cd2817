import { retrievalOptionTable } from '../../retrieval/index.js'
import { written } from '../http/answer.js'
import { LONGEST_WORD, MOST_NEIGHBORS } from '../limits.js'
import { route } from '../routing/route.js'
import { ofTable, optional, record, text } from '../schema/fields.js'
import { filterText } from './filter-field.js'
import { modelField } from './model-field.js'
import { answerRanked, checkId, searchedBy } from './searched.js'

const id = text('id of the document', LONGEST_WORD)

export const oneDocument = route({
  method: 'GET',
  path: '/v1/documents/:id',
  summary: 'one document',
  access: 'key',
  asks: record({ id, model: modelField }),
  answer({ id, model }, turn) {
    const { documents } = searchedBy(turn, model)
    checkId(documents, id)
    turn.reserve(documents.bytesOf(id))
    return written(documents.json(id))
  },
})

export const relatedDocuments = route({
  method: 'GET',
  path: '/v1/documents/:id/related',
  summary: 'the documents most like one, which is left out',
  access: 'key',
  asks: record({
    id,
    model: modelField,
    count: optional(ofTable(retrievalOptionTable.count, MOST_NEIGHBORS)),
    mode: optional(ofTable(retrievalOptionTable.mode)),
    filter: optional(filterText),
  }),
  answer({ id, model, count, mode, filter }, turn) {
    const searched = searchedBy(turn, model)
    checkId(searched.documents, id)
    const asked = { ...(count !== undefined && { count }), ...(mode !== undefined && { mode }), filter }
    return answerRanked(searched, turn, () => searched.documents.related(id, asked))
  },
})
