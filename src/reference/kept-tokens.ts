import { draw, scale } from '../math/index.js'
import type { DocumentLists } from './word-rows.js'

/** Stands between sentences in a stream of ids. */
export const SENTENCE_END = -1

/** A stretch of a corpus: ids[first … last) are trained, and the other ids are there for their windows. */
export interface Block {
  readonly ids: Int32Array
  readonly first: number
  readonly last: number
  /** Of ids[0] in the whole corpus, as a key of the random draws. */
  readonly position: number
  /** By place: the input row of the document that it is in, or its number in `documentRows`. Only if documents are learned. */
  readonly documents?: Uint32Array
  /** Only if documents have several rows. */
  readonly documentRows?: DocumentLists | undefined
}

/** How sub-sampling and window shrinking are drawn. */
export interface WindowSettings {
  /** Words to each side at most. */
  readonly window: number
  /** The window of a center word reaches leastReach … window words, drawn anew for each: 1 if not given. */
  readonly leastReach?: number
  /** By word id: a token is kept when its draw is at most this. */
  readonly keep: Uint32Array
  readonly keepKey: number
  readonly windowKey: number
}

/** One outside word with every center word whose window reaches it. */
export interface Window {
  readonly outside: number
  readonly centers: readonly number[]
  readonly position: number
}

/** A token that sub-sampling left, its place among the ids of the block, and how far its window reaches. */
export interface KeptToken {
  readonly id: number
  readonly place: number
  readonly reach: number
}

/**
 * The pairs of a block, grouped by outside word. Sub-sampling comes first, so windows reach further over
 * dropped tokens; each center word's window reaches 1 … `window` words to both sides, drawn anew for each, and
 * never leaves the sentence (Mikolov et al. 2013a, §3.2). kernels/gather.ts is the twin.
 */
export function* windows(block: Block, settings: WindowSettings): Generator<Window> {
  const kept = keptTokens(block, settings)
  for (let t = 0; t < kept.length; t++) {
    if (!isTrained(kept[t]!, block)) continue
    const { id, place } = kept[t]!
    const centers = centersReaching(kept, t, settings.window)
    if (centers.length > 0) yield { outside: id, centers, position: block.position + place }
  }
}

/**
 * The pairs (center, outside) whose center word lies in the block, in the order of the text: the same windows
 * seen from the center word. kernels/pairs.ts is the twin.
 */
export function* pairs(
  block: Block,
  settings: WindowSettings,
): Generator<{ center: number; outside: number }> {
  const kept = keptTokens(block, settings)
  for (const [s, token] of kept.entries()) {
    if (!isTrained(token, block)) continue
    const { id: center, reach } = token
    const before = neighbours(kept, s, -1, reach).reverse()
    for (const outside of [...before, ...neighbours(kept, s, +1, reach)]) yield { center, outside }
  }
}

/** Whether a kept token is a word of the block itself, not one that is there for its windows. */
export function isTrained({ id, place }: KeptToken, block: Block): boolean {
  return place >= block.first && place < block.last && id !== SENTENCE_END
}

/** The words that the window of the kept token at t reaches, nearest first, those before it and then those after. */
export function reachOf(kept: readonly KeptToken[], t: number): number[] {
  return [...neighbours(kept, t, -1, kept[t]!.reach), ...neighbours(kept, t, +1, kept[t]!.reach)]
}

/** The center words whose windows reach the kept token at t, nearest first, those before it and then those after. */
export function centersReaching(kept: readonly KeptToken[], t: number, window: number): number[] {
  return [...centersTo(kept, t, -1, window), ...centersTo(kept, t, +1, window)]
}

/** The kept words up to `reach` away, nearest first, in the same sentence. */
function neighbours(kept: readonly KeptToken[], s: number, direction: 1 | -1, reach: number): number[] {
  const ids: number[] = []
  for (let distance = 1; distance <= reach; distance++) {
    const token = kept[s + direction * distance]
    if (token === undefined || token.id === SENTENCE_END) break
    ids.push(token.id)
  }
  return ids
}

/** The tokens that sub-sampling leaves, with their windows, and the ends of sentences. */
export function keptTokens({ ids, position }: Block, settings: WindowSettings): KeptToken[] {
  const kept: KeptToken[] = []
  ids.forEach((id, place) => {
    if (id === SENTENCE_END) kept.push({ id, place, reach: 0 })
    else if (isKept(id, position + place, settings)) {
      kept.push({ id, place, reach: reachAt(position + place, settings) })
    }
  })
  return kept
}

function reachAt(position: number, { window, leastReach = 1, windowKey }: WindowSettings): number {
  return leastReach + scale(draw(windowKey, position), window - leastReach + 1)
}

/** Whether sub-sampling keeps the token at this position. */
export function isKept(
  id: number,
  position: number,
  settings: Pick<WindowSettings, 'keep' | 'keepKey'>,
): boolean {
  return draw(settings.keepKey, position) <= settings.keep[id]!
}

function centersTo(kept: readonly KeptToken[], t: number, direction: 1 | -1, window: number): number[] {
  const centers: number[] = []
  for (let distance = 1; distance <= window; distance++) {
    const token = kept[t + direction * distance]
    if (token === undefined || token.id === SENTENCE_END) break
    if (distance <= token.reach) centers.push(token.id)
  }
  return centers
}
