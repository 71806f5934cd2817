import { dot } from '../../math/index.js'
import { flag, integer } from '../../options/index.js'
import { json } from '../http/answer.js'
import { wrongValue } from '../http/refusal.js'
import { MOST_INPUTS } from '../limits.js'
import { route } from '../routing/route.js'
import { either, listOf, ofTable, optional, record, text } from '../schema/fields.js'
import { modelField } from './model-field.js'
import { embedAll } from './texts.js'

const document = either(
  'a text, or an object with text',
  [text('text'), record({ text: text('text') })],
  (value, at) => {
    if (typeof value === 'string') return 0
    if (typeof value === 'object' && value !== null) return 1
    throw wrongValue(at, `${at} is neither text nor an object`, 'text, or { "text": … }')
  },
)

export const rerank = route({
  method: 'POST',
  path: '/v2/rerank',
  also: ['/v1/rerank', '/rerank'],
  summary: 'documents by the cosine of their vectors to that of a query, as Cohere’s route gives them',
  access: 'key',
  isEarly: true,
  largest: 'textBody',
  asks: record({
    model: modelField,
    query: text('what the documents are compared with'),
    documents: listOf(document, { least: 1, most: MOST_INPUTS, help: 'what is to be ordered' }),
    top_n: optional(ofTable(integer(undefined, 1, 1_000_000, 'number of the best that are answered'))),
    return_documents: optional(ofTable(flag('whether the texts are answered, too'))),
  }),
  example: { query: 'a fine film', documents: ['the film was good', 'the weather was bad'] },
  async answer({ model: name, query, documents, top_n, return_documents }, turn) {
    const model = turn.generation.embedding(name)
    turn.facts.model = model.name
    const texts = documents.map(one => (typeof one === 'string' ? one : one.text))
    const nameOf = (i: number) => (i === 0 ? 'query' : `documents[${i - 1}]`)
    const [asked, ...others] = await embedAll(model, [query, ...texts], turn, nameOf)
    const results = others
      .map(({ vector }, index) => ({
        index,
        relevance_score: Math.max(-1, Math.min(1, dot(asked!.vector, vector))),
        ...(return_documents && { document: { text: texts[index]! } }),
      }))
      .sort((a, b) => b.relevance_score - a.relevance_score || a.index - b.index)
      .slice(0, top_n)
    const empty = others.flatMap(({ isEmpty }, i) => (isEmpty ? i : []))
    return json({
      id: crypto.randomUUID(),
      results,
      meta: {
        api_version: { version: '2' },
        tokens: { input_tokens: turn.facts.tokens },
        warnings: warningsOf(asked!.isEmpty, empty),
      },
    })
  },
})

function warningsOf(isQueryEmpty: boolean, empty: readonly number[]): string[] {
  return [
    'relevance_score is the cosine between the vectors of query and document',
    ...(isQueryEmpty ? ['query has no word that this model knows, so every score is 0'] : []),
    ...(empty.length > 0
      ? [`documents without a known word, whose scores are 0: ${empty.slice(0, 100).join(', ')}`]
      : []),
  ]
}
