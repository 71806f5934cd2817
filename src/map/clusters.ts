import type { Chance } from './chance.js'
import type { Directions } from './directions.js'
import { dot, meanOf, unit } from './neighbors.js'

const RESTARTS = 8
const MOST_ROUNDS = 60

/** The number of color groups in which a map of this many words reads best. */
export function clusterCount(words: number): number {
  return Math.max(1, Math.min(12, words, Math.round(words / 26)))
}

/**
 * Spherical k-means: each row's cluster, 0 … count − 1, by the angle to the cluster's mean. The best of several
 * starts. A cluster may end up empty if rows coincide.
 */
export function clusterRows(rows: readonly Float32Array[], count: number, random: Chance): Int32Array {
  return bestClusters(rows, count, random, RESTARTS).clusters
}

/** The greatest number of rows of which clusters are made; further rows join the nearest one. */
const ROWS = 2000
const FEW_RESTARTS = 2

/**
 * The same for very many rows, the most frequent words first: those make the clusters, by the angle between rows
 * without the direction that all have in common.
 */
export function clusterDirections(
  { size, direction }: Directions,
  wanted: number,
  random: Chance,
): Int32Array {
  const first = Array.from({ length: Math.min(size, ROWS) }, (_, i) => direction(i))
  const mean = meanOf(first)
  const rows = first.map(row => unit(row.map((value, i) => value - mean[i]!)))
  const { clusters, centers } = bestClusters(rows, Math.min(wanted, rows.length), random, FEW_RESTARTS)
  const shares = centers.map(center => dot(center, mean)) // (row − mean) · center = row · center − this
  const all = new Int32Array(size)
  all.set(clusters)
  for (let i = rows.length; i < size; i++) all[i] = nearestCenter(direction(i), centers, shares)
  return all
}

interface Clusters {
  readonly clusters: Int32Array
  readonly centers: readonly Float32Array[]
  /** The sum of the cosines of rows to their centers. */
  readonly closeness: number
}

function bestClusters(
  rows: readonly Float32Array[],
  count: number,
  random: Chance,
  restarts: number,
): Clusters {
  let best = settle(rows, firstCenters(rows, count, random))
  for (let start = 1; start < restarts; start++) {
    const found = settle(rows, firstCenters(rows, count, random))
    if (found.closeness > best.closeness) best = found
  }
  return best
}

/** Centers far apart: each row is drawn in proportion to its distance from those drawn before (k-means++). */
function firstCenters(rows: readonly Float32Array[], count: number, random: Chance): Float32Array[] {
  const centers = [rows[random.below(rows.length)]!]
  while (centers.length < count) {
    const distances = rows.map(row => Math.max(0, 1 - Math.max(...centers.map(center => dot(row, center)))))
    const at = random.uniform() * distances.reduce((sum, distance) => sum + distance, 0)
    let passed = 0
    const drawn = distances.findIndex(distance => {
      passed += distance
      return passed > at
    })
    centers.push(rows[Math.max(0, drawn)]!)
  }
  return centers
}

function settle(rows: readonly Float32Array[], centers: Float32Array[]): Clusters {
  let clusters = new Int32Array(rows.length).fill(-1)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const moved = Int32Array.from(rows, row => nearestCenter(row, centers))
    if (moved.every((cluster, i) => cluster === clusters[i])) break
    clusters = moved
    centers = centers.map((center, cluster) => directionOf(rows, clusters, cluster) ?? center)
  }
  return {
    clusters,
    centers,
    closeness: rows.reduce((sum, row, i) => sum + dot(row, centers[clusters[i]!]!), 0),
  }
}

function nearestCenter(
  row: Float32Array,
  centers: readonly Float32Array[],
  shares?: readonly number[],
): number {
  let nearest = 0
  let greatest = Number.NEGATIVE_INFINITY
  for (let cluster = 0; cluster < centers.length; cluster++) {
    const similarity = dot(row, centers[cluster]!) - (shares?.[cluster] ?? 0)
    if (similarity > greatest) [nearest, greatest] = [cluster, similarity]
  }
  return nearest
}

function directionOf(rows: readonly Float32Array[], clusters: Int32Array, cluster: number) {
  const members = rows.filter((_, i) => clusters[i] === cluster)
  return members.length > 0 ? unit(meanOf(members)) : undefined
}
