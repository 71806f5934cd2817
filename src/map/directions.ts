import type { WordVectors } from '../vectors/index.js'

/** Rows at length 1 (all zeros if one has no direction), however they are kept. */
export interface Directions {
  readonly size: number
  readonly dimensions: number
  direction(i: number): Float32Array
}

export function directionsOf(rows: readonly Float32Array[]): Directions {
  return { size: rows.length, dimensions: rows[0]?.length ?? 0, direction: i => rows[i]! }
}

/** The first `size` words of the vectors. */
export function wordDirections(vectors: WordVectors, size = vectors.size): Directions {
  const { search, dimensions } = vectors
  return { size: Math.min(size, vectors.size), dimensions, direction: i => search.direction(i) }
}
