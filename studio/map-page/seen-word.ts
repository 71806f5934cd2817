import type { Place } from '../map/camera.js'
import type { LabelBox } from '../map/label-boxes.js'

/** A word as it stands on the screen now; its box is that of its label. */
export interface SeenWord extends LabelBox {
  /** Whether it is written, and not only a dot. */
  readonly isLabelled: boolean
}

/** The word under a point: one whose label it touches, or else the nearest dot within reach. */
export function wordUnder(words: readonly SeenWord[], at: Place, reach: number): number | undefined {
  return cheapest(words, ({ x, y, half, isLabelled }) => {
    const room = isLabelled ? half : { x: 0, y: 0 }
    const across = Math.max(0, Math.abs(x - at.x) - room.x)
    const down = Math.max(0, Math.abs(y - at.y) - room.y)
    const distance = Math.hypot(across, down)
    return distance <= (isLabelled ? reach / 4 : reach) ? distance : undefined
  })
}

/** The nearest word from a point in a direction of length 1, rather ahead than aside. */
export function wordTowards(words: readonly SeenWord[], from: Place, direction: Place): number | undefined {
  return cheapest(words, ({ x, y }) => {
    const way = { x: x - from.x, y: y - from.y }
    const ahead = way.x * direction.x + way.y * direction.y
    const aside = Math.abs(way.x * direction.y) + Math.abs(way.y * direction.x)
    return ahead > 0 && aside <= 2 * ahead ? ahead + 2 * aside : undefined
  })
}

/** The word that costs least, of those that have a cost. */
function cheapest(
  words: readonly SeenWord[],
  cost: (word: SeenWord) => number | undefined,
): number | undefined {
  let cheapest: number | undefined
  let least = Infinity
  words.forEach((word, id) => {
    const own = cost(word) ?? Infinity
    if (own < least) [cheapest, least] = [id, own]
  })
  return cheapest
}
