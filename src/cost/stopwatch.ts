import { median } from 'simple-statistics'

/** Something that can be done again and again. */
export interface Work {
  /** Pairs of words that one call handles. */
  readonly pairs: number
  /** Does it once, and gives its loss, so that no compiler may leave it out. */
  readonly run: () => number
}

export interface TimingOptions {
  /** What all of it may take, in seconds; three rounds are made even if that is too little. */
  readonly seconds: number
  /** The clock, in seconds, from any beginning. Processor time serves best if other programs run. */
  readonly now?: (() => number) | undefined
  /** Told after every work how much of the time is gone, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined
}

/** Of the time, what is spent on making the engine compile before anything counts. */
const WARM_UP = 0.2
const ROUNDS = 7
const LEAST_ROUNDS = 3
/** Seconds of a repeat: enough that occasional work of the engine (collecting garbage) falls into every one. */
const REPEAT = 0.05

/**
 * Seconds a pair of each work: the median of its repeats. A repeat is as many calls as take 50 ms, or one.
 * The works take turns, there and back, so that what disturbs the machine for a while disturbs them all.
 */
export function timePerPair(
  works: readonly Work[],
  { seconds, now = wallClock, onProgress }: TimingOptions,
): number[] {
  const begin = wallClock()
  const gone = () => Math.min(1, (wallClock() - begin) / seconds)
  const share = seconds / works.length
  const inTurns = works.map(work => {
    const turns = new Turns(work, now)
    turns.warmUp(WARM_UP * share)
    onProgress?.(gone())
    return turns
  })
  for (let round = 0; round < LEAST_ROUNDS || (round < ROUNDS && gone() < 1); round++)
    for (const turns of round % 2 === 0 ? inTurns : inTurns.toReversed()) {
      turns.take(((1 - WARM_UP) * share) / ROUNDS)
      onProgress?.(gone())
    }
  return inTurns.map(turns => turns.medianTime())
}

function wallClock(): number {
  return performance.now() / 1000
}

/** One work and the times that were taken of it. */
class Turns {
  private readonly work: Work
  private readonly now: () => number
  /** Calls of a repeat. */
  private calls = 1
  /** Seconds a pair of every repeat. */
  private readonly times: number[] = []

  constructor(work: Work, now: () => number) {
    this.work = work
    this.now = now
  }

  /** Runs for so long, and twice at least, then knows how many calls make a repeat. */
  warmUp(seconds: number): void {
    this.repeat()
    let spent = this.repeat()
    for (let all = spent; all < seconds; all += spent) {
      if (spent < REPEAT) this.calls *= 2
      spent = this.repeat()
    }
    this.calls = Math.max(1, Math.round((this.calls * REPEAT) / spent))
  }

  /** Repeats until the time is over, once at least. */
  take(seconds: number): void {
    let all = 0
    do {
      const spent = this.repeat()
      this.times.push(spent / (this.calls * this.work.pairs))
      all += spent
    } while (all < seconds)
  }

  medianTime(): number {
    return median(this.times)
  }

  /** Seconds of one repeat; never zero, so that a coarse clock cannot stop it for good. */
  private repeat(): number {
    const begin = this.now()
    let sum = 0
    for (let call = 0; call < this.calls; call++) sum += this.work.run()
    const spent = this.now() - begin
    if (Number.isNaN(sum)) throw new Error('a loss is not a number')
    return Math.max(spent, 1e-9)
  }
}
