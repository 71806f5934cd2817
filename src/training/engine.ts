import { drawFromRuns } from '../equations/inner.js'
import type { Matrix } from '../math/index.js'
import {
  architectureOf,
  type Block,
  type OutputLayer,
  objectiveOf,
  pairOf,
  pairs,
  trainBlock,
  trainWindows,
  type WindowSettings,
  type WordRows,
} from '../reference/index.js'
import type { TokenIds } from '../text/index.js'
import type { BlockRange } from './blocks.js'
import { type DocumentRows, writeDocuments } from './documents.js'
import type { Layout } from './layout.js'
import {
  bagFormOf,
  frozenTable,
  inputVectors,
  keepTable,
  outputLayer,
  outputVectors,
  pairsTable,
  placesTable,
  rowsOf,
  wordRowsOf,
} from './memory.js'
import { noiseRuns, noiseRunsAt } from './noise-runs.js'
import { type PairRange, type PartRows, partRows } from './part-rows.js'
import type { Parts } from './parts.js'
import { leastReach } from './reach.js'
import { Settings } from './settings.js'
import type { ThreadTask } from './task.js'
import { instantiateTrainingKernels, type TrainingKernels } from './training-kernels.js'

/** Keys of the random draws of one epoch. */
export interface EpochKeys {
  readonly keepKey: number
  readonly windowKey: number
}

/** Keys of the negative samples of one block. */
export interface NegativeKeys {
  readonly negativeKey: number
  readonly ownNegativeKey: number
}

/** The two ways to do the same work on the same memory: the kernels, and the reference that they mirror. */
export interface Engine {
  trainWindows(
    range: BlockRange,
    keys: EpochKeys & NegativeKeys,
    learningRate: number,
  ): { pairs: number; loss: number }
  /** Adds the pairs of a range to bucket counts, or writes them where the buckets' cursors point. */
  bucketPairs(range: BlockRange, keys: EpochKeys, buckets: number, write: boolean): void
  trainBlock(range: PairRange, keys: NegativeKeys, learningRate: number): { pairs: number; loss: number }
}

export function engineFor(task: ThreadTask, ids: TokenIds): Engine {
  return task.module
    ? new KernelEngine(task, ids, instantiateTrainingKernels(task.module, task.memory))
    : new ReferenceEngine(task, ids)
}

class KernelEngine implements Engine {
  readonly #ids: TokenIds
  readonly #kernels: TrainingKernels
  readonly #settings: Settings
  readonly #idsView: Int32Array
  readonly #layout: Layout
  readonly #parts: Parts
  readonly #rows: PartRows
  readonly #documents: DocumentRows | undefined
  readonly #documentsView: Uint32Array

  constructor(task: ThreadTask, ids: TokenIds, kernels: TrainingKernels) {
    const { memory, layout, thread } = task
    this.#rows = partRows(task)
    this.#ids = ids
    this.#kernels = kernels
    this.#layout = layout
    this.#parts = task.parts
    this.#settings = new Settings(memory, layout.threads[thread]!)
    this.#idsView = new Int32Array(memory.buffer, this.#settings.get('ids'))
    this.#documents = task.documents
    this.#documentsView = new Uint32Array(memory.buffer, this.#settings.get('documents'))
  }

  trainWindows(range: BlockRange, keys: EpochKeys & NegativeKeys, learningRate: number) {
    this.#giveIds(range)
    const { inputVectors, outputVectors } = this.#layout
    const noise = noiseRunsAt(this.#layout, this.#parts, 0)
    const frozen = frozenMarks(this.#layout, [0, this.#layout.words])
    this.#settings.set({ ...keys, learningRate, inputVectors, outputVectors, noise, ...frozen })
    return this.#result(() => this.#kernels.trainWindows(this.#settings.pointer))
  }

  bucketPairs(range: BlockRange, keys: EpochKeys, buckets: number, write: boolean): void {
    this.#giveIds(range)
    this.#settings.set({ ...keys, buckets, pairList: this.#layout.pairs })
    if (write) this.#kernels.writePairs(this.#settings.pointer)
    else this.#kernels.countPairs(this.#settings.pointer)
  }

  trainBlock(range: PairRange, keys: NegativeKeys, learningRate: number) {
    const { outputPart, firstPair, pairCount } = range
    const { pairs } = this.#layout
    this.#settings.set({
      ...keys,
      learningRate,
      ...this.#rows.bring(range),
      ...frozenMarks(this.#layout, range.inputRows),
      noise: noiseRunsAt(this.#layout, this.#parts, outputPart),
      pairList: pairs + firstPair * 4,
      pairCount,
    })
    const result = this.#result(() => this.#kernels.trainBlock(this.#settings.pointer))
    this.#rows.takeBack(range)
    return result
  }

  #giveIds(range: BlockRange): void {
    const { from, first, last, to } = range
    this.#ids.read(from, to, this.#idsView)
    if (this.#documents) writeDocuments(this.#documents, range, this.#idsView, this.#documentsView)
    this.#settings.set({ count: to - from, first: first - from, last: last - from, position: from })
  }

  #result(train: () => void): { pairs: number; loss: number } {
    this.#settings.clearResults()
    train()
    return { pairs: this.#settings.get('pairs'), loss: this.#settings.loss }
  }
}

class ReferenceEngine implements Engine {
  readonly #task: ThreadTask
  readonly #ids: TokenIds
  readonly #settings: Omit<WindowSettings, keyof EpochKeys>
  readonly #wordRows: WordRows | undefined

  constructor(task: ThreadTask, ids: TokenIds) {
    this.#task = task
    this.#ids = ids
    this.#settings = {
      window: task.options.window,
      leastReach: leastReach(task.options),
      keep: keepTable(task.layout, task.memory),
    }
    this.#wordRows = wordRowsOf(task.layout, task.memory)
  }

  trainWindows(range: BlockRange, keys: EpochKeys & NegativeKeys, learningRate: number) {
    const { layout, options } = this.#task
    return trainWindows(this.#block(range), {
      ...this.#settings,
      ...keys,
      inputVectors: inputVectors(layout, rowsOf(this.#task)),
      output: this.#output,
      architecture: architectureOf(options.architecture),
      bagForm: bagFormOf(options),
      objective: objectiveOf(options.objective),
      learningRate,
      frozen: frozenTable(layout, this.#task.memory),
      wordRows: this.#wordRows,
    })
  }

  get #output(): OutputLayer {
    const { layout, memory, options, parts } = this.#task
    const noise = noiseRuns(layout, memory, parts, 0)
    return outputLayer(layout, this.#task, options, (random, evenly) => drawFromRuns(noise, random, evenly))
  }

  bucketPairs(range: BlockRange, keys: EpochKeys, buckets: number, write: boolean): void {
    const { layout, memory, plan } = this.#task
    const cursors = new Uint32Array(memory.buffer, buckets, plan.parts ** 2)
    const places = placesTable(layout, memory)
    const list = pairsTable(layout, memory)
    for (const { center, outside } of pairs(this.#block(range), { ...this.#settings, ...keys })) {
      const bucket = (places[center]! >>> 16) * plan.parts + (places[outside]! >>> 16)
      const next = cursors[bucket]!++
      if (write) list[next] = pairOf(places[center]!, places[outside]! & 0xffff)
    }
  }

  trainBlock(
    { inputRows, outputRows, outputPart, firstPair, pairCount }: PairRange,
    keys: NegativeKeys,
    learningRate: number,
  ) {
    const { layout, memory, options, parts } = this.#task
    return trainBlock({
      ...keys,
      inputVectors: rows(inputVectors(layout, rowsOf(this.#task)), inputRows),
      outputVectors: rows(outputVectors(layout, rowsOf(this.#task)), outputRows),
      noise: noiseRuns(layout, memory, parts, outputPart),
      pairs: pairsTable(layout, memory).subarray(firstPair, firstPair + pairCount),
      negativeSamples: options.negativeSamples,
      learningRate,
      frozen: frozenTable(layout, memory)?.subarray(...inputRows),
    })
  }

  #block(range: BlockRange): Block {
    const { from, first, last, to } = range
    const ids = new Int32Array(to - from)
    this.#ids.read(from, to, ids)
    return {
      ids,
      first: first - from,
      last: last - from,
      position: from,
      ...this.#documentsOf(range, ids),
    }
  }

  #documentsOf(range: BlockRange, ids: Int32Array): Pick<Block, 'documents'> {
    if (!this.#task.documents) return {}
    const documents = new Uint32Array(ids.length)
    writeDocuments(this.#task.documents, range, ids, documents)
    return { documents }
  }
}

/** What the kernel is told of the marks of frozen rows. */
function frozenMarks({ frozen }: Layout, [first, end]: readonly [number, number]) {
  return frozen === 0 ? undefined : { frozen: frozen + first, frozenRows: end - first }
}

function rows(matrix: Matrix, [first, end]: readonly [number, number]): Matrix {
  const data = matrix.data.subarray(first * matrix.stride, end * matrix.stride)
  return { ...matrix, data, rows: end - first }
}
