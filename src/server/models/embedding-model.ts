import type { Embedded } from './embedder.js'

/** What makes vectors of texts: a model that is loaded, or one whose rows are looked up. */
export interface EmbeddingModel {
  readonly name: string
  readonly dimensions: number
  /** Whether its numbers are ordered by how much they tell, so that the first ones are a shorter vector. */
  readonly isOrdered: boolean
  /** Writes the vector of a text into `vector`, zeros as long as a row. */
  embed(text: string, vector: Float32Array): Embedded | Promise<Embedded>
}
