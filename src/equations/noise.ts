import { type Random, scale } from '../math/index.js'
import { MOST_DRAWS } from './constants.generated.js'

/**
 * Weights of the noise distribution, P(w) ∝ count^exponent; 0.75 is the paper's (Mikolov et al. 2013b, §2.2), and
 * below 0, which recommenders use, rare words weigh more (Caselles-Dupré et al. 2018). A word without a count weighs
 * nothing unless all weigh the same. `Math.pow` differs between engines, square roots do not, so the usual exponents are made of those.
 */
export function noiseWeights(counts: ArrayLike<number>, exponent: number): Float64Array {
  return Float64Array.from(counts, count => power(count, exponent))
}

function power(count: number, exponent: number): number {
  if (exponent < 0) return count > 0 ? 1 / power(count, -exponent) : 0
  if (exponent === 0.75) return Math.sqrt(count * Math.sqrt(count))
  if (exponent === 0.5) return Math.sqrt(count)
  if (exponent === 1) return count
  if (exponent === 0) return 1
  return Math.exp(exponent * Math.log(count))
}

/** Draws a word of the noise distribution or, `evenly`, any word. */
export type DrawNoise = (evenly: boolean) => number

/** One word from an alias table (math/alias-table.ts). */
export function drawWord(table: Uint32Array, random: Random, evenly = false): number {
  const slot = scale(random.next(), table.length / 2)
  return random.next() < table[2 * slot]! || evenly ? slot : table[2 * slot + 1]!
}

/** The noise distribution over words of which neighbours often weigh the same, as they do in order of frequency. */
export interface NoiseRuns {
  /** Alias table over runs of words that weigh the same. */
  readonly runs: Uint32Array
  /** The first word of each run, and the number of words. */
  readonly starts: Uint32Array
}

/** One word: a run by its weight as a whole, then any of its words. It takes three numbers, evenly or not. */
export function drawFromRuns({ runs, starts }: NoiseRuns, random: Random, evenly = false): number {
  if (evenly) return [random.next(), random.next(), random.next()].map(x => scale(x, starts.at(-1)!))[0]!
  const run = drawWord(runs, random)
  return starts[run]! + scale(random.next(), starts[run + 1]! - starts[run]!)
}

/**
 * The negative samples of one or more outside words: draws equal to one are drawn again, so there are always as many as
 * asked; a word drawn n times is there n times. kernels/negative-sampling.ts is the twin.
 */
export function drawNegativeSamples(
  drawNoise: DrawNoise,
  outside: number | readonly number[],
  negativeSamples: number,
): number[] {
  const outsides = typeof outside === 'number' ? [outside] : outside
  const words: number[] = []
  let draws = 0
  while (words.length < negativeSamples) {
    const word = drawNoise(draws++ >= MOST_DRAWS)
    if (outsides.includes(word)) continue
    words.push(word)
    draws = 0
  }
  return words
}
