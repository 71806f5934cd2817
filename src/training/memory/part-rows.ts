import type { Layout } from './layout.js'
import type { TrainingMemory } from './training-memory.js'

/** One block of the block schedule: rows of the two parts, and the place of its pairs. */
export interface PairRange {
  readonly inputRows: readonly [first: number, end: number]
  readonly outputRows: readonly [first: number, end: number]
  readonly outputPart: number
  readonly firstPair: number
  readonly pairCount: number
}

/** How the rows of a block's two parts come within reach of the kernel, and go back. */
export interface PartRows {
  /** Addresses of the first input row and the first output row. */
  bring(range: PairRange): { inputVectors: number; outputVectors: number }
  /** After the block was trained. */
  takeBack(range: PairRange): void
}

export function partRows(memory: TrainingMemory, thread: number): PartRows {
  return memory.hasVisitors ? new VisitingRows(memory, thread) : residentRows(memory.layout)
}

/** All rows lie in the kernels' memory. */
function residentRows({ inputVectors, outputVectors, rowBytes }: Layout): PartRows {
  return {
    bring: ({ inputRows, outputRows }) => ({
      inputVectors: inputVectors + inputRows[0] * rowBytes,
      outputVectors: outputVectors + outputRows[0] * rowBytes,
    }),
    takeBack() {},
  }
}

/** The rows are too many for the kernels' memory: those of one block are copied there, and back again. */
class VisitingRows implements PartRows {
  readonly #memory: TrainingMemory
  /** Where an input part and an output part stay. */
  readonly #visit: { readonly input: number; readonly output: number }

  constructor(memory: TrainingMemory, thread: number) {
    this.#memory = memory
    this.#visit = memory.layout.visits[thread]!
  }

  bring(range: PairRange): { inputVectors: number; outputVectors: number } {
    for (const { home, visit } of this.#trips(range)) visit.set(home)
    return { inputVectors: this.#visit.input, outputVectors: this.#visit.output }
  }

  takeBack(range: PairRange): void {
    for (const { home, visit } of this.#trips(range)) home.set(visit)
  }

  #trips({ inputRows, outputRows }: PairRange): { home: Float32Array; visit: Float32Array }[] {
    const trip = (home: Float32Array, visit: number) => ({
      home,
      visit: this.#memory.numbersAt(visit, home.length),
    })
    return [
      trip(this.#memory.numbersOf('inputVectors', inputRows), this.#visit.input),
      trip(this.#memory.numbersOf('outputVectors', outputRows), this.#visit.output),
    ]
  }
}
