import type { NoiseRuns } from '../../equations/inner.js'
import { aliasTable } from '../../math/index.js'
import type { Memory } from '../../wasm/index.js'
import type { Parts } from '../plan/parts.js'

/** The number of runs, and room that keeps the entries on multiples of eight bytes. */
const HEADER = 2

/** Where the tables begin in the memory of the kernels. */
export interface NoisePlace {
  readonly noise: number
}

/** Bytes that the tables of all parts can take: as many runs as words, if no two are equally frequent. */
export function noiseRunsBytes(parts: Parts): number {
  return tableOffset(parts, parts.count)
}

/** Where the table of a part begins, in the memory of the kernels. */
export function noiseRunsAt({ noise }: NoisePlace, parts: Parts, part: number): number {
  return noise + tableOffset(parts, part)
}

/** Three numbers a word, and four more for header and end; a multiple of eight bytes. */
function tableOffset({ starts }: Parts, part: number): number {
  return Math.ceil((3 * starts[part]! + 4 * part) / 2) * 8
}

/**
 * The noise distribution of one part, as u32: how many runs of words of equal weight; then (threshold, alias) of
 * each run; then the first word of each, and the number of words. Words are in the order of the rows, so that a
 * text of 17 million words with 70,000 different ones has 2,400 runs in all.
 */
export function writeNoiseRuns(
  place: NoisePlace,
  memory: Memory,
  parts: Parts,
  part: number,
  weights: Float64Array,
): void {
  const starts = startsOfRuns(weights)
  const count = starts.length - 1
  const sums = Float64Array.from({ length: count }, (_, run) => {
    return weights[starts[run]!]! * (starts[run + 1]! - starts[run]!)
  })
  const table = new Uint32Array(memory.buffer, noiseRunsAt(place, parts, part), HEADER + 3 * count + 1)
  table[0] = count
  aliasTable(sums, table.subarray(HEADER))
  table.set(starts, HEADER + 2 * count)
}

export function noiseRuns(place: NoisePlace, memory: Memory, parts: Parts, part: number): NoiseRuns {
  const at = noiseRunsAt(place, parts, part)
  const [count] = new Uint32Array(memory.buffer, at, 1)
  const table = new Uint32Array(memory.buffer, at, HEADER + 3 * count! + 1)
  const end = HEADER + 2 * count!
  return { runs: table.subarray(HEADER, end), starts: table.subarray(end) }
}

function startsOfRuns(weights: Float64Array): number[] {
  const starts = [0]
  for (let i = 1; i < weights.length; i++) if (weights[i] !== weights[i - 1]) starts.push(i)
  return [...starts, weights.length]
}
