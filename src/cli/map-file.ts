import { writeWhole } from '../files/index.js'
import type { MapOptions } from '../map/index.js'
import type { WordVectors } from '../vectors/index.js'

/** What the map says, and the words it offers first. */
export interface MapWords {
  readonly title?: string
  readonly highlight?: readonly string[]
}

/** Draws vectors as a page and writes it. Throws `not-written`. */
export async function saveMap(vectors: WordVectors, path: string, options: MapOptions = {}): Promise<void> {
  const { drawMap } = await import('../map/index.js') // not loaded where no map is wanted
  await writeWhole(path, [new TextEncoder().encode(drawMap(vectors, options))])
}
