/** A word found by a search, with its cosine (or, for 3CosMul, its score). */
export interface Neighbor {
  word: string
  similarity: number
}
