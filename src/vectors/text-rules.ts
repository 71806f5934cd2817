/** Stands for a token whose row is zeros, and which counts in the mean all the same. */
export const ZEROS = -1

/** How the makers of a static sentence model turn a text into a vector: the mean of the rows of its tokens. */
export interface TextRules {
  /** The tokens of a text in their order, as rows of the vocabulary or `ZEROS`. Throws `bad-data` and `usage`. */
  readonly rowsOf: (text: string) => readonly number[]
  /** The row of the token that stands for everything unknown, if it counts in the mean. */
  readonly unknown?: number | undefined
  /** Whether the vector of a text is brought to length 1. */
  readonly hasLengthOne: boolean
}
