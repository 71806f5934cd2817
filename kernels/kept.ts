// The tokens of a block that sub-sampling keeps, with the reach of their windows.

import { load32, store32 } from './lists'
import { draw, scale } from './random'
import { Block, Kept, Model } from './records.generated'

export const SENTENCE_END: i32 = -1

/** Writes the tokens that sub-sampling keeps, with their windows' reach, and the ends of sentences. */
export function keepWords(model: Model, block: Block, kept: Kept): void {
  let count: u32 = 0
  for (let i: u32 = 0; i < block.count; i++) {
    const id = load32(block.ids, i)
    const position = block.position + i
    if (<i32>id !== SENTENCE_END) {
      if (draw(block.keepKey, position) > load32(model.keep, id)) continue
      store32(kept.reach, count, reachAt(model, block.windowKey, position))
    }
    store32(kept.ids, count, id)
    store32(kept.index, count, i)
    count++
  }
  kept.count = count
}

/** How far the window of the center word at this position reaches: leastReach … window, all equally likely. */
function reachAt(model: Model, key: u32, position: u64): u32 {
  const least = model.leastReach
  return least + scale(draw(key, position), model.window - least + 1)
}

export function endsSentence(kept: Kept, t: u32): bool {
  return <i32>load32(kept.ids, t) === SENTENCE_END
}

/** Whether the kept token at t is a word of the block, and not one that is there for its windows. */
export function isTrained(block: Block, kept: Kept, t: u32): bool {
  const index = load32(kept.index, t)
  if (index < block.first || index >= block.last) return false
  return !endsSentence(kept, t)
}

export function positionOf(block: Block, kept: Kept, t: u32): u64 {
  return block.position + load32(kept.index, t)
}
