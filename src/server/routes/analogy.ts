import { analogyOptionTable } from '../../vectors/index.js'
import { json } from '../http/answer.js'
import { nearestByProduct } from '../models/product-scan.js'
import { route } from '../routing/route.js'
import { ofTable, optional, record } from '../schema/fields.js'
import { modelField } from './model-field.js'
import { given } from './nearest.js'
import { searchFields, strangersAmong, word } from './terms.js'

export const analogy = route({
  method: 'POST',
  path: '/v1/analogy',
  summary: 'the words that are to c as b is to a',
  access: 'key',
  asks: record({
    model: modelField,
    a: word('the word that b belongs to'),
    b: word('what belongs to a'),
    c: word('the word whose partner is wanted'),
    method: optional(ofTable(analogyOptionTable.method)),
    ...searchFields,
  }),
  example: { a: 'man', b: 'king', c: 'woman', count: 5 },
  async answer({ model: name, a, b, c, method, ...options }, turn) {
    const model = turn.generation.find(name)
    turn.facts.model = model.name
    turn.facts.inputs = 1
    const strangers = await strangersAmong(model, [a, b, c], turn, options.unknown)
    if (strangers.unknown) return json({ model: model.name, nearest: [], ...strangers }) // without a word it is another question
    const query = { positive: [b, c], negative: [a] }
    const wanted = given(options)
    const [nearest] =
      method === 'multiply'
        ? [await nearestByProduct(model.vectors, query, wanted, turn)]
        : await model.scans.nearest([query], wanted, turn)
    return json({ model: model.name, nearest, ...strangers })
  },
})
