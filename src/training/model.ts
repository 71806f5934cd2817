import { save } from '../formats/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import type { TrainingOptions } from './options.js'

/** Mean losses per pair of the epochs that were run, in nats. */
export interface Losses {
  readonly training: readonly number[]
  readonly heldOut: readonly number[]
}

/** What training leaves behind. */
export class Model {
  /** The input vectors, one a word, with the output vectors beside them. */
  readonly vectors: WordVectors
  /** Every option as it was used. */
  readonly options: TrainingOptions
  /** Mean loss per pair of each epoch, in nats. */
  readonly losses: readonly number[]
  /** The same on text set aside, measured after each epoch with draws that never change; empty without `heldOut`. */
  readonly heldOutLosses: readonly number[]

  constructor(vectors: WordVectors, options: TrainingOptions, losses: Losses) {
    this.vectors = vectors
    this.options = options
    this.losses = losses.training
    this.heldOutLosses = losses.heldOut
  }

  get vocabulary(): Vocabulary {
    return this.vectors.vocabulary
  }

  /**
   * Writes the vectors, in the format of the path's ending: .safetensors (everything), .txt, .vec or .bin
   * (fastText's where there are sub-words, else word2vec's).
   * Throws `not-written` and leaves no partial file.
   */
  save(path: string): Promise<void> {
    return save(this.vectors, path)
  }
}
