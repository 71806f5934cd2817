import { addScaled, dot } from '../math/index.js'
import type { Rows, Vector } from './rows.js'

/** products[i] = rows[i]ᵀ·vector for i in start … end, four rows at a time: an addition then waits for no other. */
export function multiplyRows(
  products: Float64Array,
  rows: Rows,
  vector: Vector,
  start: number,
  end: number,
): void {
  let i = start
  for (; i + 4 <= end; i += 4) multiplyFour(products, rows, vector, i)
  for (; i < end; i++) products[i] = dot(rows[i], vector)
}

/** sum += Σ factors[i]·rows[i] for i in start … end, four rows at a time: `sum` is then read and written once for four. */
export function addScaledRows(
  sum: Float64Array,
  factors: Float64Array,
  rows: Rows,
  start: number,
  end: number,
): void {
  let i = start
  for (; i + 4 <= end; i += 4) addFour(sum, factors, rows, i)
  for (; i < end; i++) addScaled(sum, factors[i], rows[i])
}

function multiplyFour(products: Float64Array, rows: Rows, vector: Vector, i: number): void {
  const [a, b, c, d] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]]
  let [p, q, r, s] = [0, 0, 0, 0]
  for (let k = 0; k < vector.length; k++) {
    p += a[k] * vector[k]
    q += b[k] * vector[k]
    r += c[k] * vector[k]
    s += d[k] * vector[k]
  }
  products[i] = p
  products[i + 1] = q
  products[i + 2] = r
  products[i + 3] = s
}

function addFour(sum: Float64Array, factors: Float64Array, rows: Rows, i: number): void {
  const [a, b, c, d] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]]
  const [p, q, r, s] = [factors[i], factors[i + 1], factors[i + 2], factors[i + 3]]
  for (let k = 0; k < sum.length; k++) sum[k] += p * a[k] + q * b[k] + r * c[k] + s * d[k]
}
