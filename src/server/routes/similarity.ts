import { cosine } from '../../math/index.js'
import { json } from '../http/answer.js'
import { wrongValue } from '../http/refusal.js'
import { MOST_QUERIES } from '../limits.js'
import { route } from '../routing/route.js'
import { listOf, optional, record } from '../schema/fields.js'
import { modelField } from './model-field.js'
import { strangersAmong, unknownField, word, wordsField } from './terms.js'

export const similarity = route({
  method: 'POST',
  path: '/v1/similarity',
  summary: 'the cosines of pairs of words, or of one word and many',
  access: 'key',
  asks: record({
    model: modelField,
    pairs: optional(
      listOf(wordsField('two words', 2, 2), { least: 1, most: MOST_QUERIES, help: 'pairs of words' }),
    ),
    word: optional(word('the word that others are compared with')),
    words: optional(wordsField('what it is compared with', 1, MOST_QUERIES)),
    unknown: unknownField,
  }),
  example: { pairs: [['good', 'great']] },
  async answer({ model: name, pairs, word, words, unknown }, turn) {
    const model = turn.generation.find(name)
    turn.facts.model = model.name
    const asked = pairsOf(pairs, word, words)
    turn.facts.inputs = asked.length
    const strangers = await strangersAmong(model, asked.flat(), turn, unknown)
    const left = new Set(strangers.unknown)
    const { vectors } = model
    const similarities = asked
      .filter(pair => !pair.some(one => left.has(one)))
      .map(([a, b]) => ({ words: [a, b], similarity: cosine(vectors.vector(a!)!, vectors.vector(b!)!) }))
    return json({ model: model.name, similarities, ...strangers })
  },
})

function pairsOf(
  pairs: readonly (readonly string[])[] | undefined,
  one: string | undefined,
  words: readonly string[] | undefined,
): readonly (readonly string[])[] {
  if (pairs && one === undefined && words === undefined) return pairs
  if (!pairs && one !== undefined && words) return words.map(other => [one, other])
  throw wrongValue('pairs', 'it is not clear what is compared', 'pairs, or word and words')
}
