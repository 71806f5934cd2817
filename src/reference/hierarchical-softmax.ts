import { type HuffmanTree, pathOf } from '../equations/index.js'
import { type Matrix, row } from '../math/index.js'
import type { LabelledRows } from './step.js'

/**
 * The path to a word as rows with labels, 1 where it goes on by code 0: each hidden row meets all of them, and `step`
 * is then the step down (28). kernels/hierarchical-softmax.ts is the twin.
 */
export function labelledPath(
  outputVectors: Matrix,
  tree: HuffmanTree,
  outside: number,
  hiddenRows: number,
): LabelledRows {
  const path = pathOf(tree, outside)
  const [first, ...further] = path.map(({ node }) => row(outputVectors, node))
  return {
    own: Array.from({ length: hiddenRows }, () => first!),
    shared: further,
    labels: path.map(({ code }) => (code === 0 ? 1 : 0)),
  }
}
