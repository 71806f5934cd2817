import { json } from '../http/answer.js'
import { wrongValue } from '../http/refusal.js'
import { route } from '../routing/route.js'
import { record } from '../schema/fields.js'
import { modelField } from './model-field.js'
import { strangersAmong, unknownField, wordsField } from './terms.js'

const MOST_WORDS = 1_000

export const oddOneOut = route({
  method: 'POST',
  path: '/v1/odd-one-out',
  summary: 'the word that is least like the others, and how central each is',
  access: 'key',
  asks: record({
    model: modelField,
    words: wordsField('three words or more', 3, MOST_WORDS),
    unknown: unknownField,
  }),
  example: { words: ['good', 'great', 'fine', 'film'] },
  async answer({ model: name, words, unknown }, turn) {
    const model = turn.generation.find(name)
    turn.facts.model = model.name
    turn.facts.inputs = words.length
    const strangers = await strangersAmong(model, words, turn, unknown)
    const options = unknown === undefined ? {} : { unknown }
    const known = words.length - words.filter(one => strangers.unknown?.includes(one)).length
    if (known < 3)
      throw wrongValue('words', `words has ${known} known ${known === 1 ? 'word' : 'words'}`, '3 or more')
    const odd = model.vectors.oddOneOut(words, options)
    return json({
      model: model.name,
      odd,
      centrality: model.vectors.centrality(words, options),
      ...strangers,
    })
  },
})
