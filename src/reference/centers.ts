import { addScaled, type Matrix, Random, row } from '../math/index.js'
import type { Bag, BagForm, Frozen } from './bags.js'
import { type Block, isTrained, keptTokens, reachOf, type WindowSettings } from './kept-tokens.js'
import type { Objective, OutputLayer } from './objectives/objective.js'
import { rowsOfWord, type WordRows } from './word-rows.js'

/** What training by center words needs besides the windows. */
export interface CenterState extends WindowSettings {
  readonly objective: Objective
  readonly inputVectors: Matrix
  readonly output: OutputLayer
  readonly negativeKey: number
  readonly bagForm: BagForm
  readonly wordRows?: WordRows | undefined
  readonly learningRate: number
  readonly frozen?: Frozen
}

/** A center word with the words that its window reaches. */
interface Center {
  readonly id: number
  readonly outsides: readonly number[]
  readonly position: number
}

/**
 * Skip-gram for a center word whose hidden row is the mean of many rows: gathered once for all words that its window
 * reaches, and handed back once. In between it moves as it would if every step were handed back at once: by the
 * whole gradient if each row takes all of it, else by the n-th part. A center word of the first half of the block and
 * one of the second go together, each in its own lane.
 * kernels/centers.ts is the twin.
 */
export function trainCenters(block: Block, state: CenterState): { pairs: number; loss: number } {
  const { objective, output, negativeKey, learningRate } = state
  const centers = centersOf(block, state)
  const half = Math.ceil(centers.length / 2)
  const lanes = [new Lane(centers.slice(0, half), state), new Lane(centers.slice(half), state)]
  let pairs = 0
  let loss = 0
  for (;;) {
    const together = lanes.filter(lane => lane.advance())
    if (together.length === 0) return { pairs, loss }
    const random = new Random(negativeKey, together[0]!.position)
    const hidden = together.map(lane => Float32Array.from(lane.hidden))
    const outsides = together.map(lane => lane.next())
    loss += objective.stepFor(outsides, random, output)(hidden, outsides, learningRate)
    for (const [n, lane] of together.entries()) lane.move(hidden[n]!)
    pairs += together.length
  }
}

function centersOf(block: Block, settings: WindowSettings): Center[] {
  const kept = keptTokens(block, settings)
  return [...kept.entries()]
    .filter(([, token]) => isTrained(token, block))
    .map(([t, { id, place }]) => ({ id, outsides: reachOf(kept, t), position: block.position + place }))
}

/** One of the two stretches of center words that are passed at the same time. */
class Lane {
  hidden = new Float32Array(0)
  readonly #centers: Iterator<Center>
  readonly #state: CenterState
  #center: Center = { id: 0, outsides: [], position: 0 }
  #done = 0
  #before = new Float32Array(0)
  #bag: Bag = []

  constructor(centers: readonly Center[], state: CenterState) {
    this.#centers = centers.values()
    this.#state = state
  }

  /** Whether there is a pair to train; takes the next center word once all pairs of the last one are trained. */
  advance(): boolean {
    while (this.#done === this.#center.outsides.length) {
      if (this.#done > 0) this.#handBack()
      this.#done = 0
      const next = this.#centers.next()
      this.#center = next.done ? { ...this.#center, outsides: [] } : next.value
      if (next.done) return false
      this.#gather()
    }
    return true
  }

  /** Every pair has draws of its own. */
  get position(): number {
    return this.#center.position * 2 * this.#state.window + this.#done
  }

  next(): number {
    return this.#center.outsides[this.#done++]!
  }

  move(moved: Float32Array): void {
    const share = this.#state.bagForm === 'mean' ? 1 / this.#bag.length : 1
    this.hidden = this.hidden.map((h, i) => h + share * (moved[i]! - h))
  }

  #gather(): void {
    const { inputVectors, wordRows } = this.#state
    this.#bag = rowsOfWord(wordRows, this.#center.id)
    const sum = new Float64Array(inputVectors.columns)
    for (const i of this.#bag) addScaled(sum, 1 / this.#bag.length, row(inputVectors, i))
    this.hidden = Float32Array.from(sum)
    this.#before = this.hidden
  }

  /** What became of the hidden row, to all rows that it was made of. */
  #handBack(): void {
    const change = this.hidden.map((h, i) => h - this.#before[i]!)
    const { inputVectors, frozen } = this.#state
    for (const i of this.#bag) if (!frozen?.[i]) addScaled(row(inputVectors, i), 1, change)
  }
}
