import { option, say } from '../../errors.js'
import { number } from '../../options/index.js'
import { nearestOptionTable, type Term, type UnknownWordPolicy, usesSubwords } from '../../vectors/index.js'
import { madeOfSubwords } from '../../vectors/inner.js'
import { Refusal, wrongValue } from '../http/refusal.js'
import { LONGEST_WORD, MOST_NEIGHBORS } from '../limits.js'
import type { Asker } from '../models/scans.js'
import type { ServedModel } from '../models/served-model.js'
import type { Field } from '../schema/field.js'
import { either, listOf, ofTable, optional, record, text } from '../schema/fields.js'
import { inTurns } from './in-turns.js'

const MOST_TERMS = 100
const MOST_WORDS = 10_000
/** A search looks for so many answers more. */
const MOST_EXCLUDED = 1_000
const MOST_SUGGESTED = 3

export const word = (help: string) => text(help, LONGEST_WORD)

export const unknownField = optional(ofTable(nearestOptionTable.unknown))

/** A vector of finite numbers that are finite in float32, too. */
export const vectorField: Field<Float32Array> = {
  schema: {
    type: 'array',
    items: { type: 'number' },
    minItems: 1,
    description: 'a vector, as long as those of the model',
  },
  read(value, at) {
    if (!Array.isArray(value)) throw wrongValue(at, `${at} is not an array`, 'an array of numbers')
    const vector = new Float32Array(value.length)
    for (const [i, x] of value.entries()) {
      vector[i] = typeof x === 'number' ? x : Number.NaN
      if (!Number.isFinite(vector[i]))
        throw wrongValue(`${at}[${i}]`, `${at}[${i}] is no finite number`, 'a number of float32')
    }
    return vector
  },
}

const weighted = record({
  word: optional(word('a word')),
  vector: optional(vectorField),
  weight: optional(ofTable(number(1, -1e6, 1e6, 'how often it counts'))),
})

const term = either('a word, or a word or vector with a weight', [word('a word'), weighted], (value, at) => {
  if (typeof value === 'string') return 0
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return 1
  throw wrongValue(at, `${at} is neither a word nor an object`, 'a word, or { "word": …, "weight": … }')
})

export const termsField = (help: string) => listOf(term, { least: 0, most: MOST_TERMS, help })

export const wordsField = (help: string, least: number, most = MOST_TERMS) =>
  listOf(word('a word'), { least, most, help })

/** The options of every search, from the table of the library. */
export const searchFields = {
  count: optional(ofTable(nearestOptionTable.count, MOST_NEIGHBORS)),
  limit: optional(ofTable(nearestOptionTable.limit)),
  threshold: optional(ofTable(nearestOptionTable.threshold)),
  among: optional(wordsField(nearestOptionTable.among.help, 1, MOST_WORDS)),
  exclude: optional(wordsField('words that are no answers', 0, MOST_EXCLUDED)),
  unknown: unknownField,
} as const

/** The terms of a query as the library takes them. Throws 400 for a term of neither or both kinds, and for vectors of another length or without a direction. */
export function termsOf(model: ServedModel, given: readonly GivenTerm[], at: string): Term[] {
  return given.map((one, i): Term => {
    if (typeof one === 'string') return one
    const [place, { word, vector, weight = 1 }] = [`${at}[${i}]`, one]
    if ((word === undefined) === (vector === undefined))
      throw wrongValue(
        place,
        `${place} has ${word === undefined ? 'no word and no vector' : 'a word and a vector'}`,
        'one of them',
      )
    if (vector) checkVector(model, vector, `${place}.vector`)
    return [word ?? vector!, weight]
  })
}

type GivenTerm =
  | string
  | {
      readonly word: string | undefined
      readonly vector: Float32Array | undefined
      readonly weight: number | undefined
    }

export function checkVector(
  { vectors: { dimensions } }: ServedModel,
  vector: Float32Array,
  at: string,
): void {
  if (vector.length !== dimensions)
    throw wrongValue(at, `${at} has ${vector.length} numbers`, `${dimensions}`)
  if (vector.every(x => x === 0)) throw wrongValue(at, `${at} is all zeros, and has no direction`)
}

/** Words that the vocabulary lacks, and what was done about them. */
export interface Strangers {
  /** Left out. */
  readonly unknown?: readonly string[]
  /** With vectors of their sub-words. */
  readonly subwords?: readonly string[]
}

/**
 * What is done about words that the vocabulary lacks. Throws 404 with words that are spelled nearly so if they must be known, and
 * 400 for sub-words that these vectors do not have.
 */
export async function strangersAmong(
  model: ServedModel,
  words: readonly string[],
  asker: Asker,
  policy: UnknownWordPolicy | undefined,
): Promise<Strangers> {
  const composes = usesSubwords(model.vectors, policy)
  const different = [...new Set(words)]
  const isKnown = await inTurns(different, asker, one => model.vectors.has(one))
  const missing = different.filter((_, i) => !isKnown[i])
  if (missing.length === 0) return {}
  const isMade = await inTurns(
    missing,
    asker,
    one => composes && madeOfSubwords(model.vectors, one) !== undefined,
  )
  const made = missing.filter((_, i) => isMade[i])
  const unknown = missing.filter((_, i) => !isMade[i])
  if (unknown.length > 0 && policy !== 'skip') throw await unknownWords(model, unknown)
  return { ...(unknown.length > 0 && { unknown }), ...(made.length > 0 && { subwords: made }) }
}

async function unknownWords({ spellings }: ServedModel, words: readonly string[]): Promise<Refusal> {
  const near: Record<string, readonly string[]> = Object.create(null)
  for (const one of words.slice(0, MOST_SUGGESTED)) near[one] = await spellings.near(one)
  const shown = words
    .slice(0, MOST_SUGGESTED)
    .map(one => JSON.stringify(one.length > 64 ? `${one.slice(0, 64)}…` : one))
  const more = words.length > shown.length ? ` and ${words.length - shown.length} more` : ''
  const suggested = Object.values(near).flat()
  const fault = {
    found: `${shown.join(', ')}${more} ${words.length === 1 ? 'is' : 'are'} not in the vocabulary`,
    cure:
      suggested.length > 0
        ? say`did you mean ${suggested.join(', ')}?`
        : say`look at the spelling, or give ${option('unknown', 'skip')}`,
  }
  return new Refusal(404, 'unknown_word', fault, { also: { words: words.slice(0, 100), suggestions: near } })
}
