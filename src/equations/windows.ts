import { draw, scale } from '../math/random.js'

/** Stands between sentences in a stream of ids. */
export const SENTENCE_END = -1

/** A stretch of a corpus: ids[first … last) is what is trained, the rest is there for its windows. */
export interface Block {
  readonly ids: Int32Array
  readonly first: number
  readonly last: number
  /** Of ids[0] in the whole corpus: what the random draws are keyed by. */
  readonly position: number
}

/** How sub-sampling and window shrinking are drawn. */
export interface WindowSettings {
  /** Words to each side at most. */
  readonly window: number
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

interface KeptToken {
  readonly id: number
  readonly place: number
  readonly reach: number
}

/**
 * The pairs of a block, grouped by outside word. Sub-sampling comes first, so windows reach further over
 * dropped tokens; each center word's window reaches 1 … `window` words to both sides, drawn anew for each, and
 * never leaves the sentence (Mikolov et al. 2013a, §3.2). kernels/windows.ts is the twin.
 */
export function* windows(block: Block, settings: WindowSettings): Generator<Window> {
  const kept = keptTokens(block, settings)
  for (let t = 0; t < kept.length; t++) {
    const { id, place } = kept[t]!
    if (place < block.first || place >= block.last || id === SENTENCE_END) continue
    const centers = [
      ...centersReaching(kept, t, -1, settings.window),
      ...centersReaching(kept, t, +1, settings.window),
    ]
    if (centers.length > 0) yield { outside: id, centers, position: block.position + place }
  }
}

function keptTokens({ ids, position }: Block, settings: WindowSettings): KeptToken[] {
  const kept: KeptToken[] = []
  ids.forEach((id, place) => {
    if (id === SENTENCE_END) kept.push({ id, place, reach: 0 })
    else if (isKept(id, position + place, settings)) {
      const reach = 1 + scale(draw(settings.windowKey, position + place), settings.window)
      kept.push({ id, place, reach })
    }
  })
  return kept
}

/** Whether sub-sampling keeps the token at this position. */
export function isKept(
  id: number,
  position: number,
  settings: Pick<WindowSettings, 'keep' | 'keepKey'>,
): boolean {
  return draw(settings.keepKey, position) <= settings.keep[id]!
}

function centersReaching(kept: readonly KeptToken[], t: number, direction: 1 | -1, window: number): number[] {
  const centers: number[] = []
  for (let distance = 1; distance <= window; distance++) {
    const token = kept[t + direction * distance]
    if (token === undefined || token.id === SENTENCE_END) break
    if (distance <= token.reach) centers.push(token.id)
  }
  return centers
}
