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
  /**
   * What became of sub-words, if the vectors given or this training have any: 'given': those of the vectors go on; 'absent':
   * the vectors have none, and all start as new; 'of-other-settings': they have other n-grams or buckets, and all start as
   * new; 'left-out': this training learns none.
   */
  readonly subwords?: 'given' | 'absent' | 'of-other-settings' | 'left-out'
  /** Words whose input vectors stay as they are. */
  readonly frozen: number
}
