import type { Inks } from './inks.js'
import { type MarkedLine, type Marks, NO_MARKS } from './marks.js'
import type { MapState } from './state.js'

/** The words that are looked at together. */
export function companyOf({ selected, analogy }: MapState): number[] {
  if (analogy) return [analogy.a, analogy.b, analogy.c, ...analogy.answers.ids]
  return selected ? [selected.id, ...selected.near.ids] : []
}

/** How they are marked, those of them that have a place. */
export function marksOf({ selected, analogy }: MapState, inks: Inks, drawn: number): Marks {
  const isDrawn = (id: number) => id < drawn
  if (analogy) return analogyMarks(analogy, inks)
  if (!selected || !isDrawn(selected.id)) return NO_MARKS
  const { id, near } = selected
  const others = near.ids
    .map((other, i) => ({ other, similarity: near.similarities[i] }))
    .filter(({ other }) => isDrawn(other))
  return {
    lines: others.map(({ other, similarity }) => ({
      from: id,
      to: other,
      color: inks.colorOf(other),
      width: 1 + 2.4 * Math.max(0, similarity) ** 2,
      isArrow: false,
    })),
    words: [
      { id, color: inks.colorOf(id), isBold: true },
      ...others.map(({ other }) => ({ id: other, color: inks.colorOf(other), isBold: false })),
    ],
  }
}

/** Two arrows that would be one if the picture were true, and dashes from a to c. */
function analogyMarks({ a, b, c, answers }: NonNullable<MapState['analogy']>, inks: Inks): Marks {
  const [answer, ...others] = answers.ids
  const arrow = (from: number, to: number): MarkedLine => ({
    from,
    to,
    color: inks.colorOf(to),
    width: 2.6,
    isArrow: true,
  })
  const dashes = (from: number, to: number): MarkedLine => ({
    from,
    to,
    color: inks.colorOf(from),
    width: 1.6,
    isArrow: false,
    isDashed: true,
  })
  return {
    lines: [dashes(a, c), dashes(b, answer), arrow(a, b), arrow(c, answer)],
    words: [
      ...[a, b, c, answer].map(id => ({ id, color: inks.colorOf(id), isBold: true })),
      ...others.map(id => ({ id, color: inks.colorOf(id), isBold: false })),
    ],
  }
}
