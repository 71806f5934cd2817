import type { TokenIds } from '../text/index.js'
import { BLOCK, blocksIn } from './blocks.js'

/** A stretch of the text whose pairs are in memory at once, in blocks of positions. */
export interface Chunk {
  readonly firstBlock: number
  readonly endBlock: number
}

/** Pieces in which threads bucket a chunk's pairs; fixed, so that the order of pairs is. */
export const SHARDS = 16

export interface ChunkPlan {
  readonly chunks: readonly Chunk[]
  /** Pairs that the largest chunk is expected to have, and room for chance. */
  readonly pairCapacity: number
}

/** Cuts the text into chunks of about equally many expected pairs. `keep` is by word id, as 32-bit thresholds. */
export function planChunks(ids: TokenIds, keep: Uint32Array, window: number, rotations: number): ChunkPlan {
  const expected = expectedPairs(ids, keep, window)
  const total = expected.reduce((sum, pairs) => sum + pairs, 0)
  const count = Math.min(rotations, expected.length)
  const chunks: Chunk[] = []
  let largest = 0
  let before = 0
  let firstBlock = 0
  for (let n = 1; n <= count; n++) {
    let endBlock = firstBlock
    let pairs = 0
    while (endBlock < expected.length && (n === count || before + pairs < (total * n) / count))
      pairs += expected[endBlock++]!
    if (endBlock > firstBlock) chunks.push({ firstBlock, endBlock })
    largest = Math.max(largest, pairs)
    before += pairs
    firstBlock = endBlock
  }
  return { chunks, pairCapacity: Math.ceil(largest * 1.02) + 2 * window * BLOCK }
}

/** The blocks of positions of one shard. */
export function shardOf({ firstBlock, endBlock }: Chunk, shard: number): { first: number; last: number } {
  const blocks = endBlock - firstBlock
  return {
    first: firstBlock + Math.floor((blocks * shard) / SHARDS),
    last: firstBlock + Math.floor((blocks * (shard + 1)) / SHARDS),
  }
}

/** For each block of positions: a kept token meets window + 1 others on average, fewer at the sentence's ends. */
function expectedPairs(ids: TokenIds, keep: Uint32Array, window: number): Float64Array {
  const expected = new Float64Array(blocksIn(ids.length))
  for (let i = 0; i < ids.length; i++) {
    const id = ids.get(i)
    if (id >= 0) expected[Math.floor(i / BLOCK)]! += ((keep[id]! + 1) / 2 ** 32) * (window + 1)
  }
  return expected
}
