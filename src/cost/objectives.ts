import {
  denseRows,
  hierarchicalSoftmax,
  naiveSoftmax,
  naiveSoftmaxBatch,
  negativeSampling,
  type SampledPair,
} from '../equations/index.js'
import type { MadeUpWords } from './made-up-words.js'
import type { Work } from './stopwatch.js'

/** A way to the loss and both gradients of a pair of words, and what it is said to cost. */
export interface TimedObjective {
  readonly name: string
  /** What is said of the time, as a formula. */
  readonly claim: string
  /** The power of |V| that the time is said to grow with. */
  readonly slopeInWords: number
  /** The power of K + 1 that it is said to grow with; left out if there are no negatives to vary. */
  readonly slopeInRows?: number
  readonly work: (words: MadeUpWords, negativeSamples: number) => Work
}

/** Pairs of a batch. */
const BATCH = 16

/** All that is timed, slowest first. To add one is an entry here. */
export const timedObjectives: readonly TimedObjective[] = [
  {
    name: 'naive softmax',
    claim: 'O(|V|·d)',
    slopeInWords: 1,
    work: words => ({ pairs: 1, run: () => naiveSoftmax(words.pair()).loss }),
  },
  {
    name: 'batched softmax',
    claim: 'O(|V|·d)',
    slopeInWords: 1,
    work: words => ({ pairs: BATCH, run: () => naiveSoftmaxBatch(batchOf(words)).loss }),
  },
  {
    name: 'sampling, all rows',
    claim: 'O(|V|·d)',
    slopeInWords: 1,
    work: (words, negativeSamples) => ({
      pairs: 1,
      run: () => negativeSamplingInFull(words.sampledPair(negativeSamples)),
    }),
  },
  {
    name: 'hierarchical softmax',
    claim: 'O(log |V|·d)',
    slopeInWords: 0,
    work: words => ({ pairs: 1, run: () => hierarchicalSoftmax(words.pathPair()).loss }),
  },
  {
    name: 'negative sampling',
    claim: 'O(K·d)',
    slopeInWords: 0,
    slopeInRows: 1,
    work: (words, negativeSamples) => ({
      pairs: 1,
      run: () => negativeSampling(words.sampledPair(negativeSamples)).loss,
    }),
  },
]

function batchOf(words: MadeUpWords) {
  const pairs = Array.from({ length: BATCH }, () => words.pair())
  return {
    centerVectors: pairs.map(pair => pair.centerVector),
    outside: pairs.map(pair => pair.outside),
    outputVectors: words.outputVectors,
  }
}

/** What is lost by writing the zeros of ∂J/∂U out, as programs with whole matrices for gradients do. */
function negativeSamplingInFull(pair: SampledPair): number {
  const { loss, outputGradient } = negativeSampling(pair)
  const gradient = denseRows(outputGradient, pair.outputVectors.length, pair.centerVector.length)
  return loss + 0 * gradient[pair.outside][0]
}
