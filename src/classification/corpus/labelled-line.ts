/** A text with what is known of it. */
export interface LabelledLine {
  /** Without its labels. */
  readonly text: string
  /** Without the prefix that marks them in a file. */
  readonly labels: readonly string[]
}
