import { dot, keyOf, norm, Purpose, Random, row } from '../math/index.js'
import { heldBackOf } from './fewer-buckets.js'
import type { Neighbor } from './neighbor.js'
import type { WordVectors } from './word-vectors.js'

/** What smaller vectors lost. */
export interface CompressionLoss {
  /** The same for words that the vectors do not know, if they have sub-words. */
  readonly unknown?: UnknownLoss
  /** The mean cosine between a word's vectors before and after. */
  readonly meanCosine: number
  /** The share of the 10 nearest words before that are among the 10 nearest after. */
  readonly neighborsKept: number
  /** Words that were asked about, drawn by the seed. */
  readonly sample: number
}

/**
 * What vectors of sub-words alone lost. Words that buckets were left out for, `heldBack`, are asked, or else known words
 * as if they were unknown.
 */
export interface UnknownLoss {
  /** The mean cosine between what sub-words give a word before and after. */
  readonly meanCosine: number
  /** The share of the 10 known words nearest to that before that are among the 10 nearest after. */
  readonly neighborsKept: number
  /** Words that were asked about. */
  readonly sample: number
}

const NEIGHBORS = 10
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** Words asked for their neighbours: 1,000, or fewer if scans are long. */
const MOST_ASKED = 1000
const PRODUCTS = 4e9
/** Words whose vectors are compared. */
const MOST_COMPARED = 20_000

/** `axes` are those that the smaller vectors are measured along, if they have fewer dimensions. */
export function measureLoss(
  before: WordVectors,
  after: WordVectors,
  axes: readonly Float64Array[] | undefined,
  seed: number,
): CompressionLoss {
  const asked = Math.max(50, Math.min(MOST_ASKED, Math.floor(PRODUCTS / (before.size * before.dimensions))))
  const ids = sampleOf(before, MOST_COMPARED, seed)
  const words = ids.slice(0, asked)
  const unknown = unknownLoss(before, after, axes, { asked, seed })
  return {
    ...(unknown && { unknown }),
    meanCosine: meanOf(ids.map(id => cosineOf(row(before.matrix, id), row(after.matrix, id), axes))),
    neighborsKept: keptOf(before, after, words),
    sample: words.length,
  }
}

/** Ids of rows that have a direction, all of them or a number of them drawn by the seed, in the order of the draws. */
function sampleOf({ size, search }: WordVectors, count: number, seed: number): number[] {
  const random = new Random(keyOf(seed, Purpose.searchSample), 0)
  const ids = new Set<number>()
  if (size <= 2 * count) {
    const all = Array.from({ length: size }, (_, id) => id)
    for (let i = size - 1; i > 0; i--) {
      const other = random.below(i + 1)
      ;[all[i], all[other]] = [all[other]!, all[i]!]
    }
    return all.filter(id => search.norm(id) > 0).slice(0, count)
  }
  while (ids.size < count) ids.add(random.below(size))
  return [...ids].filter(id => search.norm(id) > 0)
}

/** In the space of the vectors before, where those after lie along the axes. */
function cosineOf(
  before: Float32Array,
  after: Float32Array,
  axes: readonly Float64Array[] | undefined,
): number {
  const lengths = norm(before) * norm(after)
  if (lengths === 0) return 0
  const product = axes
    ? axes.reduce((sum, axis, i) => sum + after[i]! * dot(before, axis), 0)
    : dot(before, after)
  return product / lengths
}

/** Undefined if sub-words give no word a vector. */
function unknownLoss(
  before: WordVectors,
  after: WordVectors,
  axes: readonly Float64Array[] | undefined,
  { asked, seed }: { readonly asked: number; readonly seed: number },
): UnknownLoss | undefined {
  if (!before.subwords || !after.subwords) return undefined
  const { words, matrix } = before.subwords.heldBack ?? heldBackOf(before.subwords, before.vocabulary, seed)
  if (words.length === 0) return undefined
  const pairs = words.map((word, i) => {
    const made = after.subwords!.vector(word)!
    return { word: decoder.decode(word), before: row(matrix, i), after: made }
  })
  const some = pairs.slice(0, asked)
  return {
    meanCosine: meanOf(pairs.map(pair => cosineOf(pair.before, pair.after, axes))),
    neighborsKept: sharesKept(before, after, some),
    sample: words.length,
  }
}

/** A word with the vectors that it has before and after. */
interface Pair {
  readonly word: string
  readonly before: Float32Array
  readonly after: Float32Array
}

function keptOf(before: WordVectors, after: WordVectors, ids: readonly number[]): number {
  return sharesKept(
    before,
    after,
    ids.map(id => ({
      word: before.vocabulary.word(id),
      before: before.search.direction(id),
      after: after.search.direction(id),
    })),
  )
}

/** The mean share of neighbours that are kept; none are of a word whose vector has become zeros. */
function sharesKept(before: WordVectors, after: WordVectors, asked: readonly Pair[]): number {
  const pairs = asked.filter(pair => norm(pair.after) > 0)
  const count = NEIGHBORS + 1 // the word itself among them
  const old = before.nearestBatch(
    pairs.map(pair => pair.before),
    count,
  )
  const now = after.nearestBatch(
    pairs.map(pair => pair.after),
    count,
  )
  const shares = pairs.map(({ word: own }, i) => {
    const others = (found: readonly Neighbor[]) =>
      found
        .map(({ word }) => word)
        .filter(word => word !== own)
        .slice(0, NEIGHBORS)
    const kept = new Set(others(now[i]!))
    const wanted = others(old[i]!)
    return wanted.length === 0 ? 1 : wanted.filter(word => kept.has(word)).length / wanted.length
  })
  return meanOf([...shares, ...asked.slice(pairs.length).map(() => 0)])
}

function meanOf(numbers: readonly number[]): number {
  return numbers.length === 0 ? 1 : numbers.reduce((sum, x) => sum + x, 0) / numbers.length
}
