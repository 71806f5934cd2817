/** How far a run has come: everything before this place is trained, and nothing behind it. */
export interface Place {
  readonly epoch: number
  /** A chunk of the text; in the window schedule a stretch of it. */
  readonly step: number
  /** A sub-round of the chunk; in the window schedule a block of positions, counted from the start of the text. */
  readonly part: number
}

/** When a pause is wanted: as soon as possible, or also at every end of a step or an epoch. */
export const Occasion = { part: 1, step: 2, epoch: 4 } as const
export type Occasion = (typeof Occasion)[keyof typeof Occasion]

/** Places of the flags. */
const WANTED = 0
const PAUSED = 1
const EPOCH = 2
const STEP = 3
const PART = 4

/**
 * Pauses of training, in which the thread that started it can look at the vectors, write them, or wait for
 * something. All threads but one wait at a barrier; the last one to arrive waits here. The result does not depend on
 * whether, when and how long training pauses.
 */
export class Pauses {
  readonly #flags: Int32Array
  readonly #stopped: () => boolean

  constructor(flags: Int32Array, stopped: () => boolean) {
    this.#flags = flags
    this.#stopped = stopped
  }

  /** The place of the threads while they are paused, and where they begin. */
  get place(): Place {
    const [epoch, step, part] = [EPOCH, STEP, PART].map(flag => Atomics.load(this.#flags, flag))
    return { epoch: epoch!, step: step!, part: part! }
  }

  /** Where to begin, before any thread is started. */
  set place({ epoch, step, part }: Place) {
    Atomics.store(this.#flags, EPOCH, epoch)
    Atomics.store(this.#flags, STEP, step)
    Atomics.store(this.#flags, PART, part)
  }

  /** Asks for a pause at every end of a step, or of an epoch. */
  wantEvery(occasion: Occasion): void {
    Atomics.or(this.#flags, WANTED, occasion)
  }

  /** Asks for a pause at the next place where training can pause. */
  ask(): void {
    Atomics.or(this.#flags, WANTED, Occasion.part)
  }

  get isAskedFor(): boolean {
    return (Atomics.load(this.#flags, WANTED) & Occasion.part) !== 0
  }

  /** What has just ended, while all threads wait; undefined while they work. */
  get occasion(): Occasion | undefined {
    return (Atomics.load(this.#flags, PAUSED) || undefined) as Occasion | undefined
  }

  /** Lets the threads go on. */
  end(): void {
    Atomics.and(this.#flags, WANTED, ~Occasion.part)
    Atomics.store(this.#flags, PAUSED, 0)
    Atomics.notify(this.#flags, PAUSED)
  }

  /** On a thread, while all others wait for it: waits as well, if a pause is wanted. */
  at(place: Place, occasion: Occasion): void {
    this.place = place
    if ((Atomics.load(this.#flags, WANTED) & (occasion | Occasion.part)) === 0) return
    Atomics.store(this.#flags, PAUSED, occasion)
    while (Atomics.load(this.#flags, PAUSED) !== 0 && !this.#stopped())
      Atomics.wait(this.#flags, PAUSED, occasion, 100)
  }
}
