import { writeWhole } from '../files/index.js'
import { drawMap, type MapOptions } from '../map/index.js'
import type { WordVectors } from '../vectors/index.js'

/** Draws vectors as a page and writes it. Throws `not-written`. */
export async function saveMap(vectors: WordVectors, path: string, options: MapOptions = {}): Promise<void> {
  await writeWhole(path, [new TextEncoder().encode(drawMap(vectors, options))])
}
