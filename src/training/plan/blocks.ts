import { isKept, SENTENCE_END, type WindowSettings } from '../../reference/index.js'
import type { TokenIds } from '../../text/index.js'

/** Positions trained per kernel call: short enough that the engine soon swaps in its optimised code. */
export const BLOCK = 4096

/** How far beyond its block a thread looks for the neighbours that sub-sampling left. */
export const FARTHEST_NEIGHBOUR = 8192

/** The longest stretch of ids that a kernel is given at once. */
export const LONGEST_BLOCK = BLOCK + 2 * FARTHEST_NEIGHBOUR

export function blocksIn(length: number): number {
  return Math.ceil(length / BLOCK)
}

/** Stretches of a text at most, so that memory for each of them stays small however long the text is. */
export const MOST_STRETCHES = 1 << 16

/** Blocks in a stretch: one, up to 268 million positions; then 2, 4, 8 … */
export function stretchOf(length: number): number {
  let stretch = 1
  while (blocksIn(length) > MOST_STRETCHES * stretch) stretch *= 2
  return stretch
}

export function stretchesIn(length: number): number {
  return Math.ceil(blocksIn(length) / stretchOf(length))
}

/** Where a block and the neighbours that its windows reach begin and end, as positions in the corpus. */
export interface BlockRange {
  readonly from: number
  readonly first: number
  readonly last: number
  readonly to: number
}

/** Block `index` with `window` kept tokens on both sides, fewer if its sentences end before. */
export function blockRange(ids: TokenIds, index: number, settings: WindowSettings): BlockRange {
  const first = index * BLOCK
  const last = Math.min(first + BLOCK, ids.length)
  return {
    from: neighbours(ids, first - 1, -1, settings) + 1,
    first,
    last,
    to: neighbours(ids, last, +1, settings),
  }
}

/** The first position, going from `start` in `direction`, that no window can need. */
function neighbours(ids: TokenIds, start: number, direction: 1 | -1, settings: WindowSettings): number {
  let kept = 0
  let i = start
  for (; kept < settings.window && Math.abs(i - start) < FARTHEST_NEIGHBOUR; i += direction) {
    if (i < 0 || i >= ids.length) break
    const id = ids.get(i)
    if (id === SENTENCE_END) break
    if (isKept(id, i, settings)) kept++
  }
  return i
}
