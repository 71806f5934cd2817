import { WordTable } from '../text/inner.js'
import type { EdgeList } from './graph.js'

/** Edges in memory that grows, weights only once one is not 1. */
export class EdgeCollector {
  readonly nodes = new WordTable()
  length = 0
  #ends = new Int32Array(1 << 12)
  #weights: Float64Array | undefined

  add(from: number, to: number, weight: number): void {
    if (2 * this.length === this.#ends.length) this.#grow()
    this.#ends[2 * this.length] = from
    this.#ends[2 * this.length + 1] = to
    if (weight !== 1 && !this.#weights) this.#weights = new Float64Array(this.#ends.length / 2).fill(1)
    if (this.#weights) this.#weights[this.length] = weight
    this.length++
  }

  /** From `begin` on, or all. */
  edges(begin = 0): EdgeList {
    const column = (c: number) =>
      Int32Array.from({ length: this.length - begin }, (_, e) => this.#ends[2 * (begin + e) + c]!)
    const weights = this.#weights?.subarray(begin, this.length)
    return { nodes: this.nodes, from: column(0), to: column(1), weights }
  }

  #grow(): void {
    const ends = new Int32Array(2 * this.#ends.length)
    ends.set(this.#ends)
    this.#ends = ends
    if (!this.#weights) return
    const weights = new Float64Array(ends.length / 2)
    weights.set(this.#weights)
    this.#weights = weights
  }
}
