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
  /** The probability of each label. */
  probabilities(hidden: Float32Array, into: Float64Array): void
  /** The `count` most probable labels of at least `threshold`, the most probable first. */
  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[]
  /**
   * How a vector speaks for a label, linear in the vector: u·h, of which the probability is made; in a tree, the log-odds of
   * each turn that leads to the label.
   */
  scoresOf(label: number): ((vector: Float32Array) => number)[]
}

/** e^(u·h) over their sum: one label of all. */
export class SoftmaxLayer implements LabelLayer {
  readonly #output: Rows
  readonly #scratch: Float64Array

  constructor(output: Rows) {
    this.#output = output
    this.#scratch = new Float64Array(output.rows)
  }

  probabilities(hidden: Float32Array, into: Float64Array): void {
    this.#output.dots(hidden, into)
    let greatest = Number.NEGATIVE_INFINITY
    for (let i = 0; i < into.length; i++) if (into[i]! > greatest) greatest = into[i]!
    let sum = 0
    for (let i = 0; i < into.length; i++) sum += into[i] = Math.exp(into[i]! - greatest)
    for (let i = 0; i < into.length; i++) into[i]! /= sum
  }

  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[] {
    this.probabilities(hidden, this.#scratch)
    return bestOf(this.#scratch, count, threshold)
  }

  scoresOf(label: number): ((vector: Float32Array) => number)[] {
    return [vector => this.#output.dot(label, vector)]
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
  readonly #scratch: Float64Array

  constructor(output: Rows) {
    this.#output = output
    this.#scratch = new Float64Array(output.rows)
  }

  probabilities(hidden: Float32Array, into: Float64Array): void {
    this.#output.dots(hidden, into)
    for (let i = 0; i < into.length; i++) into[i] = tableSigmoid(into[i]!)
  }

  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[] {
    this.probabilities(hidden, this.#scratch)
    return bestOf(this.#scratch, count, threshold)
  }

  scoresOf(label: number): ((vector: Float32Array) => number)[] {
    return [vector => this.#output.dot(label, vector)]
  }
}

/**
 * Labels are leaves of a Huffman tree over their counts; at each inner node σ(u·h) is the chance of its side of code 1. The
 * most probable leaves are found by going on from the most probable node that was met.
 */
export class TreeLayer implements LabelLayer {
  readonly #output: Rows
  readonly #counts: ArrayLike<number>
  readonly #root: number
  /** By inner node and code: an inner node, or ~label. */
  readonly #below: Int32Array
  /** The probability of each inner node. */
  readonly #chances: Float64Array

  constructor(output: Rows, counts: ArrayLike<number>) {
    this.#output = output
    this.#counts = counts
    this.#root = counts.length > 1 ? counts.length - 2 : ~0
    this.#below = nodesBelow(counts)
    this.#chances = new Float64Array(Math.max(0, counts.length - 1))
  }

  /** A node has a greater number than those below it. */
  probabilities(hidden: Float32Array, into: Float64Array): void {
    const chances = this.#chances
    if (this.#root < 0) into[0] = 1
    else chances[this.#root] = 1
    for (let node = this.#root; node >= 0; node--) {
      const one = sigmoid(this.#output.dot(node, hidden))
      for (const code of [0, 1]) {
        const below = this.#below[2 * node + code]!
        const chance = chances[node]! * (code === 1 ? one : 1 - one)
        if (below < 0) into[~below] = chance
        else chances[below] = chance
      }
    }
  }

  best(hidden: Float32Array, count: number, threshold: number): ScoredLabel[] {
    const found: ScoredLabel[] = []
    const met: { node: number; probability: number }[] = [{ node: this.#root, probability: 1 }]
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

  scoresOf(label: number): ((vector: Float32Array) => number)[] {
    return pathOf(huffmanTree(this.#counts), label).map(
      ({ node, code }) =>
        vector =>
          (code === 1 ? 1 : -1) * this.#output.dot(node, vector),
    )
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
  if (count === 1) return theBestOf(probabilities, threshold)
  const best = new TopK(Math.min(count, probabilities.length))
  for (let label = 0; label < probabilities.length; label++)
    if (probabilities[label]! >= threshold) best.offer(probabilities[label]!, label)
  return best.sorted().map(({ id, score }) => ({ label: id, probability: score }))
}

function theBestOf(probabilities: Float64Array, threshold: number): ScoredLabel[] {
  let best = 0
  for (let label = 1; label < probabilities.length; label++)
    if (probabilities[label]! > probabilities[best]!) best = label
  const probability = probabilities[best]!
  return probability >= threshold ? [{ label: best, probability }] : []
}

function tableSigmoid(score: number): number {
  if (score < -SIGMOID_BOUND) return 0
  if (score > SIGMOID_BOUND) return 1
  return sigmoidTable[Math.floor(((score + SIGMOID_BOUND) * 512) / (2 * SIGMOID_BOUND))]!
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score))
}
