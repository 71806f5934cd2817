import type { HuffmanTree } from '../../equations/index.js'
import { dot, type Random } from '../../math/index.js'
import { type LabelledRows, type Moves, type Row, step } from '../step.js'

/** How much there is to choose from. */
export interface OutputSize {
  readonly words: number
  /** Noise words for each word to recognise. */
  readonly negativeSamples: number
  /** Of an objective that makes one; undefined for others. */
  readonly tree: HuffmanTree | undefined
}

/** The output rows that an objective chooses from. */
export interface OutputLayer extends OutputSize {
  /** The output row with a number: of a word, or of a node. Writing moves it. */
  readonly outputRow: (number: number) => Row
  /** A word of the noise distribution or, `evenly`, any word. */
  readonly drawNoise: (random: Random, evenly: boolean) => number
}

/** What the odds of all words are computed from. */
export interface ScoredLayer extends Omit<OutputLayer, 'drawNoise'> {
  /** By word, its weight in the noise distribution, in any unit. */
  readonly noise: ArrayLike<number>
}

/**
 * Takes one step for hidden rows, each with the word that it is to predict: moves what `moves` says, in place, and
 * returns the loss in nats. The words are the same one, unless the objective draws noise or takes batches.
 */
export type Step = (
  hidden: readonly Row[],
  outsides: readonly number[],
  learningRate: number,
  options?: { readonly moves?: Moves },
) => number

/** How predictions are scored: all that training, help and documentation know of an objective. */
export interface Objective {
  /** The value of the option `objective`. */
  readonly name: string
  /** A few words for the help, after the name. */
  readonly help: string
  /** The operations of a pair, as a formula. */
  readonly work: string
  /** Rows of the output matrix; those past the last that it chooses stay zeros. */
  readonly outputRows: (words: number) => number
  /** Rows that one hidden row meets at most, if the kernel chooses them for `step`. */
  readonly mostRows: (size: OutputSize) => number
  /** The approximate loss of a pair before the first step, in nats: a run with many times that loss has diverged. */
  readonly firstLoss: (size: Omit<OutputSize, 'tree'>) => number
  /**
   * The mean loss of a pair while output rows are zeros, in nats, which is that of vectors that know nothing. `shares`
   * is by word how often it is predicted, in any unit.
   */
  readonly lossAtZero: (size: OutputSize, shares: Float64Array) => number
  /** The tree that it needs, by the counts of the words. */
  readonly tree?: (counts: ArrayLike<number>) => HuffmanTree
  /** Rows are drawn from the noise distribution, so that words may share the draws. */
  readonly drawsNoise?: true
  /** Its rows are drawn from one part of the vocabulary: blocks, which are made for such draws, can train it. */
  readonly canGoInBlocks?: true
  /** Predictions are gathered, and a step takes as many at a time as a batch has. */
  readonly takesBatches?: true
  /** A pair meets every word, which is refused if it would take many hours. */
  readonly meetsAllWords?: true
  /** If several words are right, all of them are learned at once; every other objective learns one of them at a time. */
  readonly meetsAllLabels?: true
  /** Output rows belong not to words but to something that changes with the counts: a model that goes on begins them anew. */
  readonly losesRows?: 'of-another-tree'
  /** What a reader of a file should know of the output rows, if they are not those of words. */
  readonly outputRowsAre?: string
  /**
   * By word, the natural logarithm of the probability with which a hidden row predicts it, but for a number that all words
   * share; −∞ for a word that is never predicted.
   */
  readonly logOdds: (hidden: Row, output: ScoredLayer) => Float64Array
  /**
   * The step for hidden rows that are to predict these words; all draws for them are made at once. With `meetsAllLabels`
   * further words may be right too, for one hidden row.
   */
  readonly stepFor: (words: readonly number[], random: Random, output: OutputLayer) => Step
}

/** The step of an objective that labels rows. */
export function logisticStep(choose: (outsides: readonly number[]) => LabelledRows): Step {
  return (hidden, outsides, learningRate, options) => step(hidden, choose(outsides), learningRate, options)
}

/** By number, the product of the hidden row with each of the first output rows: u·h. */
export function products(
  hidden: Row,
  count: number,
  { outputRow }: Pick<OutputLayer, 'outputRow'>,
): Float64Array {
  return Float64Array.from({ length: count }, (_, number) => dot(outputRow(number), hidden))
}
