/**
 * Counter-based random numbers: every draw is a function of (seed, purpose, where in the run), so that no
 * result depends on the order in which threads arrive. 32-bit operations only, because kernels/random.ts
 * repeats them bit for bit.
 */

/** One number per use of chance, so that no two uses share draws. */
export const Purpose = {
  inputVectors: 1,
  subsampling: 2,
  window: 3,
  negativeSamples: 4,
  heldOut: 5,
  ownNegativeSamples: 6,
  map: 20,
  bootstrap: 30,
  randomBaseline: 31,
  walks: 40,
  walkOrder: 41,
  searchSample: 42,
  productCodes: 43,
  lineOrder: 50,
  lineLabel: 51,
} as const

/** 2³² divided by the golden ratio, odd: steps of a Weyl sequence. */
export const GOLDEN = 0x9e3779b9

/** A bijection of 32-bit numbers whose outputs look unrelated to its inputs (lowbias32, C. Wellons 2018). */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

/** The 32-bit key of one purpose within one run; further indices (an epoch, a chunk) narrow it. */
export function keyOf(seed: number, purpose: number, ...indices: readonly number[]): number {
  let key = mix((seed >>> 0) + GOLDEN)
  key = mix(key ^ Math.floor(seed / 2 ** 32)) // seeds may have up to 53 bits
  for (const index of [purpose, ...indices]) key = mix((key ^ index) + GOLDEN)
  return key
}

/** The draw of `key` at `position` (0 to 2⁵³), as an integer in [0, 2³²). */
export function draw(key: number, position: number): number {
  const low = position >>> 0
  const high = Math.floor(position / 2 ** 32)
  return mix(mix(low ^ key) + Math.imul(high, GOLDEN) + key)
}

/** As many draws as wanted, all belonging to one key and position. */
export class Random {
  #state: number

  constructor(key: number, position: number) {
    this.#state = draw(key, position)
  }

  /** An integer in [0, 2³²). */
  next(): number {
    this.#state = (this.#state + GOLDEN) >>> 0
    return mix(this.#state)
  }

  /** An integer in [0, limit): the high word of a 64-bit product, so limit may be up to 2³². */
  below(limit: number): number {
    return scale(this.next(), limit)
  }

  /** A number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.next() / 2 ** 32
  }
}

/** floor(random · limit / 2³²) without 64-bit integers: both factors are below 2³². */
export function scale(random: number, limit: number): number {
  const low = (random & 0xffff) * limit
  return Math.floor(((random >>> 16) * limit + Math.floor(low / 65536)) / 65536)
}
