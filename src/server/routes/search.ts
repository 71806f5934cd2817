import { retrievalOptionTable } from '../../retrieval/index.js'
import { LONGEST_QUESTION, MOST_NEIGHBORS } from '../limits.js'
import { route } from '../routing/route.js'
import { ofTable, optional, record, text } from '../schema/fields.js'
import { filterField } from './filter-field.js'
import { modelField } from './model-field.js'
import { answerRanked, searchedBy } from './searched.js'

export const search = route({
  method: 'POST',
  path: '/v1/search',
  summary: 'the documents that answer a question best',
  access: 'key',
  asks: record({
    model: modelField,
    query: text('the question', LONGEST_QUESTION),
    count: optional(ofTable(retrievalOptionTable.count, MOST_NEIGHBORS)),
    mode: optional(ofTable(retrievalOptionTable.mode)),
    filter: optional(filterField),
  }),
  example: { query: 'how do I pay?', count: 5 },
  answer({ model, query, count, mode, filter }, turn) {
    const searched = searchedBy(turn, model)
    const asked = {
      query,
      ...(count !== undefined && { count }),
      ...(mode !== undefined && { mode }),
      filter,
    }
    return answerRanked(searched, turn, () => searched.documents.search(asked))
  },
})
