import { WordloomError } from '../errors.js'
import { cosine } from '../math/index.js'
import { completed, number, type OptionTable } from '../options/index.js'
import { checkVectors } from './given-vectors.js'
import type { QueriedVectors } from './queried-vectors.js'
import {
  describe,
  type FoundWord,
  foundWord,
  type UnknownWordOption,
  unknownOptionTable,
} from './unknown-words.js'

/** A word of a text, alone or with a weight above 0, such as tf-idf. */
export type WeightedTerm = string | readonly [word: string, weight: number]

export interface SoftCosineOptions extends UnknownWordOption {
  /** Power to which the cosine of two words is raised. A number from 0.01 to 100; default 2. */
  readonly exponent?: number | undefined
  /** Cosine below which two words have nothing in common. A number from 0 to 1; default 0. */
  readonly threshold?: number | undefined
}

/** Every option of a soft cosine: types, ranges, defaults and help. */
export const softCosineOptionTable = {
  exponent: number(2, 0.01, 100, 'power to which the cosine of two words is raised'),
  threshold: number(0, 0, 1, 'cosine below which two words have nothing in common'),
  ...unknownOptionTable,
} as const satisfies OptionTable<keyof SoftCosineOptions>

/** Different words of a text with the sums of their weights, in one order for all texts. */
type Bag = readonly (readonly [word: FoundWord, weight: number])[]

/**
 * aᵀSb / √(aᵀSa · bᵀSb), from 0 to 1, for the bags of words a and b of two texts, where S has for each pair of words
 * max(0, cosine)^exponent, and 1 for a word with itself (Sidorov et al. 2014; exponent by Charlet & Damnati 2017). The
 * same text gives exactly 1, a side without a known word 0. Throws `unknown-word` and `usage`.
 */
export function softCosine(
  vectors: QueriedVectors,
  terms: readonly WeightedTerm[],
  others: readonly WeightedTerm[],
  options: SoftCosineOptions = {},
): number {
  checkVectors(vectors, ACTION)
  const complete = completed(softCosineOptionTable, options, ACTION)
  const [a, b] = [terms, others].map(side => bagOf(vectors, side, options))
  const alike = likeness(complete)
  const norms = Math.sqrt(form(a!, a!, alike) * form(b!, b!, alike))
  // S need not be positive definite, so that the quotient may pass 1.
  return norms > 0 ? Math.min(1, form(a!, b!, alike) / norms) : 0
}

const ACTION = 'compare texts'

function bagOf(vectors: QueriedVectors, terms: readonly WeightedTerm[], options: UnknownWordOption): Bag {
  if (!Array.isArray(terms))
    throw new WordloomError('usage', {
      action: ACTION,
      found: `a text is ${describe(terms)}`,
      expected: 'an array of words, or of [word, weight]',
    })
  const words = new Map<string, FoundWord>()
  const weights = new Map<string, number>()
  for (const term of terms) {
    const [text, weight] = weighted(term)
    const found = foundWord(vectors, text, options.unknown)
    if (!found) continue
    words.set(text, found)
    weights.set(text, (weights.get(text) ?? 0) + weight)
  }
  return [...words.keys()].sort().map(word => [words.get(word)!, weights.get(word)!])
}

function weighted(term: WeightedTerm): readonly [string, number] {
  const [word, weight] = typeof term === 'string' ? [term, 1] : Array.isArray(term) ? term : [term, 1]
  if (typeof word === 'string' && Number.isFinite(weight) && weight > 0) return [word, weight]
  throw new WordloomError('usage', {
    action: ACTION,
    found: `a word of a text is ${JSON.stringify(term) ?? describe(term)}`,
    expected: 'a string, or [word, weight] with a weight above 0',
  })
}

/** What two words have in common, from 0 to 1. */
function likeness({ exponent, threshold }: { readonly exponent: number; readonly threshold: number }) {
  return (one: FoundWord, other: FoundWord): number => {
    if (one.word === other.word) return 1
    const angle = cosine(one.vector, other.vector)
    return angle > 0 && angle >= threshold ? angle ** exponent : 0
  }
}

/** aᵀSb. */
function form(a: Bag, b: Bag, alike: ReturnType<typeof likeness>): number {
  let sum = 0
  for (const [one, weight] of a)
    for (const [other, otherWeight] of b) sum += weight * otherWeight * alike(one, other)
  return sum
}
