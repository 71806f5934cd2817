import { WordloomError } from '../errors.js'
import type { Matrix } from '../math/index.js'
import { centeredRows, type Similarities, similaritiesOf, unitRows } from './neighbors.js'

/** What a map is drawn from: `WordVectors` has it, and so has anything of this shape. */
export interface MappedVectors {
  readonly vocabulary: {
    readonly size: number
    /** How often each word was seen, by id; all zero if that is not known. */
    readonly counts: ArrayLike<number>
    word(id: number): string
  }
  /** A row a word, the most frequent word first. */
  readonly matrix: Matrix
  readonly dimensions: number
  /** Whether words without a row may have vectors all the same. */
  readonly subwords?: object
}

/** Candidates are this many times the words wanted, taken from the top of the vocabulary. */
const CANDIDATES_PER_WORD = 4
/** Similarities of all pairs are kept in memory: 3,000 words make 36 MB. */
const MOST_CANDIDATES = 3000
/** How many near words make the company by which a word is judged: against all candidates, and within the map. */
const WIDE_COMPANY = 20
const CLOSE_COMPANY = 5
/** What being the most frequent word is worth, against being the one with the closest company (1). */
const WEIGHT_OF_FREQUENCY = 0.5
/** Words kept for distinctness, per word wanted; the surplus goes for want of company within the map. */
const SURPLUS = 1.3

/**
 * The ids of the words worth drawing, ascending, so most frequent first. No list of stop words, so any language
 * will do: take away what all vectors have in common, and function words, which keep company with everything,
 * have no near words, while words with a meaning have. `always` are in whatever they are.
 */
export function chooseWords(vectors: MappedVectors, count: number, always: readonly string[] = []): number[] {
  const highlighted = idsOf(vectors, always)
  const wanted = Math.max(count, highlighted.size)
  const candidates = candidatesOf(vectors, wanted, highlighted)
  if (candidates.length <= wanted) return candidates
  const similarities = similaritiesOf(centeredRows(unitRows(vectors.matrix, candidates)))
  const fixed = candidates.map(id => highlighted.has(id))
  const distinct = mostDistinct(similarities, fixed, Math.ceil(wanted * SURPLUS))
  return withoutLonely(similarities, distinct, fixed, wanted).map(index => candidates[index]!)
}

/** The ids of `words`. Throws `unknown-word` if the vocabulary lacks one. */
export function idsOf({ vocabulary, subwords }: MappedVectors, words: readonly string[]): Set<number> {
  const missing = new Set(words)
  const ids = new Set<number>()
  for (let id = 0; id < vocabulary.size && missing.size > 0; id++)
    if (missing.delete(vocabulary.word(id))) ids.add(id)
  for (const word of missing)
    throw new WordloomError('unknown-word', {
      action: `highlight "${word}"`,
      found: `it is not among the ${vocabulary.size} words of these vectors${subwords ? ', and a map draws no words that have sub-words only' : ''}`,
      cure: 'leave it out, or check its spelling and capitals',
    })
  return ids
}

function candidatesOf({ vocabulary, matrix }: MappedVectors, wanted: number, always: Set<number>): number[] {
  const most = Math.max(wanted, Math.min(MOST_CANDIDATES, wanted * CANDIDATES_PER_WORD))
  const found: number[] = []
  for (let id = 0; id < vocabulary.size && found.length < most; id++)
    if (!always.has(id) && isWordLike(vocabulary.word(id)) && hasDirection(matrix, id)) found.push(id)
  if (found.length + always.size < 2)
    return Array.from({ length: Math.min(vocabulary.size, wanted) }, (_, id) => id)
  return [...found, ...always].sort((a, b) => a - b)
}

/** Letters enough to mean something: three, or one in the scripts that write a word or syllable with one. */
export function isWordLike(word: string): boolean {
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(word)) return true
  return (word.match(/\p{L}/gu)?.length ?? 0) > 2
}

function hasDirection({ data, stride, columns }: Matrix, id: number): boolean {
  let squares = 0
  for (let i = id * stride; i < id * stride + columns; i++) squares += data[i]! * data[i]!
  return squares > 0 && Number.isFinite(squares)
}

/** The `count` words with the closest company, frequent words preferred, ascending. */
function mostDistinct(similarities: Similarities, fixed: readonly boolean[], count: number): number[] {
  const everyone = Array.from(fixed, (_, index) => index)
  const company = everyone.map(index => companyOf(similarities, index, everyone, WIDE_COMPANY))
  const score = new Float64Array(fixed.length)
  everyone
    .toSorted((a, b) => company[a]! - company[b]! || b - a)
    .forEach((index, place) => {
      score[index] = fixed[index] ? Number.POSITIVE_INFINITY : place - index * WEIGHT_OF_FREQUENCY
    })
  return everyone
    .toSorted((a, b) => score[b]! - score[a]! || a - b)
    .slice(0, count)
    .sort((a, b) => a - b)
}

/** Drops, a few at a time, the words that have the least company among those left, until `wanted` are left. */
function withoutLonely(
  similarities: Similarities,
  chosen: readonly number[],
  fixed: readonly boolean[],
  wanted: number,
): number[] {
  let left = [...chosen]
  while (left.length > wanted) {
    const company = new Map(left.map(index => [index, companyOf(similarities, index, left, CLOSE_COMPANY)]))
    const lonely = left
      .filter(index => !fixed[index])
      .sort((a, b) => company.get(a)! - company.get(b)! || b - a)
      .slice(0, Math.min(left.length - wanted, Math.ceil(left.length / 20)))
    const dropped = new Set(lonely)
    left = left.filter(index => !dropped.has(index))
  }
  return left
}

/** The mean similarity of a word with the `count` nearest to it among `others`. */
export function companyOf(
  { size, values }: Similarities,
  index: number,
  others: readonly number[],
  count: number,
): number {
  const ascending = Float32Array.from(others, other => values[index * size + other]!).sort()
  const company = ascending.slice(Math.max(0, ascending.length - 1 - count), ascending.length - 1) // the last is itself
  return company.reduce((sum, value) => sum + value, 0) / Math.max(1, company.length)
}
