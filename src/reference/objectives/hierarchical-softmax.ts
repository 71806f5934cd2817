import { type HuffmanTree, huffmanTree, pathOf } from '../../equations/index.js'
import { longestPath } from '../../equations/inner.js'
import type { LabelledRows } from '../step.js'
import { logisticStep, type Objective, type OutputLayer } from './objective.js'

/**
 * A word is reached by a path through a Huffman tree, whose inner nodes have the output rows (Morin & Bengio 2005;
 * Mikolov et al. 2013b, eq. 3; docs/equations.md, (27), (28)). kernels/hierarchical-softmax.ts is the twin.
 */
export const hierarchicalSoftmax = {
  name: 'hierarchical-softmax',
  help: 'a path through a Huffman tree',
  work: 'O(log |V|·d)',
  outputRows: words => words,
  mostRows: ({ tree }) => longestPath(tree!),
  firstLoss: ({ words }) => Math.log(words), // some log₂ |V| turns, each ln 2
  tree: huffmanTree,
  losesRows: 'of-another-tree',
  outputRowsAre:
    'inner nodes of the Huffman tree over the counts, in the order in which they were made; the root is the last but one row, the last is unused',
  stepFor: (_words, _random, output) =>
    logisticStep(outsides => labelledPath(output, output.tree!, outsides[0]!, outsides.length)),
} as const satisfies Objective

/**
 * The path to a word as rows with labels, 1 where it goes on by code 0: each hidden row meets all of them, and `step`
 * is then the step down (28).
 */
function labelledPath(
  { outputRow }: OutputLayer,
  tree: HuffmanTree,
  outside: number,
  hiddenRows: number,
): LabelledRows {
  const path = pathOf(tree, outside)
  const [first, ...further] = path.map(({ node }) => outputRow(node))
  return {
    own: Array.from({ length: hiddenRows }, () => first!),
    shared: further,
    labels: path.map(({ code }) => (code === 0 ? 1 : 0)),
  }
}
