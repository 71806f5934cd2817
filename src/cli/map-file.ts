import { WordloomError } from '../errors.js'
import { writeWhole } from '../files/index.js'
import type { MapOptions, WordMap } from '../map/index.js'
import type { WordVectors } from '../vectors/index.js'

/** What the map says, and the words it offers first. */
export interface MapWords {
  readonly title?: string
  readonly highlight?: readonly string[]
}

type MapForm = 'html' | 'svg'

/** Draws vectors as a page, or as a picture where the name ends in .svg, and writes it. Throws `not-written`. */
export async function saveMap(
  vectors: WordVectors,
  path: string,
  options: MapOptions = {},
  form: MapForm = /\.svg$/i.test(path) ? 'svg' : 'html',
): Promise<WordMap> {
  const { layOutMap } = await import('../map/index.js') // not loaded where no map is wanted
  const map = layOutMap(vectors, options)
  await writeWhole(path, [new TextEncoder().encode(map[form]())])
  return map
}

/** What a name stands for. Throws `usage` for endings other than .html and .svg. */
export function mapFormOf(path: string): MapForm {
  const form = /\.(html?|svg)$/i.exec(path)?.[1]?.toLowerCase()
  if (form === undefined)
    throw new WordloomError(
      'usage',
      `${path}: a map is a page or a picture; give a name that ends in .html or .svg`,
    )
  return form === 'svg' ? 'svg' : 'html'
}
