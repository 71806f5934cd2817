import { integer, number } from '../../options/index.js'
import { json } from '../http/answer.js'
import { wrongValue } from '../http/refusal.js'
import { MOST_INPUTS } from '../limits.js'
import { route } from '../routing/route.js'
import { either, listOf, ofTable, optional, record, text } from '../schema/fields.js'
import { inTurns } from './in-turns.js'
import { modelField } from './model-field.js'
import { tooLong } from './texts.js'

/** Labels of a text that are answered. */
const MOST_LABELS = 1_000

const input = either(
  `one text, or 1 to ${MOST_INPUTS.toLocaleString('en')} of them`,
  [text('text'), listOf(text('text'), { least: 1, most: MOST_INPUTS, help: 'texts' })],
  (value, at) => {
    if (typeof value === 'string') return 0
    if (Array.isArray(value)) return 1
    throw wrongValue(at, `${at} is neither text nor an array`, 'text, or an array of texts')
  },
)

export const classify = route({
  method: 'POST',
  path: '/v1/classify',
  summary: 'labels of texts with their probabilities, by a classifier',
  access: 'key',
  largest: 'textBody',
  asks: record({
    model: modelField,
    input,
    count: optional(ofTable(integer(1, 1, MOST_LABELS, 'number of labels, the most probable ones'))),
    threshold: optional(ofTable(number(0, 0, 1, 'least probability of a label that is given'))),
  }),
  example: { input: ['a fine film', 'an awful film'], count: 2 },
  async answer({ model: name, input, count = 1, threshold = 0 }, turn) {
    const model = turn.generation.findClassifier(name)
    turn.facts.model = model.name
    const texts = typeof input === 'string' ? [input] : input
    const { limits, truncate, facts } = turn
    const nameOf = (i: number) => (typeof input === 'string' ? 'input' : `input[${i}]`)
    const long = texts.map(text => text.length > limits.text)
    if (!truncate && long.includes(true)) {
      const i = long.indexOf(true)
      throw tooLong(texts[i]!, limits.text, nameOf(i))
    }
    facts.inputs = texts.length
    if (truncate) facts.truncatedInputs = long.filter(Boolean).length
    turn.reserve(texts.length * (64 + 64 * Math.min(count, model.classifier.labels.length)))
    const data = await inTurns(texts, turn, (text, index) => ({
      index,
      labels: model.classifier.predict(text.slice(0, limits.text), { count, threshold }),
    }))
    facts.emptyInputs = data.filter(({ labels }) => labels.length === 0).length
    return json({ object: 'list', model: model.name, data })
  },
})
