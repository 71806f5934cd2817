import type { JudgedLines } from './judged-lines.js'

/** Which labels were given to lines of which label. */
export interface Confusion {
  readonly labels: readonly string[]
  /**
   * A row for each label that lines have, a column for each that was the most probable. A line with several labels stands in the
   * row of the one that was given, or else of its first.
   */
  readonly counts: readonly (readonly number[])[]
}

export function confusionOf({ lines, labels }: JudgedLines): Confusion {
  const met = new Set(lines.flatMap(({ own, first }) => [rowOf(own, first), first]))
  const shown = labels.map((_, i) => i).filter(i => met.has(i))
  const place = new Map(shown.map((label, i) => [label, i]))
  const counts = shown.map(() => shown.map(() => 0))
  for (const { own, first } of lines)
    if (first >= 0) counts[place.get(rowOf(own, first))!]![place.get(first)!]!++
  return { labels: shown.map(i => labels[i]!), counts }
}

function rowOf(own: readonly number[], first: number): number {
  return own.includes(first) ? first : own[0]!
}
