import { norm } from '../../math/index.js'
import { choice, integer } from '../../options/index.js'
import { written } from '../http/answer.js'
import { Refusal, wrongValue } from '../http/refusal.js'
import { MOST_INPUTS } from '../limits.js'
import type { Embedded } from '../models/embedder.js'
import type { EmbeddingModel } from '../models/embedding-model.js'
import { route } from '../routing/route.js'
import { either, listOf, ofTable, optional, record, text } from '../schema/fields.js'
import { inTurns } from './in-turns.js'
import { modelField } from './model-field.js'
import { base64Of, digitsOf, encodings } from './numbers.js'
import { embedAll, refuseTokens } from './texts.js'

const input = either(
  `one text, or 1 to ${MOST_INPUTS.toLocaleString('en')} of them`,
  [text('text'), listOf(text('text'), { least: 1, most: MOST_INPUTS, help: 'texts' })],
  (value, at) => {
    refuseTokens(value)
    if (typeof value === 'string') return 0
    if (Array.isArray(value)) return 1
    throw wrongValue(at, `${at} is neither text nor an array`, 'text, or an array of texts')
  },
)

export const embeddings = route({
  method: 'POST',
  path: '/v1/embeddings',
  also: ['/embeddings'],
  summary: 'vectors of texts, as OpenAI’s route gives them',
  access: 'key',
  largest: 'textBody',
  isEarly: true,
  asks: record({
    model: modelField,
    input,
    encoding_format: optional(
      ofTable(choice('float', encodings, 'numbers, or the bytes of float32 (least byte first) in base64')),
    ),
    dimensions: optional(
      ofTable(
        integer(
          undefined,
          1,
          1_000_000,
          'numbers of a vector; fewer than it has only if they were ordered by convert --dimensions',
        ),
      ),
    ),
  }),
  example: { input: ['a fine film', 'an awful film'] },
  async answer({ model: name, input, encoding_format = 'float', dimensions }, turn) {
    const model = turn.generation.embedding(name)
    turn.facts.model = model.name
    const cut = cutterTo(dimensions, model)
    const texts = typeof input === 'string' ? [input] : input
    checkAnswer(texts.length * (dimensions ?? model.dimensions), encoding_format, turn.limits.answer)
    const numbers = texts.length * (dimensions ?? model.dimensions)
    turn.reserve(numbers * numberBytes[encoding_format], 4 * texts.length * model.dimensions)
    const nameOf = (i: number) => (typeof input === 'string' ? 'input' : `input[${i}]`)
    const embedded = await embedAll(model, texts, turn, nameOf)
    const empty = emptyOf(embedded)
    if (empty.length > 0 && turn.empty === 'error') throw noKnownWords(nameOf(empty[0]!))
    const data = await inTurns(embedded, turn, ({ vector }, i) => {
      const numbers = cut(vector)
      const written = encoding_format === 'base64' ? `"${base64Of(numbers)}"` : `[${digitsOf(numbers)}]`
      return `{"object":"embedding","index":${i},"embedding":${written}}`
    })
    const tokens = turn.facts.tokens
    const ending = {
      model: model.name,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
      ...(empty.length > 0 && { empty }),
    }
    return written(
      `{"object":"list","data":[${data}],${JSON.stringify(ending).slice(1)}`,
      200,
      empty.length > 0 ? { 'x-wordloom-empty': listed(empty) } : {},
    )
  },
})

/** Bytes of a number, as text with its comma and in base64. */
const numberBytes = { float: 12, base64: 16 / 3 } as const

function checkAnswer(numbers: number, encoding: keyof typeof numberBytes, most: number): void {
  const bytes = numbers * numberBytes[encoding]
  if (bytes <= most) return
  throw wrongValue(
    'input',
    `the answer would have ${Math.ceil(bytes / 2 ** 20)} MiB`,
    `at most ${Math.floor(most / 2 ** 20)}`,
    'send the texts in several requests',
  )
}

/** Which texts have no vector. */
function emptyOf(embedded: readonly Embedded[]): number[] {
  const empty: number[] = []
  for (let i = 0; i < embedded.length; i++) if (embedded[i]!.isEmpty) empty.push(i)
  return empty
}

/** In a header there is room for the first ones; the body has all. */
function listed(empty: readonly number[]): string {
  const shown = empty.slice(0, 100).join(',')
  return empty.length > 100 ? `${shown},...` : shown
}

/** The first numbers, at length 1 again: of vectors whose numbers are ordered by how much they tell. Throws 400 for others. */
function cutterTo(
  wanted: number | undefined,
  { dimensions, isOrdered }: EmbeddingModel,
): (vector: Float32Array) => Float32Array {
  if (wanted === undefined || wanted === dimensions) return vector => vector
  if (wanted > dimensions || !isOrdered)
    throw wrongValue(
      'dimensions',
      `dimensions is ${wanted}, and this model has ${dimensions}`,
      `${dimensions}`,
      wanted > dimensions ? 'leave it out' : 'leave it out, or serve what convert --dimensions writes',
    )
  return vector => {
    const part = vector.subarray(0, wanted)
    const length = norm(part)
    return part.map(x => (length > 0 ? x / length : 0))
  }
}

function noKnownWords(param: string): Refusal {
  return new Refusal(
    400,
    'no_known_words',
    { found: `${param} has no word that this model knows` },
    { param },
  )
}
