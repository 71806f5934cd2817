import { noiseWeights } from '../equations/inner.js'
import { WordloomError } from '../errors.js'
import { type Matrix, row } from '../math/index.js'
import { type Objective, objectiveOf, type ScoredLayer } from '../reference/index.js'
import type { Vocabulary } from '../text/index.js'
import type { TrainingOptions } from '../training/index.js'
import { keepThresholds } from '../training/inner.js'

/** What a hidden row meets in a model: output rows, and how an objective makes probabilities of them. */
export class OutputSide {
  readonly #layer: ScoredLayer
  readonly #objective: Objective
  /** By word, its share of the text that sub-sampling leaves. */
  readonly #shares: Float64Array

  constructor(vocabulary: Vocabulary, rows: Matrix, options: TrainingOptions) {
    const { counts, size } = vocabulary
    this.#objective = objectiveOf(options.objective)
    this.#layer = {
      words: size,
      outputRow: number => row(rows, number),
      tree: this.#objective.tree?.(counts),
      noise: noiseWeights(counts, options.noiseExponent),
      negativeSamples: options.negativeSamples,
    }
    this.#shares = sharesOf(vocabulary, options.subsampling)
  }

  /** By word, the mean of the probabilities that these hidden rows give it. */
  probabilities(hiddenRows: readonly Float64Array[]): Float64Array {
    const mean = new Float64Array(this.#layer.words)
    for (const hidden of hiddenRows)
      probabilitiesOf(this.#objective.logOdds(hidden, this.#layer)).forEach((probability, word) => {
        mean[word]! += probability / hiddenRows.length
      })
    return mean
  }

  /** How many times as probable a word is as it is in the text without a context; 0 for one that the text lacks. */
  lift(word: number, probability: number): number {
    const share = this.#shares[word]!
    return share > 0 ? probability / share : 0
  }
}

/** Odds as logarithms, of any size, to probabilities that add up to 1. */
function probabilitiesOf(logOdds: Float64Array): Float64Array {
  const greatest = logOdds.reduce((most, odds) => (odds > most ? odds : most), Number.NEGATIVE_INFINITY)
  const odds = logOdds.map(one => Math.exp(one - greatest))
  const total = odds.reduce((sum, one) => sum + one, 0)
  if (!Number.isFinite(total))
    throw new WordloomError('bad-data', {
      action: 'predict words',
      found: 'some vectors of the model are not finite, or all of its words are without odds',
      cure: 'train it again',
    })
  return odds.map(one => one / total)
}

function sharesOf(vocabulary: Vocabulary, subsampling: number): Float64Array {
  const keep = keepThresholds(vocabulary, subsampling)
  const kept = vocabulary.counts.map((count, word) => count * (keep[word]! + 1))
  const total = kept.reduce((sum, one) => sum + one, 0)
  return kept.map(one => one / total)
}
