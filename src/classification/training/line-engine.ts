import { LINES_TOGETHER, type Objective, objectiveOf, trainLines } from '../../reference/index.js'
import { clearSums, lossOf, objectiveNumbers, type TrainingKernels } from '../../training/inner.threads.js'
import { instantiate } from '../../wasm/index.js'
import type { LineMemory, LineRecords } from './line-memory.js'
import type { LineTask } from './line-task.js'

/** A line of a batch, by number. */
export interface BatchLine {
  readonly bag: Uint32Array
  /** The first one is the label that it is trained for, unless the objective learns all at once. */
  readonly labels: ArrayLike<number>
  readonly place: number
  readonly learningRate: number
}

/** The two ways to train a batch of lines, or to judge it if its learning rates are 0; they give the loss in nats. */
export interface LineEngine {
  take(batch: readonly BatchLine[], negativeKey: number): number
}

/** `meet` waits for all threads. */
export function engineFor(task: LineTask, memory: LineMemory, meet: () => void): LineEngine {
  const { module } = task
  return module
    ? new KernelLines(task, memory, instantiate<TrainingKernels>(module, memory.kernels), meet)
    : new ReferenceLines(task, memory)
}

/**
 * Each thread scores and moves slices of its own. All of them make the errors of a batch, each for itself, from what all
 * slices add to the scores: those of a batch stay where they are until the next but one.
 */
class KernelLines implements LineEngine {
  readonly #memory: LineMemory
  readonly #kernels: TrainingKernels
  readonly #records: LineRecords
  readonly #own: readonly number[]
  readonly #meet: () => void
  readonly #views: ReturnType<typeof viewsOf>
  #batches = 0

  constructor(task: LineTask, memory: LineMemory, kernels: TrainingKernels, meet: () => void) {
    this.#memory = memory
    this.#kernels = kernels
    this.#records = memory.records(task.thread, objectiveNumbers[task.options.objective])
    this.#own = memory.layout.slices.map((_, n) => n).filter(n => n % task.threads === task.thread)
    this.#meet = meet
    this.#views = viewsOf(this.#records, memory)
  }

  take(batch: readonly BatchLine[], negativeKey: number): number {
    const { lines, chosen, sums, numbering, slices } = this.#records
    const kernels = this.#kernels
    const number = this.#batches++
    this.#give(batch, negativeKey, number)
    kernels.chooseLines(numbering.pointer, lines.pointer, chosen.pointer)
    for (const own of this.#own) {
      const { model, slice } = slices[own]!
      slice.scores = this.#memory.scoresAt(number, own)
      kernels.scoreLines(model.pointer, lines.pointer, slice.pointer)
    }
    this.#meet()
    clearSums(sums)
    kernels.judgeLines(numbering.pointer, lines.pointer, sums.pointer)
    if (batch.some(({ learningRate }) => learningRate !== 0))
      for (const own of this.#own) {
        const { model, slice } = slices[own]!
        kernels.moveLines(model.pointer, lines.pointer, slice.pointer)
      }
    return lossOf(sums)
  }

  #give(batch: readonly BatchLine[], negativeKey: number, number: number): void {
    const { ends, numbers, labelEnds, labels, places, rates } = this.#views
    let end = 0
    let labelEnd = 0
    for (const [i, line] of batch.entries()) {
      numbers.set(line.bag, end)
      end += line.bag.length
      ends[i] = end
      for (let j = 0; j < line.labels.length; j++) labels[labelEnd++] = line.labels[j]!
      labelEnds[i] = labelEnd
      places[i] = line.place
      rates[i] = line.learningRate
    }
    this.#records.lines.write({ count: batch.length, negativeKey, scores: this.#memory.scoresAt(number) })
  }
}

function viewsOf({ lines }: LineRecords, { kernels: { buffer }, layout }: LineMemory) {
  const u32 = (at: number, count: number) => new Uint32Array(buffer, at, count)
  const count = LINES_TOGETHER
  return {
    ends: u32(lines.ends, count),
    numbers: u32(lines.numbers, layout.batchRows),
    labelEnds: u32(lines.labelEnds, count),
    labels: u32(lines.labels, layout.batchLabels),
    places: u32(lines.places, count),
    rates: new Float32Array(buffer, lines.rates, count),
  }
}

/** Plain TypeScript, which the kernels must equal; on one thread. */
class ReferenceLines implements LineEngine {
  readonly #memory: LineMemory
  readonly #objective: Objective

  constructor(task: LineTask, memory: LineMemory) {
    this.#memory = memory
    this.#objective = objectiveOf(task.options.objective)
  }

  take(batch: readonly BatchLine[], negativeKey: number): number {
    const { input, outputLayer } = this.#memory
    const lines = batch.map(({ bag, labels, ...line }) => ({
      ...line,
      bag: [...bag],
      labels: Array.from(labels),
    }))
    return trainLines(lines, {
      objective: this.#objective,
      inputVectors: input[0]!,
      output: outputLayer,
      negativeKey,
    })
  }
}
