import type { Progress } from 'wordloom'
import type { Spent } from './measurement.js'

/**
 * Training is timed from its first progress event, about a tenth of a second after its start, and only the
 * words passed after that event count. Where that would be less than half of them, it is timed from the end of
 * reading.
 */
export class PhaseClock {
  reading: Spent = { seconds: 0, cpuSeconds: 0 }
  training: Spent & { words: number } = { seconds: 0, cpuSeconds: 0, words: 0 }
  readonly #start = spent()
  #read = this.#start
  #first: { at: Spent; words: number } | undefined

  see(progress: Progress): void {
    if (progress.phase === 'reading') {
      this.#read = spent()
      this.reading = since(this.#start)
      return
    }
    this.#first ??= { at: spent(), words: progress.words }
    const early = this.#first.words < progress.words / 2
    const from = early ? this.#first : { at: this.#read, words: 0 }
    this.training = { ...since(from.at), words: progress.words - from.words }
  }
}

/** Since the process began: its CPU time is that of all its threads. */
export function spent(): Spent {
  const { user, system } = process.cpuUsage()
  return { seconds: performance.now() / 1000, cpuSeconds: (user + system) / 1e6 }
}

function since(start: Spent): Spent {
  const now = spent()
  return { seconds: now.seconds - start.seconds, cpuSeconds: now.cpuSeconds - start.cpuSeconds }
}
