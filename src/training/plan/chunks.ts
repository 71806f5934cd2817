import type { TokenIds } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import { BLOCK, blocksIn, FARTHEST_NEIGHBOUR, stretchesIn, stretchOf } from './blocks.js'

/** A part of the text whose pairs are in memory at once, in blocks of positions. */
export interface Chunk {
  readonly firstBlock: number
  readonly endBlock: number
}

/** Pieces in which threads bucket a chunk's pairs; fixed, so that the order of pairs is. */
export const SHARDS = 16

export interface ChunkPlan {
  /** The first block of each chunk, and at the end the number of blocks. */
  readonly starts: Uint32Array
  /** Pairs that the largest chunk is expected to have, and room for chance. */
  readonly pairCapacity: number
}

/** Cuts the text into chunks of about equally many expected pairs. `keep` is by word id, as 32-bit thresholds. */
export function planChunks(
  ids: TokenIds,
  keep: Uint32Array,
  { window, reach }: Pick<TrainingOptions, 'window' | 'reach'>,
  rotations: number,
): ChunkPlan {
  const expected =
    reach === 'sentence'
      ? expectedSentencePairs(ids, keep)
      : expectedPairs(ids, keep, reach === 'full' ? 2 * window : window + 1)
  const stretch = stretchOf(ids.length)
  const total = expected.reduce((sum, pairs) => sum + pairs, 0)
  const count = Math.min(rotations, expected.length)
  const starts = [0]
  let largest = 0
  let before = 0
  let first = 0
  for (let n = 1; n <= count; n++) {
    let end = first
    let pairs = 0
    while (end < expected.length && (n === count || before + pairs < (total * n) / count))
      pairs += expected[end++]!
    if (end > first) starts.push(Math.min(end * stretch, blocksIn(ids.length)))
    largest = Math.max(largest, pairs)
    before += pairs
    first = end
  }
  return {
    starts: Uint32Array.from(starts),
    pairCapacity: Math.ceil(largest * 1.02) + 2 * window * BLOCK,
  }
}

/** The chunks in the order of the text, each with its number. */
export function* chunksOf({ starts }: Pick<ChunkPlan, 'starts'>): Generator<[number, Chunk]> {
  for (let index = 0; index + 1 < starts.length; index++)
    yield [index, { firstBlock: starts[index]!, endBlock: starts[index + 1]! }]
}

/** The blocks of positions of one shard. */
export function shardOf({ firstBlock, endBlock }: Chunk, shard: number): { first: number; last: number } {
  const blocks = endBlock - firstBlock
  return {
    first: firstBlock + Math.floor((blocks * shard) / SHARDS),
    last: firstBlock + Math.floor((blocks * (shard + 1)) / SHARDS),
  }
}

/** For each stretch of the text: a kept token meets `others` other tokens on average, fewer at the ends of a sentence. */
function expectedPairs(ids: TokenIds, keep: Uint32Array, others: number): Float64Array {
  const expected = new Float64Array(stretchesIn(ids.length))
  const positions = stretchOf(ids.length) * BLOCK
  const part = new Int32Array(BLOCK)
  for (let from = 0; from < ids.length; from += BLOCK) {
    const count = Math.min(BLOCK, ids.length - from)
    ids.read(from, from + count, part)
    const stretch = Math.floor(from / positions)
    let pairs = expected[stretch]!
    for (let i = 0; i < count; i++) {
      const id = part[i]!
      if (id >= 0) pairs += ((keep[id]! + 1) / 2 ** 32) * others
    }
    expected[stretch] = pairs
  }
  return expected
}

/** The same if a kept token meets all others of its sentence. */
function expectedSentencePairs(ids: TokenIds, keep: Uint32Array): Float64Array {
  const expected = new Float64Array(stretchesIn(ids.length))
  const positions = stretchOf(ids.length) * BLOCK
  const chances = new Float64Array(FARTHEST_NEIGHBOUR)
  const part = new Int32Array(BLOCK)
  let length = 0
  for (let from = 0; from < ids.length; from += BLOCK) {
    const count = Math.min(BLOCK, ids.length - from)
    ids.read(from, from + count, part)
    for (let i = 0; i < count; i++) {
      const id = part[i]!
      if (id >= 0) chances[length++] = (keep[id]! + 1) / 2 ** 32
      else {
        addSentence(chances.subarray(0, length), from + i - length, positions, expected)
        length = 0
      }
    }
  }
  return expected
}

function addSentence(chances: Float64Array, first: number, positions: number, expected: Float64Array): void {
  const sum = chances.reduce((total, chance) => total + chance, 0)
  for (let i = 0; i < chances.length; i++)
    expected[Math.floor((first + i) / positions)]! += chances[i]! * (sum - chances[i]!)
}
