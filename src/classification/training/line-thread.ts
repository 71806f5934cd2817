import { learningRate } from '../../equations/inner.js'
import { keyOf, Purpose, Random } from '../../math/index.js'
import { LINES_TOGETHER, objectiveOf } from '../../reference/index.js'
import { Control, Occasion, type Place } from '../../runs/inner.js'
import type { Lists } from './labelled-corpus.js'
import { type BatchLine, engineFor, type LineEngine } from './line-engine.js'
import { LineMemory } from './line-memory.js'
import type { LineTask } from './line-task.js'

/** Steps of an epoch, and batches between two places where training can pause. */
const STEPS = 20
const BATCHES = 16

/** Does one thread's share of all epochs, from the place that the run has reached. It blocks while it waits for others. */
export function runLineThread(task: LineTask, onWork?: () => void): void {
  const control = new Control(task.control, onWork)
  const memory = LineMemory.over(task.memory)
  const engine = engineFor(task, memory, () => {
    if (task.threads > 1) control.meet(undefined, task.looks)
  })
  const worker = new LineWorker(task, control, engine)
  const start = control.pauses.place
  for (let { epoch } = start; epoch < task.options.epochs && !control.stopped; epoch++) {
    worker.trainEpoch(epoch === start.epoch ? start : { epoch, step: 0, part: 0 })
    control.meet(() => control.closeEpoch(epoch))
    worker.judge(epoch)
    control.pausePoint({ epoch: epoch + 1, step: 0, part: 0 }, Occasion.epoch)
  }
}

/** All threads take the same batches in the same order, each its slices of them; the first one counts. */
class LineWorker {
  readonly #task: LineTask
  readonly #control: Control
  readonly #engine: LineEngine
  readonly #learnsAll: boolean

  constructor(task: LineTask, control: Control, engine: LineEngine) {
    this.#task = task
    this.#control = control
    this.#engine = engine
    this.#learnsAll = objectiveOf(task.options.objective).meetsAllLabels ?? false
  }

  trainEpoch({ epoch, step: first, part }: Place): void {
    const { order, lines, heldOut } = this.#task
    const batches = Math.ceil(order.length / LINES_TOGETHER)
    this.#control.phase(1, () =>
      shuffle(lines.subarray(0, lines.length - heldOut), order, this.#key(Purpose.lineOrder, epoch)),
    )
    let next = part
    for (let step = first; step < STEPS && !this.#control.stopped; step++) {
      const end = Math.floor((batches * (step + 1)) / STEPS)
      while (next < end && !this.#control.stopped) {
        next = this.#trainSome(epoch, next, Math.min(end, next + BATCHES))
        const isEnd = next === end
        const place = { epoch, step: step + Number(isEnd), part: next }
        this.#control.pausePoint(place, isEnd ? Occasion.step : Occasion.part)
      }
    }
  }

  /** Losses of the lines that are set aside, with draws that never change. */
  judge(epoch: number): void {
    const { lines, heldOut } = this.#task
    if (heldOut === 0) return
    const aside = lines.subarray(lines.length - heldOut)
    const key = keyOf(this.#task.options.seed, Purpose.heldOut, Purpose.negativeSamples)
    let loss = 0
    for (let first = 0; first < heldOut && !this.#control.stopped; first += LINES_TOGETHER) {
      const batch = Array.from(aside.subarray(first, first + LINES_TOGETHER), line =>
        this.#line(line, 0, key),
      )
      loss += this.#engine.take(batch, key)
    }
    if (this.#task.thread === 0) this.#control.addHeldOut(0, { pairs: heldOut, loss })
    this.#control.meet(() => this.#control.closeHeldOut(epoch))
  }

  #trainSome(epoch: number, first: number, end: number): number {
    const { order, options, thread } = this.#task
    const key = this.#key(Purpose.negativeSamples, epoch)
    const sums = { positions: 0, pairs: 0, loss: 0 }
    for (let batch = first; batch < end && !this.#control.stopped; batch++) {
      const from = batch * LINES_TOGETHER
      const numbers = order.subarray(from, from + LINES_TOGETHER)
      const rate = learningRate((epoch + from / order.length) / options.epochs, options.learningRate, 0)
      sums.loss += this.#engine.take(
        Array.from(numbers, line => this.#line(line, rate, key)),
        key,
      )
      sums.positions += numbers.length
      sums.pairs += numbers.length
    }
    if (thread === 0) this.#control.add(0, sums)
    return end
  }

  #line(line: number, rate: number, key: number): BatchLine {
    const labels = this.#labelsOf(line, key)
    return {
      bag: listAt(this.#task.bags, line),
      labels,
      place: line,
      learningRate: rate * this.#task.weights[labels[0]!]!,
    }
  }

  /** A line with several labels is learned for one of them, drawn anew in each epoch, unless all are learned at once. */
  #labelsOf(line: number, key: number): ArrayLike<number> {
    const labels = listAt(this.#task.marks, line)
    if (labels.length < 2 || this.#learnsAll) return labels
    const drawn = new Random(keyOf(key, Purpose.lineLabel), line).below(labels.length)
    return [labels[drawn]!, ...labels.filter((_, i) => i !== drawn)]
  }

  #key(purpose: number, epoch: number): number {
    return keyOf(this.#task.options.seed, purpose, epoch)
  }
}

function listAt({ ends, numbers }: Lists, i: number): Uint32Array {
  return numbers.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)
}

/** The numbers in an order of chance (Fisher and Yates). */
function shuffle(numbers: Uint32Array, into: Uint32Array, key: number): void {
  const random = new Random(key, 0)
  into.set(numbers)
  for (let i = into.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swapped = into[i]!
    into[i] = into[j]!
    into[j] = swapped
  }
}
