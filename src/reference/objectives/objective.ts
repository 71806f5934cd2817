import type { HuffmanTree } from '../../equations/index.js'
import type { Random } from '../../math/index.js'
import { type LabelledRows, type Moves, type Row, step } from '../step.js'

/** How much there is to choose from. */
export interface OutputSize {
  readonly words: number
  /** Noise words for each word to recognise. */
  readonly negativeSamples: number
  /** Of an objective that makes one; undefined for others. */
  readonly tree: HuffmanTree | undefined
}

/** What an objective chooses its output rows from. */
export interface OutputLayer extends OutputSize {
  /** The output row with a number: a word's, or whatever else the objective has rows for. Writing moves it. */
  readonly outputRow: (number: number) => Row
  /** A word of the noise distribution or, `evenly`, any word. */
  readonly drawNoise: (random: Random, evenly: boolean) => number
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

/** What a prediction is held to: all that training, help and documentation know of an objective. */
export interface Objective {
  /** The value of the option `objective`. */
  readonly name: string
  /** A few words for the help, after the name. */
  readonly help: string
  /** What a pair costs, as a formula. */
  readonly work: string
  /** Rows of the output matrix; those past the last that it chooses stay zeros. */
  readonly outputRows: (words: number) => number
  /** Rows that one hidden row meets at most, where the kernel chooses them for `step`. */
  readonly mostRows: (size: OutputSize) => number
  /** What a pair costs before the first step, about, in nats: a run whose loss is many times that has diverged. */
  readonly firstLoss: (size: Omit<OutputSize, 'tree'>) => number
  /** The tree that it needs, by the counts of the words. */
  readonly tree?: (counts: ArrayLike<number>) => HuffmanTree
  /** Rows are drawn from the noise distribution, so that words may share what is drawn. */
  readonly drawsNoise?: true
  /** Its rows are drawn from one part of the vocabulary: blocks, which are made for such draws, can train it. */
  readonly canGoInBlocks?: true
  /** Predictions are gathered, and a step takes as many at a time as a batch has. */
  readonly takesBatches?: true
  /** A pair meets every word, which is refused where it would take hours upon hours. */
  readonly meetsAllWords?: true
  /** Output rows belong to no words, but to something that new counts make otherwise: a model that goes on begins them anew. */
  readonly losesRows?: 'of-another-tree'
  /** What a reader of a file should know of the output rows, where they are not those of words. */
  readonly outputRowsAre?: string
  /** The step for hidden rows that are to predict these words; what is to be drawn for them is drawn at once. */
  readonly stepFor: (words: readonly number[], random: Random, output: OutputLayer) => Step
}

/** The step of an objective that labels rows. */
export function logisticStep(choose: (outsides: readonly number[]) => LabelledRows): Step {
  return (hidden, outsides, learningRate, options) => step(hidden, choose(outsides), learningRate, options)
}
