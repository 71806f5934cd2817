import { save } from '../formats/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import type { TrainingOptions } from './options.js'

/** What training leaves behind. */
export class Model {
  /** The input vectors, one a word, with the output vectors beside them. */
  readonly vectors: WordVectors
  /** Every option as it was used. */
  readonly options: TrainingOptions
  /** Mean loss per pair of each epoch, in nats. */
  readonly losses: readonly number[]

  constructor(vectors: WordVectors, options: TrainingOptions, losses: readonly number[]) {
    this.vectors = vectors
    this.options = options
    this.losses = losses
  }

  get vocabulary(): Vocabulary {
    return this.vectors.vocabulary
  }

  /**
   * Writes the vectors, in the format of the path's ending: .safetensors (everything), .txt, .vec or .bin (word2vec's).
   * Throws `not-written` and leaves no partial file.
   */
  save(path: string): Promise<void> {
    return save(this.vectors, path)
  }
}
