import { type SaveOptions, save } from '../formats/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import type { TrainingOptions } from './options/options.js'
import type { StartFacts } from './start-facts.js'

/** Mean losses per pair of the epochs that were run, in nats. */
export interface Losses {
  readonly training: readonly number[]
  readonly heldOut: readonly number[]
  /** The epoch, from 1, after which the vectors were as they are, if patience chose it. */
  readonly best?: number | undefined
}

/** Vectors of words, and of documents if those were learned. */
export interface Learned {
  readonly words: WordVectors
  readonly documents?: WordVectors
}

/** The result of training. */
export class Model {
  /** The input vectors, one a word, with the output vectors beside them. */
  readonly vectors: WordVectors
  /** Of an architecture that learns documents: their vectors, by their tags or the numbers of their lines, from 1. */
  readonly documents: WordVectors | undefined
  /** Every option as it was used. */
  readonly options: TrainingOptions
  /** Mean loss per pair of each epoch, in nats. */
  readonly losses: readonly number[]
  /** The loss on text set aside, measured after each epoch with draws that never change; empty without `heldOut`. */
  readonly heldOutLosses: readonly number[]
  /**
   * With `patience`, the epoch, from 1, with the lowest held-out loss: the vectors are those that it left. Undefined
   * without `patience`, and before the first epoch has ended.
   */
  readonly bestEpoch: number | undefined
  /** How the vectors were used that training started from; undefined if it started from chance. */
  readonly start: StartFacts | undefined

  constructor(learned: Learned, options: TrainingOptions, losses: Losses, start?: StartFacts) {
    this.vectors = learned.words
    this.documents = learned.documents
    this.options = options
    this.losses = losses.training
    this.heldOutLosses = losses.heldOut
    this.bestEpoch = losses.best
    this.start = start
  }

  get vocabulary(): Vocabulary {
    return this.vectors.vocabulary
  }

  /**
   * Writes the vectors, in the format of the path's ending: .safetensors (everything), .txt, .vec or .bin
   * (fastText's if there are sub-words, else word2vec's).
   * Throws `not-written` and leaves no partial file.
   */
  async save(path: string, options: SaveOptions = {}): Promise<void> {
    await save(this.vectors, path, options)
  }
}
