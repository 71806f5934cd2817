import { drawNegativeSamples } from '../../equations/inner.js'
import type { LabelledRows, Row } from '../step.js'
import { logisticStep, type Objective } from './objective.js'

/**
 * A word is distinguished from words of the noise distribution (Mikolov et al. 2013b, eq. 4; docs/equations.md, (11)–(13)).
 * kernels/negative-sampling.ts is the twin.
 */
export const negativeSampling = {
  name: 'negative-sampling',
  help: 'against noise words',
  work: 'O(K·d)',
  outputRows: words => words,
  mostRows: ({ negativeSamples }) => 1 + negativeSamples,
  firstLoss: ({ negativeSamples }) => (1 + negativeSamples) * Math.LN2,
  lossAtZero: ({ negativeSamples }) => (1 + negativeSamples) * Math.LN2,
  drawsNoise: true,
  canGoInBlocks: true,
  stepFor(words, random, output) {
    const drawNoise = (evenly: boolean) => output.drawNoise(random, evenly)
    const negatives = drawNegativeSamples(drawNoise, words, output.negativeSamples)
    const noise = negatives.map(output.outputRow)
    return logisticStep(outsides => labelledSamples(outsides.map(output.outputRow), noise))
  },
} as const satisfies Objective

/**
 * Each hidden row should recognise its outside word (label 1) and reject the noise words (label 0): one term of
 * docs/equations.md, negative sampling, for each pair.
 */
export function labelledSamples(outsides: readonly Row[], noise: readonly Row[]): LabelledRows {
  return { own: outsides, shared: noise, labels: [1, ...noise.map(() => 0 as const)] }
}
