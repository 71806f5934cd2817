import { option, say, WordloomError } from '../../errors.js'

/** The vocabulary in parts: the block schedule trains one part's input rows against one part's output rows. */
export interface Parts {
  readonly count: number
  /** By word id: the part in the high 16 bits, the word's place in it in the low 16. */
  readonly places: Uint32Array
  /** The first row of each part, and the number of rows at the end: rows lie part by part. */
  readonly starts: Uint32Array
}

/** A place takes 16 bits, so a part has at most this many words. */
export const LARGEST_PART = 65_535

/** Negative samples are drawn from a part, so it must have some to choose from. */
export const FEWEST_WORDS_IN_A_PART = 8

/** With one word alone there is none to draw beside it. */
const LEAST_PART = 2

/** Parts may differ in size by this factor, since the most frequent words fill theirs with work sooner. */
export const ROOM = 1.25

/**
 * Deals the words out, most frequent first, each to the part with the least expected work so far that has room;
 * `weights` is how often each word is expected to be trained. Words that are not, in a text that lacks them, are
 * dealt by their weights in the noise distribution, if given: they are drawn as negative samples, and with parts
 * that weigh alike every word is drawn as often as it would be from all of them together. Throws `usage` if there
 * are too few words for `count` parts, or too many.
 */
export function assignParts(
  weights: ArrayLike<number>,
  count: number,
  noise: ArrayLike<number> | undefined = undefined,
): Parts {
  const words = weights.length
  if (count === 1) return undivided(words)
  refuseImpossible(words, count)
  const sizes = new PartSizes(words, count)
  const work = new Float64Array(count)
  const noiseOf = new Float64Array(count)
  const partOf = new Uint16Array(words)
  const deal = (id: number, load: Float64Array) => {
    const part = sizes.deal(load)
    work[part]! += weights[id]!
    noiseOf[part]! += noise?.[id] ?? 0
    partOf[id] = part
  }
  for (let id = 0; id < words; id++) if (!noise || weights[id]! > 0) deal(id, work)
  if (noise) for (let id = 0; id < words; id++) if (weights[id] === 0) deal(id, noiseOf)
  return { count, places: placesIn(partOf, count), starts: startsOf(sizes.sizes) }
}

function refuseImpossible(words: number, count: number): void {
  if (words >= LEAST_PART * count && words <= LARGEST_PART * count) return
  throw new WordloomError('usage', {
    action: 'train',
    found: say`${option('parts')} is ${count}, and there are ${words.toLocaleString('en')} words`,
    expected: `${LEAST_PART} to ${LARGEST_PART.toLocaleString('en')} words for each part`,
    cure: say`leave ${option('parts')} out`,
  })
}

/** How many words each part has while they are dealt, most frequent first. */
class PartSizes {
  readonly sizes: Uint32Array
  readonly #least: number
  readonly #most: number
  #words: number // still to be dealt
  #wanted: number // of these, by parts that have fewer than the least

  constructor(words: number, count: number) {
    this.sizes = new Uint32Array(count)
    this.#words = words
    this.#least = Math.max(LEAST_PART, Math.floor(words / (4 * count)))
    this.#most = roomIn(words, count, this.#least)
    this.#wanted = this.#least * count
  }

  /** The part with the least load that may have the next word, so that all others can still reach their least. */
  deal(load: Float64Array): number {
    const most = this.#wanted < this.#words ? this.#most : this.#least
    const part = leastLoaded(load, this.sizes, most)
    if (this.sizes[part]! < this.#least) this.#wanted--
    this.sizes[part]!++
    this.#words--
    return part
  }
}

/** Words that a part may have at most: room for all words, and for every other part a quarter of its even share. */
function roomIn(words: number, count: number, least: number): number {
  const room = Math.min(
    LARGEST_PART,
    Math.ceil((words / count) * ROOM) + 1,
    Math.floor((words - least) / (count - 1)),
  )
  return Math.max(room, Math.ceil(words / count))
}

/** Where a word's rows lie in both matrices. */
export function rowOf(parts: Parts, id: number): number {
  if (parts.count === 1) return id
  const place = parts.places[id]!
  return parts.starts[place >>> 16]! + (place & 0xffff)
}

/** Words of the largest part. */
export function largestPart({ starts }: Parts): number {
  return starts.slice(1).reduce((largest, start, part) => Math.max(largest, start - starts[part]!), 0)
}

/** One part has no limit to its size, since places in it are not used. */
export function undivided(words: number): Parts {
  return { count: 1, places: new Uint32Array(0), starts: Uint32Array.of(0, words) }
}

function leastLoaded(load: Float64Array, sizes: Uint32Array, most: number): number {
  let best = -1
  for (let part = 0; part < load.length; part++)
    if (sizes[part]! < most && (best < 0 || load[part]! < load[best]!)) best = part
  return best
}

/** Within a part words keep their order. */
function placesIn(partOf: Uint16Array, count: number): Uint32Array {
  const next = new Uint32Array(count)
  return Uint32Array.from(partOf, part => (part << 16) | next[part]!++)
}

function startsOf(sizes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(sizes.length + 1)
  for (const [part, size] of sizes.entries()) starts[part + 1] = starts[part]! + size
  return starts
}
