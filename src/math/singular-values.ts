import { addScaled, dot, norm } from './vector.js'

/** matrix = Σ valueᵢ · leftᵢ · rightᵢᵀ, the greatest value first; left and right vectors have length 1. */
export interface SingularValues {
  values: Float64Array
  left: Float64Array[]
  right: Float64Array[]
}

/** Columns count as orthogonal below this cosine, which is some roundings wide. */
const ORTHOGONAL = 1e-14
/** Columns that are shorter than the longest one by this factor are roundings of 0, which no turn improves. */
const NOTHING = 1e-13
const MOST_SWEEPS = 60

/**
 * The singular value decomposition of a square matrix, given as its rows, by one-sided Jacobi rotations: they
 * turn pairs of columns until all are orthogonal (Hestenes 1958; Golub and Van Loan, Matrix Computations,
 * §8.6.3).
 */
export function singularValues(matrix: readonly Float64Array[]): SingularValues {
  const size = matrix.length
  const columns = Array.from({ length: size }, (_, j) => Float64Array.from(matrix, row => row[j]!))
  const right = Array.from({ length: size }, (_, j) =>
    Float64Array.from({ length: size }, (_, i) => (i === j ? 1 : 0)),
  )
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) if (!turnAll(columns, right)) break
  const order = columns.map((_, j) => j).sort((i, j) => norm(columns[j]!) - norm(columns[i]!))
  const values = Float64Array.from(order, j => norm(columns[j]!))
  return {
    values,
    left: completed(
      order.map((j, i) =>
        values[i]! > values[0]! * NOTHING ? scaled(columns[j]!, 1 / values[i]!) : undefined,
      ),
    ),
    right: order.map(j => right[j]!),
  }
}

/** Turns every pair of columns that is not orthogonal yet; whether there was one. */
function turnAll(columns: readonly Float64Array[], right: readonly Float64Array[]): boolean {
  const squares = Float64Array.from(columns, column => product(column, column))
  const least = Math.max(...squares) * NOTHING * NOTHING
  let turned = false
  for (let p = 0; p < columns.length; p++)
    for (let q = p + 1; q < columns.length; q++) {
      const [pp, qq] = [squares[p]!, squares[q]!]
      const pq = product(columns[p]!, columns[q]!)
      if (pp <= least || qq <= least || Math.abs(pq) <= ORTHOGONAL * Math.sqrt(pp * qq)) continue
      const zeta = (qq - pp) / (2 * pq)
      const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
      const cosine = 1 / Math.sqrt(1 + tangent * tangent)
      turn(columns[p]!, columns[q]!, cosine, cosine * tangent)
      turn(right[p]!, right[q]!, cosine, cosine * tangent)
      squares[p] = Math.max(0, pp - tangent * pq)
      squares[q] = qq + tangent * pq
      turned = true
    }
  return turned
}

/** dot, kept to one kind of array, so that engines make it fast: it is most of the work. */
function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!
    const y = b[i]!
    a[i] = cosine * x - sine * y
    b[i] = sine * x + cosine * y
  }
}

/** Left vectors of value 0 are any that complete the others (Gram and Schmidt, twice for the rounding). */
function completed(vectors: readonly (Float64Array | undefined)[]): Float64Array[] {
  const found = vectors.filter(vector => vector !== undefined)
  return vectors.map(vector => vector ?? missing(found, vectors.length))
}

function missing(found: Float64Array[], size: number): Float64Array {
  for (let axis = 0; ; axis++) {
    const vector = Float64Array.from({ length: size }, (_, i) => (i === axis ? 1 : 0))
    for (const other of [...found, ...found]) addScaled(vector, -dot(vector, other), other)
    // Some axis is at least this far from the span of fewer than `size` vectors.
    if (norm(vector) < 0.5 / Math.sqrt(size)) continue
    const unit = scaled(vector, 1 / norm(vector))
    found.push(unit)
    return unit
  }
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map(x => x * factor)
}
