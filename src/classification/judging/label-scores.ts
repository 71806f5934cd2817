/** How well labels are found. */
export interface Scores {
  /** The share of the labels given that are right; null if none was given. */
  readonly precision: number | null
  /** The share of the lines' own labels that were given; null if there are none. */
  readonly recall: number | null
  /** 2 · right / (given + own); null if both are 0. */
  readonly f1: number | null
}

/** What scores are made of. */
export interface Tally {
  /** How often lines have the label. */
  readonly own: number
  /** How often it was given. */
  readonly given: number
  /** How often it was given to a line that has it. */
  readonly right: number
}

/** A label with its tally and its scores. */
export interface LabelScores extends Scores, Tally {
  readonly label: string
  /** Whether the classifier has it. */
  readonly isKnown: boolean
}

export function scoresOf({ own, given, right }: Tally): Scores {
  return {
    precision: share(right, given),
    recall: share(right, own),
    f1: share(2 * right, given + own),
  }
}

/** The mean over labels, each of the same weight; what is not defined counts as 0. */
export function meanScores(labels: readonly Scores[]): Scores {
  const mean = (score: (one: Scores) => number | null) =>
    labels.length === 0 ? null : labels.reduce((sum, one) => sum + (score(one) ?? 0), 0) / labels.length
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  }
}

/** Null for a share of nothing. */
function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}
