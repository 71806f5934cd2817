import { logSigmoid } from '../../equations/index.js'
import { logisticStep, type Objective, type OutputLayer, products } from './objective.js'

/**
 * A word is told from each other word on its own: Σ −ln σ(u·h) for the words that are right, Σ −ln σ(−u·h) for all others.
 * That is negative sampling (docs/equations.md, (11)–(13)) with every other word as a negative sample. kernels/one-vs-all.ts is
 * the twin.
 */
export const oneVsAll = {
  name: 'one-vs-all',
  help: 'told from every other word, each on its own, slow',
  work: 'O(|V|·d)',
  outputRows: words => words,
  mostRows: ({ words }) => words,
  firstLoss: ({ words }) => words * Math.LN2,
  lossAtZero: ({ words }) => words * Math.LN2,
  meetsAllWords: true,
  meetsAllLabels: true,
  logOdds: (hidden, output) => products(hidden, output.words, output).map(score => logSigmoid(score)),
  stepFor(words, _random, output) {
    const others = othersThan(words, output)
    return logisticStep(outsides => ({
      own: outsides.map(output.outputRow),
      shared: others.map(output.outputRow),
      labels: [1, ...others.map(word => (words.includes(word) ? 1 : 0) as 0 | 1)],
    }))
  },
} as const satisfies Objective

/** All words but the first of those that are right, which each hidden row has as its own. */
function othersThan([first]: readonly number[], { words }: OutputLayer): number[] {
  return Array.from({ length: words }, (_, word) => word).filter(word => word !== first)
}
