import type { NearestOptions, Query } from '../../vectors/index.js'
import { json, written } from '../http/answer.js'
import { wrongValue } from '../http/refusal.js'
import { MOST_NEIGHBORS, MOST_QUERIES } from '../limits.js'
import type { ServedModel } from '../models/served-model.js'
import { route, type Turn } from '../routing/route.js'
import { either, listOf, optional, type RecordOf, record } from '../schema/fields.js'
import { inTurns } from './in-turns.js'
import { modelField } from './model-field.js'
import {
  checkVector,
  type Strangers,
  searchFields,
  strangersAmong,
  termsField,
  termsOf,
  vectorField,
  word,
  wordsField,
} from './terms.js'

/** Bytes of a neighbour as it is answered, and as it is found. */
const [ANSWERED, FOUND] = [60, 100]

/** What one question asks, in one of four ways. */
const question = {
  word: optional(word('a word')),
  words: optional(wordsField('words whose sum is asked', 1)),
  positive: optional(termsField('words and vectors to add')),
  negative: optional(termsField('words and vectors to subtract')),
  vector: optional(vectorField),
} as const

type Question = RecordOf<typeof question>

const oneOfMany = either('a word, or a question as above', [word('a word'), record(question)], value =>
  typeof value === 'string' ? 0 : 1,
)

export const nearest = route({
  method: 'POST',
  path: '/v1/nearest',
  summary: 'the words nearest to a word, a sum of words or a vector',
  access: 'key',
  asks: record({
    model: modelField,
    ...question,
    queries: optional(
      listOf(oneOfMany, { least: 1, most: MOST_QUERIES, help: 'many questions in the place of one' }),
    ),
    ...searchFields,
  }),
  example: { positive: ['king', 'woman'], negative: ['man'], count: 5 },
  async answer({ model: name, queries, count, limit, threshold, among, exclude, unknown, ...one }, turn) {
    const model = turn.generation.find(name)
    turn.facts.model = model.name
    const questions = queries?.map(query => (typeof query === 'string' ? { ...nothing, word: query } : query))
    if (questions && Object.values(one).some(value => value !== undefined))
      throw wrongValue('queries', 'there are queries and a question beside them', 'one of them')
    const asked = questions ?? [one]
    const sums = await inTurns(asked, turn, (each, i) => sumOf(model, each, questions ? `queries[${i}]` : ''))
    turn.facts.inputs = sums.length
    const neighbors = sums.length * Math.min(count ?? MOST_NEIGHBORS, model.vectors.size)
    turn.reserve(neighbors * ANSWERED, neighbors * FOUND)
    const strangers = await strangersOf(model, sums, turn, unknown)
    const options = given({ count, limit, threshold, among, exclude, unknown })
    const found = await model.scans.nearest(sums, options, turn)
    const results = found.map((nearest, i) => ({ nearest, ...strangers[i] }))
    if (!questions) return json({ model: model.name, ...results[0] })
    const each = await inTurns(results, turn, result => JSON.stringify(result))
    return written(`{"model":${JSON.stringify(model.name)},"results":[${each}]}`)
  },
})

const nothing: Question = {
  word: undefined,
  words: undefined,
  positive: undefined,
  negative: undefined,
  vector: undefined,
}

/** Options that are given, in one order, so that equal ones are written alike. */
export function given(
  options: { readonly [Name in keyof NearestOptions]?: NearestOptions[Name] | undefined },
): NearestOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

type Sum = Exclude<Query, string | Float32Array>

function sumOf(model: ServedModel, { word, words, positive, negative, vector }: Question, at: string): Sum {
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`)
  const kinds = [word, words, positive ?? negative, vector].filter(kind => kind !== undefined)
  if (kinds.length !== 1)
    throw wrongValue(
      at === '' ? 'word' : at,
      kinds.length === 0
        ? `${at === '' ? 'the body' : at} asks nothing`
        : `${at === '' ? 'the body' : at} asks several things`,
      'one of word, words, positive and negative, or vector',
    )
  if (vector) {
    checkVector(model, vector, inside('vector'))
    return { positive: [vector] }
  }
  const sum = {
    positive: word !== undefined ? [word] : (words ?? termsOf(model, positive ?? [], inside('positive'))),
    negative: termsOf(model, negative ?? [], inside('negative')),
  }
  if (sum.positive.length + sum.negative.length === 0)
    throw wrongValue(inside('positive'), 'positive and negative are empty', 'a word or more')
  return sum
}

/** Of each question the words that the vocabulary lacks. Words of all questions are looked up first, so that an error names them all. */
async function strangersOf(
  model: ServedModel,
  sums: readonly Sum[],
  turn: Turn,
  policy: NearestOptions['unknown'],
): Promise<Strangers[]> {
  const words = sums.map(wordsIn)
  const all = await strangersAmong(model, words.flat(), turn, policy)
  const [unknown, subwords] = [new Set(all.unknown), new Set(all.subwords)]
  return words.map(ofOne => strangersIn(new Set(ofOne), unknown, subwords))
}

function strangersIn(
  words: ReadonlySet<string>,
  unknown: ReadonlySet<string>,
  subwords: ReadonlySet<string>,
): Strangers {
  const [left, made] = [unknown, subwords].map(set => [...words].filter(one => set.has(one)))
  return { ...(left!.length > 0 && { unknown: left! }), ...(made!.length > 0 && { subwords: made! }) }
}

function wordsIn({ positive, negative = [] }: Sum): string[] {
  return [...positive, ...negative].flatMap(term => {
    const what = typeof term === 'string' || !Array.isArray(term) ? term : term[0]
    return typeof what === 'string' ? [what] : []
  })
}
