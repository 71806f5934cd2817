import { drawNegativeSamples } from '../../equations/inner.js'
import type { LabelledRows } from '../step.js'
import { logisticStep, type Objective, type OutputLayer } from './objective.js'

/**
 * A word is told from words of the noise distribution (Mikolov et al. 2013b, eq. 4; docs/equations.md, (11)–(13)).
 * kernels/negative-sampling.ts is the twin.
 */
export const negativeSampling = {
  name: 'negative-sampling',
  help: 'told from noise words',
  work: 'O(K·d)',
  outputRows: words => words,
  mostRows: ({ negativeSamples }) => 1 + negativeSamples,
  firstLoss: ({ negativeSamples }) => (1 + negativeSamples) * Math.LN2,
  drawsNoise: true,
  canGoInBlocks: true,
  stepFor(words, random, output) {
    const drawNoise = (evenly: boolean) => output.drawNoise(random, evenly)
    const negatives = drawNegativeSamples(drawNoise, words, output.negativeSamples)
    return logisticStep(outsides => labelledSamples(output, outsides, negatives))
  },
} as const satisfies Objective

/**
 * Each hidden row should recognise its outside word (label 1) and reject the noise words (label 0): one term of
 * docs/equations.md, negative sampling, for each pair.
 */
export function labelledSamples(
  { outputRow }: Pick<OutputLayer, 'outputRow'>,
  outsides: readonly number[],
  negatives: readonly number[],
): LabelledRows {
  return {
    own: outsides.map(outputRow),
    shared: negatives.map(outputRow),
    labels: [1, ...negatives.map(() => 0 as const)],
  }
}
