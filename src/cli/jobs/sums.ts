import type { Combination, Neighbor, Term, WordVectors } from '../../vectors/index.js'
import { type WeightedWord, weightedWord } from '../files/weighted-word.js'

/** Words to go towards and away from. */
export interface Sum {
  readonly plus: readonly WeightedWord[]
  readonly minus: readonly WeightedWord[]
}

/** Words as they are asked for: alone, to add, to subtract. */
export interface AskedWords {
  readonly words: readonly string[]
  readonly plus?: readonly string[] | undefined
  readonly minus?: readonly string[] | undefined
  /** One sum of all words; without it each word without a sign or weight is a sum alone. */
  readonly together?: boolean | undefined
}

export function sumsOf(vectors: WordVectors, { words, plus = [], minus = [], together }: AskedWords): Sum[] {
  const weighted = (group: readonly string[]) => group.map(text => weightedWord(text, vectors))
  const isWord = (word: string) => vectors.has(`-${word}`) && !vectors.has(word) // "-LRB-"
  const signed = minus.filter(isWord).map(word => `-${word}`)
  const plain = weighted([...words, ...signed])
  const [added, taken] = [weighted(plus), weighted(minus.filter(word => !isWord(word)))]
  const isOne =
    together ||
    added.length + taken.length > 0 ||
    (plain.length > 1 && plain.some(({ weight }) => weight !== 1))
  return isOne
    ? [{ plus: [...plain, ...added], minus: taken }]
    : plain.map(word => ({ plus: [word], minus: [] }))
}

/** king -man +woman, as they stand in a line. */
export function wordsIn(line: string): AskedWords {
  const parts = line.split(/\s+/).filter(part => part !== '')
  const signed = (sign: string) =>
    parts.filter(part => part.length > 1 && part.startsWith(sign)).map(part => part.slice(1))
  const [plus, minus] = [signed('+'), signed('-')]
  return { words: parts.filter(part => part.length === 1 || !/^[+-]/.test(part)), plus, minus }
}

/** Each word of the sums. */
export function wordsOf(sums: readonly Sum[]): string[] {
  return sums.flatMap(({ plus, minus }) => [...plus, ...minus]).map(({ word }) => word)
}

export function asQuery({ plus, minus }: Sum): Combination {
  return { positive: plus.map(asTerm), negative: minus.map(asTerm) }
}

function asTerm({ word, weight }: WeightedWord): Term {
  return [word, weight]
}

/** Weights are there only if one was given. */
export function asJson({ plus, minus }: Sum, nearest: readonly Neighbor[]): object {
  const words = (group: readonly WeightedWord[]) => group.map(({ word }) => word)
  const weights = (group: readonly WeightedWord[]) => group.map(({ weight }) => weight)
  const isWeighted = [...plus, ...minus].some(({ weight }) => weight !== 1)
  return {
    plus: words(plus),
    minus: words(minus),
    ...(isWeighted && { plusWeights: weights(plus), minusWeights: weights(minus) }),
    nearest,
  }
}

export function titleOf({ plus, minus }: Sum): string {
  const term = ({ word, weight }: WeightedWord) => (weight === 1 ? word : `${weight} ${word}`)
  const signed = minus.map(word => `− ${term(word)}`)
  return [plus.map(term).join(' + '), ...signed].join(' ').trimStart()
}
