/** What became of the vectors that training started from. */
export interface StartFacts {
  /** A model goes on, with its words and their counts; else words of the text took over vectors. */
  readonly continues: boolean
  /** Words of which a vector was given. */
  readonly given: number
  /** Words that start from a given vector, and words that start as new. */
  readonly matched: number
  readonly fresh: number
  /** Given words that the text has. */
  readonly inText: number
  /** Whether output vectors were given, and could be used; they start at zero otherwise. */
  readonly outputVectors: 'given' | 'absent' | 'of-another-objective' | 'of-another-tree'
  /** Words whose input vectors stay as they are. */
  readonly frozen: number
}
