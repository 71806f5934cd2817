import { rowsOf } from './memory.js'
import type { ThreadTask } from './task.js'

/** One block of the block schedule: rows of the two parts, and where its pairs lie. */
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

export function partRows(task: ThreadTask): PartRows {
  return task.outside ? new VisitingRows(task) : residentRows(task)
}

/** All rows lie in the kernels' memory. */
function residentRows({ layout: { inputVectors, outputVectors, rowBytes } }: ThreadTask): PartRows {
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
  readonly #task: ThreadTask

  constructor(task: ThreadTask) {
    this.#task = task
  }

  bring(range: PairRange): { inputVectors: number; outputVectors: number } {
    for (const { home, visit } of this.#trips(range)) visit.set(home)
    const { input, output } = this.#visit
    return { inputVectors: input, outputVectors: output }
  }

  takeBack(range: PairRange): void {
    for (const { home, visit } of this.#trips(range)) home.set(visit)
  }

  #trips({ inputRows, outputRows }: PairRange): { home: Float32Array; visit: Float32Array }[] {
    const { inputVectors, outputVectors } = this.#task.layout
    const { input, output } = this.#visit
    return [this.#trip(inputRows, inputVectors, input), this.#trip(outputRows, outputVectors, output)]
  }

  #trip([first, end]: readonly [number, number], matrix: number, visit: number) {
    const { layout, memory } = this.#task
    const numbers = ((end - first) * layout.rowBytes) / 4
    return {
      home: new Float32Array(rowsOf(this.#task), matrix + first * layout.rowBytes, numbers),
      visit: new Float32Array(memory.buffer, visit, numbers),
    }
  }

  get #visit(): { readonly input: number; readonly output: number } {
    return this.#task.layout.visits[this.#task.thread]!
  }
}
