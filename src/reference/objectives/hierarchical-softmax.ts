import { type HuffmanTree, huffmanTree, logSigmoid, pathOf } from '../../equations/index.js'
import { longestPath } from '../../equations/inner.js'
import { logisticStep, type Objective, type OutputLayer, products } from './objective.js'

/**
 * A word is reached by a path through a Huffman tree, whose inner nodes have the output rows (Morin & Bengio 2005;
 * Mikolov et al. 2013b, eq. 3; docs/equations.md, (27), (28)). kernels/hierarchical-softmax.ts is the twin.
 */
export const hierarchicalSoftmax = {
  name: 'hierarchical-softmax',
  help: 'along a path through a Huffman tree',
  work: 'O(log |V|·d)',
  outputRows: words => words,
  mostRows: ({ tree }) => longestPath(tree!),
  firstLoss: ({ words }) => Math.log(words), // some log₂ |V| turns, each ln 2
  lossAtZero: ({ tree }, shares) => Math.LN2 * meanPath(tree!, shares),
  tree: huffmanTree,
  losesRows: 'of-another-tree',
  outputRowsAre:
    'inner nodes of the Huffman tree over the counts, in the order in which they were made; the root is the last but one row, the last is unused',
  logOdds: (hidden, output) => alongPaths(output.tree!, products(hidden, output.words - 1, output)),
  stepFor([word], _random, output) {
    const path = labelledPath(output, word!)
    if (!path) return () => 0
    return logisticStep(outsides => ({ ...path, own: outsides.map(() => path.first) }))
  },
} as const satisfies Objective

/**
 * The path to a word as rows with labels, 1 if it goes on by code 0: each hidden row meets all of them, and `step`
 * is then the step down (28). Undefined for a word that has no other beside it.
 */
function labelledPath({ outputRow, tree }: OutputLayer, word: number) {
  const path = pathOf(tree!, word)
  const [first, ...shared] = path.map(({ node }) => outputRow(node))
  return (
    first && { first, shared, labels: path.map(({ code }) => (code === 0 ? (1 as const) : (0 as const))) }
  )
}

/** By word, the sum of log σ(±u·h) over the turns to it (27), of the products u·h by node. */
function alongPaths({ starts, paths }: HuffmanTree, products: Float64Array): Float64Array {
  const turns = [0, 1].map(code => products.map(product => logSigmoid(code === 0 ? product : -product)))
  return Float64Array.from({ length: starts.length - 1 }, (_, word) => {
    let sum = 0
    for (let at = starts[word]!; at < starts[word + 1]!; at++)
      sum += turns[paths[at]! & 1]![paths[at]! >>> 1]!
    return sum
  })
}

/** Turns on the way to a word, on average. */
function meanPath({ starts }: HuffmanTree, shares: Float64Array): number {
  let turns = 0
  let total = 0
  shares.forEach((share, word) => {
    turns += share * (starts[word + 1]! - starts[word]!)
    total += share
  })
  return turns / total
}
