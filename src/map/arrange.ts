import { type HalfBox, halfBox, type Label, shrinkage } from './labels.js'
import type { Point } from './positions.js'

/** The map at scale 1, in pixels: about what a laptop's window leaves for it. */
export const FRAME = { width: 1200, height: 840 }

/** Where the layout ends before words are moved apart. */
const MARGIN = { x: 60, y: 26 }
/** How much of a coordinate is its rank: 0 keeps the layout and its deserts, 1 spreads words evenly. */
const EVENNESS = 0.6
const ROUNDS = 500
/** Labels are moved apart until they have room at this scale. */
const ROOMY_SCALE = 0.78
/** Share of the way back to its place that a label goes each round. */
const PULL = 0.01

/**
 * Fits a layout into the frame and moves words apart just as far as their labels need. Coordinates are rounded to a
 * tenth of a pixel; what still overlaps after all rounds is left to `labelScales`.
 */
export function arrange(points: readonly Point[], labels: readonly Omit<Label, 'x' | 'y'>[]): Point[] {
  const turned = turnedToWidth(points)
  const x = fitted(
    turned.map(point => point.x),
    MARGIN.x,
    FRAME.width - MARGIN.x,
  )
  const y = fitted(
    turned.map(point => point.y),
    MARGIN.y,
    FRAME.height - MARGIN.y,
  )
  movedApart(x, y, labels.map(halfBox))
  return Array.from(x, (value, i) => ({ x: round(value), y: round(y[i]!) }))
}

/** Turned so that the layout's longest direction lies flat. */
function turnedToWidth(points: readonly Point[]): Point[] {
  const mean = { x: average(points.map(point => point.x)), y: average(points.map(point => point.y)) }
  const [xx, yy, xy] = [
    average(points.map(({ x }) => (x - mean.x) * (x - mean.x))),
    average(points.map(({ y }) => (y - mean.y) * (y - mean.y))),
    average(points.map(({ x, y }) => (x - mean.x) * (y - mean.y))),
  ]
  const length = Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)
  const double = length > 0 ? (xx - yy) / length : 1 // the cosine of twice the angle
  const cosine = Math.sqrt((1 + double) / 2)
  const sine = Math.sqrt((1 - double) / 2) * (xy < 0 ? -1 : 1)
  return points.map(({ x, y }) => ({ x: cosine * x + sine * y, y: cosine * y - sine * x }))
}

/** Values between two ends: partly as they are, partly by rank. */
function fitted(values: readonly number[], low: number, high: number): Float64Array {
  const least = Math.min(...values)
  const span = Math.max(...values) - least
  const placed = new Float64Array(values.length).fill((low + high) / 2)
  if (!(span > 0)) return placed
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
  order.forEach((i, rank) => {
    const even = rank / (values.length - 1)
    placed[i] = low + (high - low) * (EVENNESS * even + (1 - EVENNESS) * ((values[i]! - least) / span))
  })
  return placed
}

function movedApart(x: Float64Array, y: Float64Array, boxes: readonly HalfBox[]): void {
  const home = { x: x.slice(), y: y.slice() }
  const factor = shrinkage(ROOMY_SCALE)
  for (let round = 0; round < ROUNDS; round++) {
    const pull = round < ROUNDS / 2 ? PULL : 0
    for (let i = 0; i < x.length; i++) {
      for (let j = 0; j < i; j++) push(x, y, boxes, factor, i, j)
      x[i] = within(x[i]! + pull * (home.x[i]! - x[i]!), boxes[i]!.x * factor, FRAME.width)
      y[i] = within(y[i]! + pull * (home.y[i]! - y[i]!), boxes[i]!.y * factor, FRAME.height)
    }
  }
}

/** Moves two overlapping labels half of what they overlap, in the direction that needs less, as seen from a box made square. */
function push(
  x: Float64Array,
  y: Float64Array,
  boxes: readonly HalfBox[],
  factor: number,
  i: number,
  j: number,
): void {
  const [dx, dy] = [x[i]! - x[j]!, y[i]! - y[j]!]
  const overlapX = (boxes[i]!.x + boxes[j]!.x) * factor - Math.abs(dx)
  const overlapY = (boxes[i]!.y + boxes[j]!.y) * factor - Math.abs(dy)
  if (overlapX <= 0 || overlapY <= 0) return
  if (overlapX / (boxes[i]!.x + boxes[j]!.x) < overlapY / (boxes[i]!.y + boxes[j]!.y))
    shift(x, i, j, dx < 0 ? -overlapX : overlapX)
  else shift(y, i, j, dy < 0 ? -overlapY : overlapY)
}

function shift(values: Float64Array, i: number, j: number, overlap: number): void {
  values[i]! += overlap / 2
  values[j]! -= overlap / 2
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** A coordinate at which a label lies inside the frame; a label wider than the frame is centered. */
function within(value: number, halfBox: number, length: number): number {
  const margin = Math.min(halfBox, length / 2)
  return Math.min(length - margin, Math.max(margin, value))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
