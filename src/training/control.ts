/**
 * What threads tell each other, in shared memory: the next block to claim, whether to stop, and per thread and
 * epoch the positions, pairs and loss so far. Each thread writes to its own numbers only.
 */
export class Control {
  readonly buffer: SharedArrayBuffer
  readonly #flags: Int32Array // next block, stop
  readonly #sums: Float64Array // [thread][epoch][positions, pairs, loss]
  readonly #epochs: number
  readonly #threads: number

  constructor(buffer: SharedArrayBuffer, epochs: number, threads: number) {
    this.buffer = buffer
    this.#epochs = epochs
    this.#threads = threads
    this.#flags = new Int32Array(buffer, 0, 2)
    this.#sums = new Float64Array(buffer, 64, threads * epochs * 3)
  }

  static allocate(epochs: number, threads: number): Control {
    return new Control(new SharedArrayBuffer(64 + threads * epochs * 3 * 8), epochs, threads)
  }

  /** The number of a block that no other thread has. */
  claim(): number {
    return Atomics.add(this.#flags, 0, 1)
  }

  stop(): void {
    Atomics.store(this.#flags, 1, 1)
  }

  get stopped(): boolean {
    return Atomics.load(this.#flags, 1) === 1
  }

  add(thread: number, epoch: number, positions: number, pairs: number, loss: number): void {
    const at = (thread * this.#epochs + epoch) * 3
    this.#sums[at]! += positions
    this.#sums[at + 1]! += pairs
    this.#sums[at + 2]! += loss
  }

  /** The sums of one epoch over all threads, in the order of the threads. */
  epoch(epoch: number): { positions: number; pairs: number; loss: number } {
    const sums = { positions: 0, pairs: 0, loss: 0 }
    for (let thread = 0; thread < this.#threads; thread++) {
      const at = (thread * this.#epochs + epoch) * 3
      sums.positions += this.#sums[at]!
      sums.pairs += this.#sums[at + 1]!
      sums.loss += this.#sums[at + 2]!
    }
    return sums
  }
}
