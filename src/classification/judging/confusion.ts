import type { JudgedLines } from './judged-lines.js'

/** Which labels were given to lines of which label. */
export interface Confusion {
  /** The 1,024 that stand for most lines, if there are more. */
  readonly labels: readonly string[]
  /**
   * A row for each label that lines have, a column for each that was the most probable. A line with several labels stands in the
   * row of the one that was given, or else of its first.
   */
  readonly counts: readonly (readonly number[])[]
  /** Lines that stand in no row or column: those without an answer, and those of labels that are left out. */
  readonly others: number
}

/** A matrix of more labels has those alone that stand for most lines. */
const MOST_LABELS = 1024

export function confusionOf({ lines, labels }: JudgedLines): Confusion {
  const shown = mostMet(lines)
  const place = new Map(shown.map((label, i) => [label, i]))
  const counts = shown.map(() => shown.map(() => 0))
  let others = 0
  for (const { own, first } of lines) {
    const [row, column] = [place.get(rowOf(own, first)), place.get(first)]
    if (row === undefined || column === undefined) others++
    else counts[row]![column]!++
  }
  return { labels: shown.map(i => labels[i]!), counts, others }
}

/** In the order of their numbers. */
function mostMet(lines: JudgedLines['lines']): number[] {
  const met = new Map<number, number>()
  for (const { own, first } of lines)
    for (const label of [rowOf(own, first), first]) if (label >= 0) met.set(label, (met.get(label) ?? 0) + 1)
  const byCount = [...met].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b)
  return byCount
    .slice(0, MOST_LABELS)
    .map(([label]) => label)
    .sort((a, b) => a - b)
}

function rowOf(own: readonly number[], first: number): number {
  return own.includes(first) ? first : own[0]!
}
