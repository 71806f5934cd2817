import { dot, norm } from '../math/index.js'
import type { Chance } from './chance.js'
import type { Directions } from './directions.js'
import { allocatePositions, type Positions } from './positions.js'

/** The two directions in which rows differ most (principal component analysis). */
export interface MainAxes {
  readonly mean: Float64Array
  readonly axes: readonly [Float64Array, Float64Array]
  /** The share of the variance that lies along both, 0 to 1: what the picture keeps. */
  readonly explained: number
}

/** This number of rows is enough to know the axes of any number of them. */
const ROWS = 20_000
const MOST_ROUNDS = 500
/** An axis stands once it turns by less than this in a round. */
const STILL = 1e-10

/** The axes of the rows, from evenly spread ones if there are very many. */
export function mainAxes(directions: Directions, random: Chance): MainAxes {
  const { mean, covariance, variance } = spreadOf(directions)
  const first = mainAxis(covariance, [], random)
  const second = mainAxis(covariance, [first.axis], random)
  const explained = variance > 0 ? Math.min(1, (first.variance + second.variance) / variance) : 0
  return { mean, axes: [first.axis, second.axis], explained }
}

/** Where the rows lie along the axes. */
export function alongAxes({ size, direction }: Directions, { mean, axes }: MainAxes): Positions {
  const positions = allocatePositions(size)
  const origin = axes.map(axis => dot(axis, mean))
  for (let i = 0; i < size; i++) {
    const vector = direction(i)
    positions.x[i] = dot(vector, axes[0]) - origin[0]!
    positions.y[i] = dot(vector, axes[1]) - origin[1]!
  }
  return positions
}

interface Spread {
  readonly mean: Float64Array
  readonly covariance: readonly Float64Array[]
  readonly variance: number
}

function spreadOf({ size, dimensions, direction }: Directions): Spread {
  const step = Math.max(1, Math.ceil(size / ROWS))
  const mean = new Float64Array(dimensions)
  const covariance = Array.from({ length: dimensions }, () => new Float64Array(dimensions))
  let rows = 0
  for (let i = 0; i < size; i += step, rows++) addProducts(covariance, mean, direction(i))
  for (let d = 0; d < dimensions; d++) mean[d]! /= Math.max(1, rows)
  let variance = 0
  for (let d = 0; d < dimensions; d++) {
    for (let e = 0; e <= d; e++) {
      const value = covariance[d]![e]! / Math.max(1, rows) - mean[d]! * mean[e]!
      covariance[d]![e] = covariance[e]![d] = value
    }
    variance += covariance[d]![d]!
  }
  return { mean, covariance, variance }
}

/** Below and on the diagonal; the rest follows by symmetry. */
function addProducts(products: readonly Float64Array[], sum: Float64Array, vector: Float32Array): void {
  for (let d = 0; d < vector.length; d++) {
    const value = vector[d]!
    const line = products[d]!
    sum[d]! += value
    for (let e = 0; e <= d; e++) line[e]! += value * vector[e]!
  }
}

/** The direction of greatest variance that is square to those found, by power iteration; zeros if there is none. */
function mainAxis(covariance: readonly Float64Array[], found: readonly Float64Array[], random: Chance) {
  let axis = Float64Array.from(covariance, () => random.uniform() - 0.5)
  let variance = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = Float64Array.from(covariance, line => dot(line, axis))
    for (const other of found) removePart(next, other)
    const length = norm(next)
    if (!(length > 1e-30)) return { axis: new Float64Array(axis.length), variance: 0 }
    for (let d = 0; d < next.length; d++) next[d]! /= length
    const turned = 1 - Math.abs(dot(next, axis)) / (norm(axis) || 1)
    axis = next
    variance = length
    if (turned < STILL) break
  }
  return { axis, variance }
}

function removePart(vector: Float64Array, other: Float64Array): void {
  const along = dot(vector, other)
  for (let d = 0; d < vector.length; d++) vector[d]! -= along * other[d]!
}
