import { paddedStride } from '../../math/index.js'

/** Columns of both matrices that are a matrix of their own. */
export interface Slice {
  readonly first: number
  readonly columns: number
}

/** Narrower slices would be more work to pass than to train. */
const LEAST_COLUMNS = 24
/** More threads than that share no work. */
const MOST_SLICES = 8

/**
 * The columns in as many slices as so many dimensions can have, whatever the threads: scores are sums over the slices, so that
 * their number is part of what decides the bytes of a result. All but the last are multiples of four columns.
 */
export function slicesOf(dimensions: number): Slice[] {
  const vectors = paddedStride(dimensions) / 4
  const count = Math.max(1, Math.min(MOST_SLICES, Math.floor(dimensions / LEAST_COLUMNS)))
  const ends = Array.from({ length: count }, (_, i) => 4 * Math.ceil((vectors * (i + 1)) / count))
  return ends.map((end, i) => {
    const first = i === 0 ? 0 : ends[i - 1]!
    return { first, columns: Math.min(end, dimensions) - first }
  })
}
