import { type Matrix, row } from '../math/matrix.js'
import { type HuffmanTree, pathOf } from './huffman.js'
import type { LabelledRows } from './step.js'

/**
 * A word's path through the tree: at each inner node, whose output row is u, the hidden row h should say with
 * probability σ(u·h) that the path goes on by code 0 (Mikolov et al. 2013b, eq. 3). The probability of a word is
 * the product over its path, and over all words these sum to 1. One word for all hidden rows. kernels/hierarchical-softmax.ts is the twin.
 */
export function hierarchicalSoftmax(
  outputVectors: Matrix,
  tree: HuffmanTree,
  outsides: readonly number[],
): LabelledRows {
  const path = pathOf(tree, outsides[0]!)
  const [first, ...further] = path.map(({ node }) => row(outputVectors, node))
  return {
    own: outsides.map(() => first!),
    shared: further,
    labels: path.map(({ code }) => (code === 0 ? 1 : 0)),
  }
}
