/** A direction with the variance along it. */
export interface PrincipalAxis {
  /** A unit vector; of the two that point either way, the one whose largest number is positive. */
  readonly direction: Float64Array
  readonly variance: number
}

const SWEEPS = 60

/**
 * The eigenvectors of a symmetric n×n matrix, largest eigenvalue first: for a covariance, the left singular vectors of
 * its SVD. Jacobi's method turns two axes at a time until all that is off the diagonal is gone.
 */
export function principalAxes(matrix: readonly Float64Array[]): PrincipalAxis[] {
  const a = matrix.map(row => row.slice())
  const axes = a.map((_, i) => Float64Array.from(a, (_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a) > 0; sweep++)
    for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) turn(a, axes, p, q)
  return axes
    .map((direction, i) => ({ direction: pointed(direction), variance: a[i][i] }))
    .sort((one, other) => other.variance - one.variance)
}

/** Turns axes p and q so that a[p][q] becomes zero (Golub and Van Loan, Matrix Computations, §8.5). */
function turn(a: readonly Float64Array[], axes: readonly Float64Array[], p: number, q: number): void {
  if (a[p][q] === 0) return
  const tau = (a[q][q] - a[p][p]) / (2 * a[p][q])
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau))
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = tangent * cosine
  for (const row of a) [row[p], row[q]] = turned(row[p], row[q], cosine, sine)
  for (const rows of [a, axes])
    for (let i = 0; i < a.length; i++) [rows[p][i], rows[q][i]] = turned(rows[p][i], rows[q][i], cosine, sine)
}

function turned(x: number, y: number, cosine: number, sine: number): [number, number] {
  return [cosine * x - sine * y, sine * x + cosine * y]
}

/** What is off the diagonal, or 0 if it is lost in the rounding of what is on it. */
function offDiagonal(a: readonly Float64Array[]): number {
  let [off, on] = [0, 0]
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < a.length; j++)
      if (i === j) on += a[i][j] ** 2
      else off += a[i][j] ** 2
  return off > on * 1e-32 ? off : 0
}

function pointed(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0)
  return largest < 0 ? direction.map(x => -x) : direction
}
