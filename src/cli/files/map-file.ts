import { WordloomError } from '../../errors.js'
import { isStream, type Output } from '../../files/index.js'
import type { MapOptions, WordMap } from '../../map/index.js'
import type { WordVectors } from '../../vectors/index.js'

/** What the map says, and the words it offers first. */
export interface MapWords {
  readonly title?: string
  readonly highlight?: readonly string[]
}

type MapForm = 'html' | 'svg'

/** A map that is laid out, and the file that it becomes. */
export interface DrawnMap {
  readonly map: WordMap
  readonly output: Output
}

/** Draws vectors as a page, or as a picture if the name ends in .svg. */
export async function drawnMap(
  vectors: WordVectors,
  path: string,
  options: MapOptions = {},
  form: MapForm = /\.svg$/i.test(path) ? 'svg' : 'html',
): Promise<DrawnMap> {
  const { layOutMap } = await import('../../map/index.js') // not loaded unless a map is wanted
  const map = layOutMap(vectors, options)
  return { map, output: { path, chunks: [new TextEncoder().encode(map[form]())] } }
}

/** What a name stands for: standard output, devices and pipes get a page. Throws `usage` for endings of other files. */
export async function mapFormOf(path: string): Promise<MapForm> {
  const form = /\.(html?|svg)$/i.exec(path)?.[1]?.toLowerCase()
  if (form === undefined && !(await isStream(path)))
    throw new WordloomError('usage', {
      action: 'draw the map',
      found: `${path} ends in neither .html nor .svg`,
      cure: 'give a name that ends in .html for a page, or in .svg for a picture',
    })
  return form === 'svg' ? 'svg' : 'html'
}
