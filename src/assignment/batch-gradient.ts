import type { Batch } from './batch.js'
import { SparseGradient } from './sparse-gradient.js'

/** The matrices of a run, |V|×d row-major. */
export interface Vectors {
  readonly inputVectors: Float64Array
  readonly outputVectors: Float64Array
  readonly words: number
  readonly dimensions: number
}

/**
 * The mean of `skipGram` over the windows of a batch, in the form of a hot loop: no memory is taken, and only the rows
 * of the words in the batch are touched. test/assignment/batch-gradient.test.ts holds it to `wordloom/equations`.
 */
export class BatchGradient {
  /** Mean ∂J/∂V and ∂J/∂U of the batch that was added last. */
  readonly input: SparseGradient
  readonly output: SparseGradient
  private readonly vectors: Vectors
  private readonly loseRepeats: boolean
  private readonly center: Float64Array
  private readonly centerGradient: Float64Array
  /** With `loseRepeats`: by word, the pair for which its row was last changed. */
  private readonly changedBy: Float64Array
  private pair = 0

  constructor(vectors: Vectors, loseRepeats: boolean) {
    const { words, dimensions } = vectors
    this.vectors = vectors
    this.loseRepeats = loseRepeats
    this.input = new SparseGradient(words, dimensions)
    this.output = new SparseGradient(words, dimensions)
    this.center = new Float64Array(dimensions)
    this.centerGradient = new Float64Array(dimensions)
    this.changedBy = new Float64Array(loseRepeats ? words : 0)
  }

  /** Adds up the gradients of a batch and gives the mean loss of its windows, in nats. */
  add({ centers, ends, outsides, negatives, negativeSamples }: Batch): number {
    const share = 1 / centers.length
    let loss = 0
    let j = 0
    for (let i = 0; i < centers.length; i++) {
      this.enter(centers[i])
      for (; j < ends[i]; j++) {
        this.pair++
        loss += this.addWord(outsides[j], 1, share)
        for (let k = j * negativeSamples; k < (j + 1) * negativeSamples; k++)
          loss += this.addWord(negatives[k], 0, share)
      }
      this.leave(centers[i], share)
    }
    return loss * share
  }

  /** vectors −= step · gradient, and all gradients are zero again. */
  descend(step: number): void {
    this.input.descend(this.vectors.inputVectors, step)
    this.output.descend(this.vectors.outputVectors, step)
  }

  private enter(center: number): void {
    const { inputVectors, dimensions } = this.vectors
    for (let d = 0; d < dimensions; d++) this.center[d] = inputVectors[center * dimensions + d]
    this.centerGradient.fill(0)
  }

  private leave(center: number, share: number): void {
    const row = this.input.row(center)
    for (let d = 0; d < this.centerGradient.length; d++)
      this.input.data[row + d] += share * this.centerGradient[d]
  }

  /** One draw's part of (11) to (13) in docs/equations.md, whose signs are those of a label of 1 or 0. */
  private addWord(word: number, label: 0 | 1, share: number): number {
    const { center, centerGradient } = this
    const { outputVectors } = this.vectors
    const { data } = this.output
    const dimensions = center.length
    const row = word * dimensions
    const place = this.output.row(word)
    let score = 0
    for (let d = 0; d < dimensions; d++) score += outputVectors[row + d] * center[d]
    const small = Math.exp(-Math.abs(score))
    // σ(score) for a negative, σ(score) − 1 for the outside word.
    const error = ((score >= 0 === (label === 0) ? 1 : small) / (1 + small)) * (label === 0 ? 1 : -1)
    const change = this.isLost(word) ? 0 : share * error
    for (let d = 0; d < dimensions; d++) {
      centerGradient[d] += error * outputVectors[row + d]
      data[place + d] += change * center[d]
    }
    return Math.max(label === 0 ? score : -score, 0) + Math.log1p(small)
  }

  private isLost(word: number): boolean {
    if (!this.loseRepeats) return false
    if (this.changedBy[word] === this.pair) return true
    this.changedBy[word] = this.pair
    return false
  }
}
