import { allocateShared } from '../wasm/index.js'
import { type Occasion, Pauses, type Place } from './pauses.js'

/** Positions of the text that were passed, pairs trained, and their loss in nats. */
export interface Sums {
  readonly positions: number
  readonly pairs: number
  readonly loss: number
}

/** How much there is to count. */
export interface ControlSize {
  readonly epochs: number
  /** Pieces of work whose sums are kept apart: those of a chunk, or of each thread. */
  readonly slots: number
  readonly heldOutSlots: number
  readonly threads: number
}

/** Numbers as they lie in memory: [positions, pairs, loss] an epoch and a slot, [pairs, loss] an epoch held out. */
export interface Counted {
  readonly epochs: Float64Array
  readonly slots: Float64Array
  readonly heldOut: Float64Array
}

/** What threads are posted to share one Control. */
export interface ControlMemory extends Omit<ControlSize, 'heldOutSlots'> {
  readonly buffer: ArrayBufferLike
}

/** Places of the flags. */
const NEXT = 0
const STOP = 1
const ARRIVED = 2
const GENERATION = 3
const EPOCHS_DONE = 4
const REACHED = 5
const FLAG_BYTES = 64
/** The first flag that Pauses uses. */
const PAUSE_FLAGS = 6
/**
 * Looks at a barrier before a thread sleeps there, some microseconds in all: to be woken costs about as much, and more
 * would be taken from threads that share the core.
 */
const LOOKS = 500

/**
 * What threads tell each other, in shared memory: which work is next, when all have arrived, whether to stop,
 * and the sums of each epoch. Sums of the work at hand lie in slots that are added up in their order, so that
 * the total does not depend on which thread did what.
 */
export class Control {
  readonly buffer: ArrayBufferLike
  /** Pauses in which threads wait for the thread that started them. */
  readonly pauses: Pauses
  readonly #flags: Int32Array
  readonly #sums: Float64Array // [epoch][positions, pairs, loss], then [slot][…]
  readonly #heldOut: Float64Array // [epoch][pairs, loss], then [slot][…]
  /** Epochs of the whole run. */
  readonly epochs: number
  readonly #threads: number
  readonly #onWork: () => void

  /** `onWork` is called after each piece of work that this thread has done. */
  constructor({ buffer, epochs, slots, threads }: ControlMemory, onWork: () => void = () => {}) {
    this.buffer = buffer
    this.epochs = epochs
    this.#threads = threads
    this.#onWork = onWork
    this.#flags = new Int32Array(buffer, 0, FLAG_BYTES / 4)
    this.pauses = new Pauses(this.#flags.subarray(PAUSE_FLAGS), () => this.stopped)
    this.#sums = new Float64Array(buffer, FLAG_BYTES, (epochs + slots) * 3)
    this.#heldOut = new Float64Array(buffer, FLAG_BYTES + (epochs + slots) * 24)
  }

  static allocate({ epochs, slots, heldOutSlots, threads }: ControlSize): ControlMemory {
    const bytes = FLAG_BYTES + (epochs + slots) * 24 + (epochs + heldOutSlots) * 16
    return { buffer: allocateShared(bytes), epochs, slots, threads }
  }

  /**
   * Does its share of `count` pieces of work, claimed one by one, then waits for all other threads; the last one to
   * arrive calls `atEnd` before any goes on.
   */
  phase(count: number, work: (index: number) => void, atEnd: () => void = () => {}): void {
    for (let index = this.#claim(); index < count && !this.stopped; index = this.#claim()) {
      work(index)
      this.#onWork()
    }
    this.meet(atEnd)
  }

  /**
   * The same with pieces `first` … `end` − 1, but all threads also meet between two pieces when a pause is asked for.
   * `atEnd` gets, and the call returns, the piece with which to go on.
   */
  stretch(first: number, end: number, work: (index: number) => void, atEnd: (next: number) => void): number {
    while (!this.stopped && !this.pauses.isAskedFor) {
      const index = first + this.#claim()
      if (index >= end) break
      work(index)
      this.#onWork()
    }
    this.meet(() => {
      const next = Math.min(end, first + Atomics.load(this.#flags, NEXT))
      Atomics.store(this.#flags, REACHED, next)
      atEnd(next)
    })
    return Atomics.load(this.#flags, REACHED)
  }

  /**
   * All threads meet here: a barrier, at which the last one to arrive calls `atEnd` and opens the next phase. It is not
   * called once the run is stopped. A thread blocks meanwhile, so it must be a worker; it looks so many times before it sleeps.
   */
  meet(atEnd: () => void = () => {}, looks = LOOKS): void {
    const generation = Atomics.load(this.#flags, GENERATION)
    if (Atomics.add(this.#flags, ARRIVED, 1) + 1 === this.#threads) {
      if (!this.stopped) atEnd()
      Atomics.store(this.#flags, ARRIVED, 0)
      Atomics.store(this.#flags, NEXT, 0)
      Atomics.add(this.#flags, GENERATION, 1)
      Atomics.notify(this.#flags, GENERATION)
    } else {
      for (let i = 0; i < looks && Atomics.load(this.#flags, GENERATION) === generation; i++);
      while (Atomics.load(this.#flags, GENERATION) === generation && !this.stopped)
        Atomics.wait(this.#flags, GENERATION, generation, 100)
    }
  }

  /** All threads meet here, and wait if a pause is wanted on this occasion. */
  pausePoint(place: Place, occasion: Occasion): void {
    this.meet(() => this.pauses.at(place, occasion))
  }

  /** Ends the run: threads leave at the next piece of work, also those that wait for one that died. */
  stop(): void {
    Atomics.store(this.#flags, STOP, 1)
    Atomics.notify(this.#flags, GENERATION)
    this.pauses.end()
  }

  get stopped(): boolean {
    return Atomics.load(this.#flags, STOP) === 1
  }

  /** Adds to a slot, which must be one that no other thread adds to in this phase. */
  add(slot: number, { positions, pairs, loss }: Sums): void {
    const at = (this.epochs + slot) * 3
    this.#sums[at]! += positions
    this.#sums[at + 1]! += pairs
    this.#sums[at + 2]! += loss
  }

  /**
   * Adds the slots to the sums of the epoch at hand, one by one, so that the sums are those of as many slots as
   * there were pieces of work; and clears them. Only one thread may, while the others wait.
   */
  closeSlots(): void {
    const epoch = this.epochsDone
    const { positions, pairs, loss } = this.#soFar(epoch)
    this.#sums.set([positions, pairs, loss], epoch * 3)
    this.#sums.fill(0, this.epochs * 3)
  }

  /** The same at the end of an epoch. */
  closeEpoch(epoch: number): void {
    this.closeSlots()
    Atomics.store(this.#flags, EPOCHS_DONE, epoch + 1)
  }

  get epochsDone(): number {
    return Atomics.load(this.#flags, EPOCHS_DONE)
  }

  /** The sums of an epoch that is done, or so far of the one at hand. */
  epoch(epoch: number): Sums {
    if (epoch > this.epochsDone) return { positions: 0, pairs: 0, loss: 0 }
    return epoch === this.epochsDone && epoch < this.epochs ? this.#soFar(epoch) : this.#sumsAt(epoch)
  }

  addHeldOut(slot: number, { pairs, loss }: { pairs: number; loss: number }): void {
    this.#heldOut.set([pairs, loss], (this.epochs + slot) * 2)
  }

  /** Adds up the slots in their order. Only one thread may, while the others wait. */
  closeHeldOut(epoch: number): void {
    let pairs = 0
    let loss = 0
    for (let at = this.epochs * 2; at < this.#heldOut.length; at += 2) {
      pairs += this.#heldOut[at]!
      loss += this.#heldOut[at + 1]!
    }
    this.#heldOut.set([pairs, loss], epoch * 2)
  }

  /** Mean over the pairs of the text set aside, after an epoch, in nats; NaN if nothing was. */
  heldOutLoss(epoch: number): number {
    return this.#heldOut[epoch * 2 + 1]! / this.#heldOut[epoch * 2]!
  }

  /** The epoch with the lowest held-out loss so far, the first of several; undefined if none was judged. */
  get bestEpoch(): number | undefined {
    let best: number | undefined
    for (let epoch = 0; epoch < this.epochsDone; epoch++)
      if (this.heldOutLoss(epoch) < (best === undefined ? Number.POSITIVE_INFINITY : this.heldOutLoss(best)))
        best = epoch
    return best
  }

  /** Of the last epoch that was judged. */
  get lastHeldOutLoss(): number | undefined {
    for (let epoch = this.epochsDone - 1; epoch >= 0; epoch--)
      if (this.#heldOut[epoch * 2]! > 0) return this.heldOutLoss(epoch)
    return undefined
  }

  /** The sums so far, to go on from: those of the epochs up to the one at hand, and of the slots. */
  counted(): Counted {
    const epochs = Math.min(this.epochsDone + 1, this.epochs)
    return {
      epochs: this.#sums.slice(0, epochs * 3),
      slots: this.#sums.slice(this.epochs * 3),
      heldOut: this.#heldOut.slice(0, epochs * 2),
    }
  }

  /** Goes on from there, before any thread is started. Slots of another number are added up in the first one. */
  restore(epochsDone: number, { epochs, slots, heldOut }: Counted): void {
    this.#sums.set(epochs)
    this.#heldOut.set(heldOut)
    const own = this.#sums.subarray(this.epochs * 3)
    if (slots.length === own.length) own.set(slots)
    else for (let i = 0; i < slots.length; i++) own[i % 3]! += slots[i]!
    Atomics.store(this.#flags, EPOCHS_DONE, epochsDone)
  }

  /** Takes over what a thread has counted that shares no memory with this one; whether to stop is ours to say. */
  follow(other: ArrayBuffer): void {
    new Uint8Array(this.buffer, FLAG_BYTES).set(new Uint8Array(other, FLAG_BYTES))
    Atomics.store(this.#flags, EPOCHS_DONE, new Int32Array(other)[EPOCHS_DONE]!)
  }

  #claim(): number {
    return Atomics.add(this.#flags, NEXT, 1)
  }

  #soFar(epoch: number): Sums {
    const sums = this.#sumsAt(epoch)
    for (let at = this.epochs * 3; at < this.#sums.length; at += 3) {
      sums.positions += this.#sums[at]!
      sums.pairs += this.#sums[at + 1]!
      sums.loss += this.#sums[at + 2]!
    }
    return sums
  }

  #sumsAt(epoch: number) {
    const [positions, pairs, loss] = this.#sums.subarray(epoch * 3, epoch * 3 + 3)
    return { positions: positions!, pairs: pairs!, loss: loss! }
  }
}
