import { pow } from '../math/index.js'
import type { Chance } from './chance.js'
import { type LayoutCurve, layoutCurve } from './layout-curve.js'
import type { NeighborLists } from './nearest-rows.js'
import { type NeighborGraph, neighborGraph } from './neighbor-graph.js'
import { allocatePositions, type Positions } from './positions.js'

export interface LayoutOptions {
  readonly epochs: number
  /** How close words may come, and how far a group spreads, in units of the layout. */
  readonly minDist: number
  readonly spread: number
}

/** The first layout spans −10 … 10, as UMAP's own does. */
const FIRST_SPAN = 10
/** Chance parts words that would start in one place. */
const JITTER = 0.1
/** Words that push a word away, drawn each time that it is pulled. */
const PUSHES = 5
/** The farthest that a pair moves a word along an axis, times the rate. */
const FARTHEST = 4
/** Keeps pushes of words in one place finite. */
const SOFTNESS = 0.001

/**
 * A flat layout in which near words stay near (UMAP, McInnes, Healy and Melville 2018), made step by step from lists of
 * nearest neighbours. It starts from given places and not from chance, so that the large order is kept and little
 * depends on the seed. Its numbers are the same in every engine.
 */
export class NeighborLayout {
  readonly epochs: number
  epoch = 0
  readonly #graph: NeighborGraph
  readonly #curve: LayoutCurve
  readonly #random: Chance
  readonly #x: Float64Array
  readonly #y: Float64Array
  /** Epochs from one pull of each pair to the next: a pair half as near is pulled half as often. */
  readonly #period: Float64Array
  readonly #nextPull: Float64Array
  readonly #nextPush: Float64Array

  constructor(
    lists: NeighborLists,
    start: Positions,
    random: Chance,
    { epochs, minDist, spread }: LayoutOptions,
  ) {
    this.epochs = epochs
    this.#graph = neighborGraph(lists)
    this.#curve = layoutCurve(minDist, spread)
    this.#random = random
    this.#x = spanned(start.x, random)
    this.#y = spanned(start.y, random)
    const most = this.#graph.nearness.reduce((greatest, one) => Math.max(greatest, one), 0)
    this.#period = this.#graph.nearness.map(one => most / one)
    this.#nextPull = this.#period.slice()
    this.#nextPush = this.#period.map(period => period / PUSHES)
  }

  get isDone(): boolean {
    return this.epoch >= this.epochs
  }

  /** One epoch of stochastic gradient descent, at a rate that falls to zero. */
  step(): void {
    if (this.isDone) return
    const rate = 1 - Math.max(0, this.epoch - 1) / this.epochs
    for (let edge = 0; edge < this.#period.length; edge++) {
      // a pair that would not be pulled once in all epochs is left out
      if (this.#period[edge]! > this.epochs || this.#nextPull[edge]! > this.epoch) continue
      this.#pull(this.#graph.from[edge]!, this.#graph.to[edge]!, rate)
      this.#nextPull[edge]! += this.#period[edge]!
      this.#push(edge, rate)
    }
    this.epoch++
  }

  positions(): Positions {
    const positions = allocatePositions(this.#x.length)
    positions.x.set(this.#x)
    positions.y.set(this.#y)
    return positions
  }

  /** Two near words toward each other. */
  #pull(i: number, j: number, rate: number): void {
    const { a, b } = this.#curve
    const [dx, dy] = [this.#x[i]! - this.#x[j]!, this.#y[i]! - this.#y[j]!]
    const square = dx * dx + dy * dy
    if (square === 0) return
    const power = pow(square, b)
    const force = (-2 * a * b * power) / (square * (a * power + 1))
    const [moveX, moveY] = [rate * clipped(force * dx), rate * clipped(force * dy)]
    this.#x[i]! += moveX
    this.#y[i]! += moveY
    this.#x[j]! -= moveX
    this.#y[j]! -= moveY
  }

  /** The first word of a pair away from words that are drawn. */
  #push(edge: number, rate: number): void {
    const { a, b } = this.#curve
    const i = this.#graph.from[edge]!
    const period = this.#period[edge]! / PUSHES
    const count = Math.max(0, Math.floor((this.epoch - this.#nextPush[edge]!) / period))
    for (let push = 0; push < count; push++) {
      const j = this.#random.below(this.#x.length)
      if (i === j) continue
      const [dx, dy] = [this.#x[i]! - this.#x[j]!, this.#y[i]! - this.#y[j]!]
      const square = dx * dx + dy * dy
      const force = (2 * b) / ((SOFTNESS + square) * (a * pow(square, b) + 1))
      this.#x[i]! += rate * (square > 0 ? clipped(force * dx) : FARTHEST)
      this.#y[i]! += rate * (square > 0 ? clipped(force * dy) : FARTHEST)
    }
    this.#nextPush[edge]! += count * period
  }
}

function clipped(move: number): number {
  return Math.min(FARTHEST, Math.max(-FARTHEST, move))
}

function spanned(values: Float32Array, random: Chance): Float64Array {
  let greatest = 0
  for (const value of values) greatest = Math.max(greatest, Math.abs(value))
  return Float64Array.from(
    values,
    value => (value / (greatest || 1)) * FIRST_SPAN + (random.uniform() - 0.5) * JITTER,
  )
}
