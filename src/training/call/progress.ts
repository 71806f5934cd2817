import type { Control } from '../../runs/inner.js'
import type { CorpusProgress, TokenIds } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'

/** The argument of `onProgress`. */
export type Progress = ({ readonly phase: 'reading' } & CorpusProgress) | TrainingProgress

export interface TrainingProgress {
  readonly phase: 'training'
  /** Counted from 1. */
  readonly epoch: number
  readonly epochs: number
  /** Of the whole training, 0 … 1. */
  readonly fraction: number
  /** Words of the vocabulary passed, before sub-sampling, as word2vec counts them. */
  readonly words: number
  readonly wordsPerSecond: number
  /** Mean over the pairs of this epoch so far, in nats; undefined before the first pair. */
  readonly loss: number | undefined
  readonly secondsLeft: number
  /** After the last epoch that is done; undefined if nothing is held out. */
  readonly heldOutLoss: number | undefined
}

/** Reads the shared counters as a person wants to see them. */
export class TrainingMeter {
  readonly #control: Control
  readonly #ids: TokenIds
  readonly #epochs: number
  readonly #start = performance.now()
  readonly #before: number // positions that were passed when the run was resumed

  constructor(control: Control, ids: TokenIds, options: TrainingOptions) {
    this.#control = control
    this.#ids = ids
    this.#epochs = options.epochs
    this.#before = this.#positions()
  }

  read(): TrainingProgress {
    const sums = Array.from({ length: this.#epochs }, (_, epoch) => this.#control.epoch(epoch))
    const current = Math.max(
      0,
      sums.findLastIndex(epoch => epoch.pairs > 0),
    )
    const all = this.#epochs * this.#ids.length
    const fraction = this.#positions() / all
    const passed = fraction - this.#before / all // by this process
    const words = Math.round(fraction * this.#epochs * this.#ids.tokens)
    const seconds = (performance.now() - this.#start) / 1000
    const { loss, pairs } = sums[current]!
    return {
      phase: 'training',
      epoch: current + 1,
      epochs: this.#epochs,
      fraction,
      words,
      wordsPerSecond: (passed * this.#epochs * this.#ids.tokens) / seconds,
      loss: pairs > 0 ? loss / pairs : undefined,
      secondsLeft: passed > 0 ? (seconds * (1 - fraction)) / passed : Number.POSITIVE_INFINITY,
      heldOutLoss: this.#control.lastHeldOutLoss,
    }
  }
  #positions(): number {
    let sum = 0
    for (let epoch = 0; epoch < this.#epochs; epoch++) sum += this.#control.epoch(epoch).positions
    return sum
  }
}
