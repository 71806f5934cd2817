import { integer } from '../../options/index.js'
import { json } from '../http/answer.js'
import { LONGEST_WORD, MOST_NEIGHBORS } from '../limits.js'
import { route } from '../routing/route.js'
import { ofTable, optional, record, text } from '../schema/fields.js'
import { modelField } from './model-field.js'

export const complete = route({
  method: 'GET',
  path: '/v1/complete',
  summary: 'the most frequent words that begin so, in any case',
  access: 'key',
  asks: record({
    model: modelField,
    prefix: text('how the words begin', LONGEST_WORD),
    count: optional(ofTable(integer(10, 1, MOST_NEIGHBORS, 'number of words'))),
  }),
  example: { prefix: 'goo', count: 5 },
  async answer({ model: name, prefix, count = 10 }, turn) {
    const model = turn.generation.find(name)
    turn.facts.model = model.name
    const { vocabulary } = model.vectors
    const ids = await model.words.complete(prefix, count, turn)
    const words = ids.map(id => ({
      word: vocabulary.word(id),
      ...(vocabulary.tokens > 0 && { count: vocabulary.counts[id] }),
    }))
    return json({ model: model.name, words })
  },
})
