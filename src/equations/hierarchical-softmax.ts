import { addScaled } from '../math/index.js'
import type { Turn } from './huffman.js'
import { type Rows, type SparseRows, scaled, score, type Vector } from './rows.js'
import { logSigmoid, sigmoid } from './sigmoid.js'

/** A hidden vector, and the path to the word that it is to predict. */
export interface PathPair {
  /** h, d×1: the center word's vector in skip-gram. */
  hidden: Vector
  /** From the root down. */
  path: readonly Turn[]
  /** One output vector for each inner node, (|V| − 1)×d or more. */
  outputVectors: Rows
}

/** What hierarchical softmax says about one pair. */
export interface HierarchicalSoftmax {
  /** J, in nats. */
  loss: number
  /** ∂J/∂h, d×1. */
  hiddenGradient: Float64Array
  /** ∂J/∂U by inner node: those of the path, about log₂ |V|. */
  outputGradient: SparseRows
}

/** J = −ln P(o|h) = −Σ ln σ(±u_n·h) over the path, in nats: + for a step by code 0, − by code 1 (27). */
export function hierarchicalSoftmaxLoss({ hidden, path, outputVectors }: PathPair): number {
  return path.reduce((loss, { node, code }) => {
    const s = score(outputVectors[node]!, hidden, node)
    return loss - logSigmoid(code === 0 ? s : -s)
  }, 0)
}

/** Loss and gradients of one pair (27), (28): O(log |V|·d) with a Huffman tree. */
export function hierarchicalSoftmax(pair: PathPair): HierarchicalSoftmax {
  const { hidden, path, outputVectors } = pair
  const hiddenGradient = new Float64Array(hidden.length)
  const outputGradient = new Map<number, Float64Array>()
  for (const { node, code } of path) {
    const u = outputVectors[node]!
    const error = sigmoid(score(u, hidden, node)) - (code === 0 ? 1 : 0)
    addScaled(hiddenGradient, error, u)
    outputGradient.set(node, scaled(error, hidden))
  }
  return { loss: hierarchicalSoftmaxLoss(pair), hiddenGradient, outputGradient }
}
