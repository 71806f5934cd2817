import type { LoadProgress } from '../../formats/index.js'
import type { ProgressDisplay } from './progress-bar.js'
import { canRewrite } from './terminal.js'

/** A file that takes less, in milliseconds, is read without a bar. */
const WORTH_SHOWING = 1000
const signals = ['SIGINT', 'SIGTERM'] as const

let isHushed = false

/** No bar is shown in this process while vectors are read: the answer is for a program, or nothing is to be said. */
export function hushReading(): void {
  isHushed = true
}

/** The bar of a file of vectors: in a terminal that can rewrite a line, and only if reading lasts. */
export class ReadingBar {
  readonly #begun = performance.now()
  readonly #isWanted = !isHushed && canRewrite()
  #display: ProgressDisplay | undefined
  #isOver = false

  show(progress: LoadProgress): void {
    if (!this.#isWanted || performance.now() - this.#begun < WORTH_SHOWING) return
    if (this.#display) this.#display.show(progress)
    else void this.#open()
  }

  /** Leaves the terminal as it was. */
  stop(): void {
    this.#isOver = true
    this.#display?.stop()
    for (const signal of signals) process.off(signal, this.#onSignal)
  }

  /** Few commands read files for so long that they need one. */
  async #open(): Promise<void> {
    const { progressDisplay } = await import('./progress-bar.js')
    if (this.#isOver || this.#display) return
    this.#display = progressDisplay(false)
    for (const signal of signals) process.on(signal, this.#onSignal)
  }

  /** Ends the process as the signal would without a bar. */
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.stop()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
}
