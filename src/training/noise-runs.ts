import { type NoiseRuns, noiseWeights } from '../equations/noise.js'
import { aliasTable } from '../math/alias-table.js'
import type { Layout } from './layout.js'

/** Bytes that the table can take: as many runs as words, where no two are equally frequent. */
export function noiseRunsBytes(words: number): number {
  return (HEADER + 3 * words + 1) * 4
}

/** The number of runs, and room that keeps the entries on multiples of eight bytes. */
const HEADER = 2

/**
 * The noise distribution of the window schedule, as u32 at `layout.noise`: how many runs of equally frequent
 * words; then (threshold, alias) of each run; then the first word of each, and the number of words. Words are in
 * the order of the vocabulary, so that a text of 17 million words with 70,000 different ones has 2,400 runs.
 */
export function writeNoiseRuns(
  layout: Layout,
  memory: WebAssembly.Memory,
  counts: ArrayLike<number>,
  exponent: number,
): void {
  const weights = noiseWeights(counts, exponent)
  const starts = startsOfRuns(weights)
  const count = starts.length - 1
  const sums = Float64Array.from({ length: count }, (_, run) => {
    return weights[starts[run]!]! * (starts[run + 1]! - starts[run]!)
  })
  const table = new Uint32Array(memory.buffer, layout.noise, HEADER + 3 * count + 1)
  table[0] = count
  aliasTable(sums, table.subarray(HEADER))
  table.set(starts, HEADER + 2 * count)
}

export function noiseRuns(layout: Layout, memory: WebAssembly.Memory): NoiseRuns {
  const [count] = new Uint32Array(memory.buffer, layout.noise, 1)
  const table = new Uint32Array(memory.buffer, layout.noise, HEADER + 3 * count! + 1)
  const end = HEADER + 2 * count!
  return { runs: table.subarray(HEADER, end), starts: table.subarray(end) }
}

function startsOfRuns(weights: Float64Array): number[] {
  const starts = [0]
  for (let i = 1; i < weights.length; i++) if (weights[i] !== weights[i - 1]) starts.push(i)
  return [...starts, weights.length]
}
