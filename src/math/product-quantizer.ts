import { keyOf, Purpose, Random } from './random.js'

/** Centers a segment; a code is one byte. */
export const CENTERS = 256
/** How centers are learned. */
export interface CenterLearning {
  /** Rows that they are learned from: 40 a center if not given. */
  readonly sample?: number
  /** Rounds of k-means: 10 if not given. */
  readonly rounds?: number
  /** Columns of each segment but the last one, which may have fewer; if not given, all are about as wide. */
  readonly width?: number
}

/** Gives row i, of length 1 or of zeros; the array may be overwritten by the next call. */
export type RowReader = (i: number) => ArrayLike<number>

/**
 * Product quantisation (Jégou, Douze and Schmid 2011): a row is cut into segments, and of each segment only the
 * nearest of 256 centers is kept, a byte. Sums are + − × in float64, so the same seed gives the same bytes
 * everywhere.
 */
export class ProductQuantizer {
  readonly columns: number
  readonly segments: number
  /** 256 × columns: row c has center c of every segment, one after another. */
  readonly centers: Float32Array
  readonly #bounds: Int32Array
  readonly #distances = new Float64Array(CENTERS)
  readonly #turned: Float64Array // columns × 256, so that one number of all centers lies together
  readonly #halfSquares: Float64Array // of the centers, segments × 256

  constructor(columns: number, segments: number, centers: Float32Array, width?: number) {
    this.columns = columns
    this.segments = segments
    this.centers = centers
    this.#bounds = Int32Array.from({ length: segments + 1 }, (_, s) =>
      width === undefined ? Math.floor((s * columns) / segments) : Math.min(s * width, columns),
    )
    this.#turned = new Float64Array(columns * CENTERS)
    this.#halfSquares = new Float64Array(segments * CENTERS)
    this.#turn()
  }

  /** Learns centers from a sample of the rows by k-means. */
  static learn(
    row: RowReader,
    rows: number,
    columns: number,
    segments: number,
    seed: number,
    { sample: most = 40 * CENTERS, rounds = 10, width }: CenterLearning = {},
  ): ProductQuantizer {
    const random = new Random(keyOf(seed, Purpose.productCodes), 0)
    const ids = Array.from({ length: Math.min(rows, most) }, (_, i) =>
      rows <= most ? i : random.below(rows),
    )
    const sample = new Float32Array(ids.length * columns)
    for (const [i, id] of ids.entries()) sample.set(row(id), i * columns)
    const centers = new Float32Array(CENTERS * columns)
    for (let c = 0; c < CENTERS; c++) {
      const start = random.below(ids.length) * columns
      centers.set(sample.subarray(start, start + columns), c * columns)
    }
    const quantizer = new ProductQuantizer(columns, segments, centers, width)
    for (let round = 0; round < rounds; round++) quantizer.#improve(sample, ids.length)
    return quantizer
  }

  /** Writes the codes of a row, one a segment. */
  encode(row: ArrayLike<number>, codes: Uint8Array): void {
    for (let s = 0; s < this.segments; s++) codes[s] = this.#nearest(row, 0, s)
  }

  decode(codes: Uint8Array, target: Float32Array): void {
    const bounds = this.#bounds
    for (let s = 0; s < this.segments; s++)
      for (let i = bounds[s]!; i < bounds[s + 1]!; i++)
        target[i] = this.centers[codes[s]! * this.columns + i]!
  }

  /** query · center for each segment and center: sums of them are the products with whole rows. */
  products(query: ArrayLike<number>): Float32Array {
    const table = new Float32Array(this.segments * CENTERS)
    const turned = this.#turned
    for (let s = 0; s < this.segments; s++)
      for (let i = this.#bounds[s]!; i < this.#bounds[s + 1]!; i++)
        for (let c = 0; c < CENTERS; c++) table[s * CENTERS + c]! += query[i]! * turned[i * CENTERS + c]!
    return table
  }

  /**
   * The center that is nearest to the segment of the row that begins at `start`; of equals the first. This is
   * where the time goes: fields are read once, and the last column finds the least as it adds.
   */
  #nearest(rows: ArrayLike<number>, start: number, segment: number): number {
    const distances = this.#distances
    const turned = this.#turned
    const last = this.#bounds[segment + 1]! - 1
    distances.set(this.#halfSquares.subarray(segment * CENTERS, (segment + 1) * CENTERS))
    for (let i = this.#bounds[segment]!; i < last; i++) {
      const x = rows[start + i]!
      const from = i * CENTERS
      for (let c = 0; c < CENTERS; c++) distances[c]! -= x * turned[from + c]!
    }
    const x = rows[start + last]!
    const from = last * CENTERS
    let [nearest, least] = [0, Number.POSITIVE_INFINITY]
    for (let c = 0; c < CENTERS; c++) {
      const distance = distances[c]! - x * turned[from + c]!
      if (distance >= least) continue
      least = distance
      nearest = c
    }
    return nearest
  }

  /** One round of k-means: each center becomes the mean of what is nearest to it, or stays if nothing is. */
  #improve(sample: Float32Array, count: number): void {
    const { columns, segments } = this
    const sums = new Float64Array(CENTERS * columns)
    const members = new Int32Array(CENTERS * segments)
    for (let row = 0; row < count; row++)
      for (let s = 0; s < segments; s++) {
        const center = this.#nearest(sample, row * columns, s)
        members[s * CENTERS + center]!++
        for (let i = this.#bounds[s]!; i < this.#bounds[s + 1]!; i++)
          sums[center * columns + i]! += sample[row * columns + i]!
      }
    for (let s = 0; s < segments; s++)
      for (let c = 0; c < CENTERS; c++) {
        const size = members[s * CENTERS + c]!
        if (size === 0) continue
        for (let i = this.#bounds[s]!; i < this.#bounds[s + 1]!; i++)
          this.centers[c * columns + i] = sums[c * columns + i]! / size
      }
    this.#turn()
  }

  #turn(): void {
    this.#halfSquares.fill(0)
    for (let s = 0; s < this.segments; s++)
      for (let i = this.#bounds[s]!; i < this.#bounds[s + 1]!; i++)
        for (let c = 0; c < CENTERS; c++) {
          const x = this.centers[c * this.columns + i]!
          this.#turned[i * CENTERS + c] = x
          this.#halfSquares[s * CENTERS + c]! += (x * x) / 2
        }
  }
}
