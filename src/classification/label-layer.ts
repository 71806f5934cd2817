import { huffmanTree, pathOf } from '../equations/index.js'
import { TopK } from '../math/index.js'
import type { Rows } from './rows.js'

/** A label by its number, with its probability. */
export interface ScoredLabel {
  readonly label: number
  readonly probability: number
}

/** How labels are scored from the hidden row of a line. */
export interface LabelLayer {
  /** The `count` most probable labels of at least `threshold`, the most probable first. */
  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[]
}

/** e^(u·h) over their sum: one label of all. */
export class SoftmaxLayer implements LabelLayer {
  readonly #output: Rows

  constructor(output: Rows) {
    this.#output = output
  }

  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[] {
    const scores = Float64Array.from({ length: this.#output.rows }, (_, i) => this.#output.dot(i, hidden))
    const greatest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    const powers = scores.map(score => Math.exp(score - greatest))
    const sum = powers.reduce((a, b) => a + b, 0)
    return bestOf(
      powers.map(power => power / sum),
      count,
      threshold,
    )
  }
}

/** fastText's table of σ: 512 steps over −8 … 8, each with the value at its beginning; 0 or 1 outside. */
const SIGMOID_BOUND = 8
const sigmoidTable = Float32Array.from({ length: 513 }, (_, i) =>
  sigmoid((i * 2 * SIGMOID_BOUND) / 512 - SIGMOID_BOUND),
)

/** σ(u·h) for each label on its own, by fastText's table, so that answers are its own: several may be likely, or none. */
export class LogisticLayer implements LabelLayer {
  readonly #output: Rows

  constructor(output: Rows) {
    this.#output = output
  }

  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[] {
    const chances = Float64Array.from({ length: this.#output.rows }, (_, i) =>
      tableSigmoid(this.#output.dot(i, hidden)),
    )
    return bestOf(chances, count, threshold)
  }
}

/**
 * Labels are leaves of a Huffman tree over their counts; at each inner node σ(u·h) is the chance of its side of code 1. The
 * most probable leaves are found by going on from the most probable node that was met.
 */
export class TreeLayer implements LabelLayer {
  readonly #output: Rows
  readonly #labels: number
  /** By inner node and code: an inner node, or ~label. */
  readonly #below: Int32Array

  constructor(output: Rows, counts: ArrayLike<number>) {
    this.#output = output
    this.#labels = counts.length
    this.#below = nodesBelow(counts)
  }

  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[] {
    const found: ScoredLabel[] = []
    const met: { node: number; probability: number }[] = [
      { node: this.#labels > 1 ? this.#labels - 2 : ~0, probability: 1 },
    ]
    while (met.length > 0 && found.length < count) {
      const { node, probability } = met.pop()!
      if (probability < threshold) break
      if (node < 0) {
        found.push({ label: ~node, probability })
        continue
      }
      const one = sigmoid(this.#output.dot(node, hidden))
      insert(met, { node: this.#below[2 * node]!, probability: probability * (1 - one) })
      insert(met, { node: this.#below[2 * node + 1]!, probability: probability * one })
    }
    return found
  }
}

function nodesBelow(counts: ArrayLike<number>): Int32Array {
  const tree = huffmanTree(counts)
  const below = new Int32Array(2 * Math.max(0, counts.length - 1))
  for (let label = 0; label < counts.length; label++) {
    const path = pathOf(tree, label)
    for (const [i, { node, code }] of path.entries()) below[2 * node + code] = path[i + 1]?.node ?? ~label
  }
  return below
}

/** Keeps the most probable at the end. */
function insert<Met extends { probability: number }>(met: Met[], one: Met): void {
  let [first, last] = [0, met.length]
  while (first < last) {
    const middle = (first + last) >> 1
    if (met[middle]!.probability < one.probability) first = middle + 1
    else last = middle
  }
  met.splice(first, 0, one)
}

function bestOf(probabilities: Float64Array, count: number, threshold: number): ScoredLabel[] {
  const best = new TopK(Math.min(count, probabilities.length))
  probabilities.forEach((probability, label) => {
    if (probability >= threshold) best.offer(probability, label)
  })
  return best.sorted().map(({ id, score }) => ({ label: id, probability: score }))
}

function tableSigmoid(score: number): number {
  if (score < -SIGMOID_BOUND) return 0
  if (score > SIGMOID_BOUND) return 1
  return sigmoidTable[Math.floor(((score + SIGMOID_BOUND) * 512) / (2 * SIGMOID_BOUND))]!
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score))
}
