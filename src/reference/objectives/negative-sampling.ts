import { logSigmoid } from '../../equations/index.js'
import { drawNegativeSamples } from '../../equations/inner.js'
import type { LabelledRows, Row } from '../step.js'
import { logisticStep, type Objective, products, type ScoredLayer } from './objective.js'

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
  logOdds: oddsAgainstNoise,
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

/**
 * At the optimum u·h = ln P(w | h) − ln K P_noise(w) (Levy & Goldberg 2014, §3.1, where that is PMI − ln K), if noise
 * words may be the outside word. Ours never are: o has w beside it K · P_noise(w) / (1 − P_noise(o)) times, w never. So
 * with x = K · P_noise(w) · exp(u·h) the odds of a word are x / (1 + x / (1 − P_noise(w))).
 */
function oddsAgainstNoise(hidden: Row, output: ScoredLayer): Float64Array {
  const { words, noise, negativeSamples } = output
  let total = 0
  for (let word = 0; word < words; word++) total += noise[word]!
  return products(hidden, words, output).map((product, word) => {
    const share = noise[word]! / total
    const logX = Math.log(negativeSamples * share) + product
    const logOthers = Math.log(Math.max(1 - share, Number.EPSILON))
    return logX + logSigmoid(logOthers - logX) // ln (1 / (1 + x / others))
  })
}
