import type { Control } from '../../runs/inner.js'

/** The argument of `onProgress`. */
export type ClassifierProgress =
  | { readonly phase: 'reading'; readonly lines: number; readonly bytes: number }
  | LineProgress

export interface LineProgress {
  readonly phase: 'training'
  /** Counted from 1. */
  readonly epoch: number
  readonly epochs: number
  /** Of the whole training, 0 … 1. */
  readonly fraction: number
  readonly linesPerSecond: number
  readonly secondsLeft: number
  /** Mean over the lines of this epoch so far, in nats; undefined before the first line. */
  readonly loss: number | undefined
  /** After the last epoch that is done; undefined if nothing is held out. */
  readonly heldOutLoss: number | undefined
}

/** Reads the shared counters as a person wants to see them. */
export class LineMeter {
  readonly #control: Control
  readonly #all: number
  readonly #start = performance.now()
  readonly #before: number // lines that were passed when the run was resumed

  /** `lines` are those of an epoch. */
  constructor(control: Control, lines: number) {
    this.#control = control
    this.#all = lines * control.epochs
    this.#before = passedLines(control)
  }

  read(): LineProgress {
    const { epochs, epochsDone, lastHeldOutLoss } = this.#control
    const passed = passedLines(this.#control)
    const seconds = (performance.now() - this.#start) / 1000
    const speed = (passed - this.#before) / seconds
    const epoch = Math.min(epochsDone, epochs - 1)
    const { loss, pairs } = this.#control.epoch(epoch)
    return {
      phase: 'training',
      epoch: epoch + 1,
      epochs,
      fraction: passed / this.#all,
      linesPerSecond: speed,
      secondsLeft: speed > 0 ? (this.#all - passed) / speed : Number.POSITIVE_INFINITY,
      loss: pairs > 0 ? loss / pairs : undefined,
      heldOutLoss: lastHeldOutLoss,
    }
  }
}

/** Lines of all epochs that were passed. */
function passedLines(control: Control): number {
  let sum = 0
  for (let epoch = 0; epoch < control.epochs; epoch++) sum += control.epoch(epoch).pairs
  return sum
}
