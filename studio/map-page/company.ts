import type { PageWord } from 'wordloom/map'
import { drawing } from '../element.js'
import type { Place } from '../map/camera.js'
import { type LabelBox, linesApart } from '../map/label-boxes.js'
import type { SeenWord } from './seen-word.js'

/** A word and its neighbors: all are written, even where the map had no room for them. */
export type Company = ReadonlyMap<number, CompanyWord>

/** Where the label of a word in company stands, and by how many halves of its height it had to go up or down. */
export interface CompanyWord extends LabelBox {
  readonly lines: number
}

/** The first word keeps its place; before others, those do that the map has room for. */
export function companyOf(ids: readonly number[], seen: readonly SeenWord[]): Company {
  const rank = (id: number) => (id === ids[0] ? 0 : seen[id].isLabelled ? 1 : 2)
  const company = new Map<number, CompanyWord>()
  for (const id of ids.toSorted((a, b) => rank(a) - rank(b))) {
    const { x, y, half } = seen[id]
    const lines = linesApart(seen[id], [...company.values()], half.y)
    company.set(id, { x, y: y + lines * half.y, half, lines })
  }
  return company
}

/** Curves from a word to its neighbors, thicker to the more similar ones. */
export function companyLines(center: number, words: readonly PageWord[], company: Company): SVGElement[] {
  const end = (id: number) => company.get(id) ?? { x: 0, y: 0 }
  return words[center].near.map(([id, similarity]) =>
    drawing('path', {
      class: `c${words[id].color}`,
      d: curve(end(center), end(id)),
      'stroke-width': (1 + 3 * similarity * similarity).toFixed(2),
      'stroke-opacity': (0.25 + 0.5 * similarity).toFixed(2),
    }),
  )
}

function curve(from: Place, to: Place): string {
  const bend = {
    x: (from.x + to.x) / 2 + (to.y - from.y) * 0.12,
    y: (from.y + to.y) / 2 - (to.x - from.x) * 0.12,
  }
  return `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`
}
