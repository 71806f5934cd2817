import { drawFromRuns } from '../../equations/inner.js'
import type { Matrix } from '../../math/index.js'
import {
  architectureOf,
  type Block,
  type DocumentLists,
  type OutputLayer,
  objectiveOf,
  pairOf,
  pairs,
  trainBlock,
  trainWindows,
  type WindowSettings,
  type WordRows,
} from '../../reference/index.js'
import type { TokenIds } from '../../text/index.js'
import { instantiate } from '../../wasm/index.js'
import type { Layout } from '../memory/layout.js'
import { type PairRange, type PartRows, partRows } from '../memory/part-rows.js'
import type { ThreadRecords } from '../memory/records.generated.js'
import { clearSums, lossOf } from '../memory/thread-records.js'
import type { TrainingMemory } from '../memory/training-memory.js'
import { bagFormOf } from '../options/bag-form.js'
import type { BlockRange } from '../plan/blocks.js'
import { writeDocuments } from '../plan/documents.js'
import { leastReach } from '../plan/reach.js'
import type { TrainingKernels } from '../training-kernels.js'
import type { ThreadTask } from './task.js'

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
  /** Adds the pairs of a range to the bucket counts of a shard, or writes them at its cursors. */
  bucketPairs(range: BlockRange, keys: EpochKeys, shard: number, write: boolean): void
  trainBlock(range: PairRange, keys: NegativeKeys, learningRate: number): { pairs: number; loss: number }
}

export function engineFor(task: ThreadTask, memory: TrainingMemory, ids: TokenIds): Engine {
  return task.module
    ? new KernelEngine(task, memory, ids, instantiate<TrainingKernels>(task.module, memory.kernels))
    : new ReferenceEngine(task, memory, ids)
}

class KernelEngine implements Engine {
  readonly #task: ThreadTask
  readonly #memory: TrainingMemory
  readonly #ids: TokenIds
  readonly #kernels: TrainingKernels
  readonly #records: ThreadRecords
  readonly #idsView: Int32Array
  readonly #rows: PartRows
  readonly #documentsView: Uint32Array

  constructor(task: ThreadTask, memory: TrainingMemory, ids: TokenIds, kernels: TrainingKernels) {
    this.#task = task
    this.#memory = memory
    this.#ids = ids
    this.#kernels = kernels
    this.#rows = partRows(memory, task.thread)
    this.#records = memory.records(task.thread)
    const { buffer } = memory.kernels
    this.#idsView = new Int32Array(buffer, this.#records.block.ids)
    this.#documentsView = new Uint32Array(buffer, this.#records.block.documents)
  }

  trainWindows(range: BlockRange, keys: EpochKeys & NegativeKeys, learningRate: number) {
    const { model, block, scratch, sums } = this.#records
    const { layout } = this.#memory
    const { inputVectors, outputVectors } = layout
    const noise = this.#memory.noiseAt(0)
    const frozen = frozenMarks(layout, [0, layout.words])
    const { keepKey, windowKey, negativeKey } = keys
    this.#giveIds(range)
    model.write({ learningRate, inputVectors, outputVectors, noise, ...frozen })
    block.write({ keepKey, windowKey, negativeKey })
    return this.#result(() =>
      this.#kernels.trainWindows(model.pointer, block.pointer, scratch.pointer, sums.pointer),
    )
  }

  bucketPairs(range: BlockRange, keys: EpochKeys, shard: number, write: boolean): void {
    const { model, block, buckets, scratch } = this.#records
    this.#giveIds(range)
    block.write(keys)
    buckets.write({ cursors: this.#memory.layout.cursors + shard * this.#task.plan.parts ** 2 * 4 })
    const put = write ? this.#kernels.writePairs : this.#kernels.countPairs
    put(model.pointer, block.pointer, buckets.pointer, scratch.pointer)
  }

  trainBlock(range: PairRange, keys: NegativeKeys, learningRate: number) {
    const { model, pairs, scratch, sums } = this.#records
    const { outputPart, firstPair, pairCount } = range
    const { layout } = this.#memory
    const noise = this.#memory.noiseAt(outputPart)
    const frozen = frozenMarks(layout, range.inputRows)
    model.write({ learningRate, ...this.#rows.bring(range), noise, ...frozen })
    pairs.write({ ...keys, list: layout.pairs + firstPair * 4, count: pairCount })
    const result = this.#result(() =>
      this.#kernels.trainBlock(model.pointer, pairs.pointer, scratch.pointer, sums.pointer),
    )
    this.#rows.takeBack(range)
    return result
  }

  #giveIds(range: BlockRange): void {
    const { from, first, last, to } = range
    this.#ids.read(from, to, this.#idsView)
    const { documents } = this.#task
    if (documents) writeDocuments(documents, range, this.#idsView, this.#documentsView)
    this.#records.block.write({
      count: to - from,
      first: first - from,
      last: last - from,
      position: from,
    })
  }

  #result(train: () => void): { pairs: number; loss: number } {
    const { sums } = this.#records
    clearSums(sums)
    train()
    return { pairs: sums.pairs, loss: lossOf(sums) }
  }
}

class ReferenceEngine implements Engine {
  readonly #task: ThreadTask
  readonly #memory: TrainingMemory
  readonly #ids: TokenIds
  readonly #settings: Omit<WindowSettings, keyof EpochKeys>
  readonly #wordRows: WordRows | undefined
  readonly #documentRows: DocumentLists | undefined

  constructor(task: ThreadTask, memory: TrainingMemory, ids: TokenIds) {
    this.#task = task
    this.#memory = memory
    this.#ids = ids
    this.#settings = {
      window: task.options.window,
      leastReach: leastReach(task.options),
      keep: memory.keep,
    }
    this.#wordRows = memory.wordRows()
    this.#documentRows = memory.documentLists()
  }

  trainWindows(range: BlockRange, keys: EpochKeys & NegativeKeys, learningRate: number) {
    const { options } = this.#task
    return trainWindows(this.#block(range), {
      ...this.#settings,
      ...keys,
      inputVectors: this.#memory.input,
      output: this.#output,
      architecture: architectureOf(options.architecture),
      bagForm: bagFormOf(options),
      objective: objectiveOf(options.objective),
      learningRate,
      frozen: this.#memory.frozen,
      wordRows: this.#wordRows,
    })
  }

  get #output(): OutputLayer {
    const noise = this.#memory.noise(0)
    const drawNoise: OutputLayer['drawNoise'] = (random, evenly) => drawFromRuns(noise, random, evenly)
    return this.#memory.outputLayer(this.#task.options.negativeSamples, drawNoise)
  }

  bucketPairs(range: BlockRange, keys: EpochKeys, shard: number, write: boolean): void {
    const { plan } = this.#task
    const { places, pairs: list } = this.#memory
    const buckets = plan.parts ** 2
    const cursors = this.#memory.cursors(shard * buckets, buckets)
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
    const memory = this.#memory
    return trainBlock({
      ...keys,
      inputVectors: rows(memory.input, inputRows),
      outputVectors: rows(memory.output, outputRows),
      noise: memory.noise(outputPart),
      pairs: memory.pairs.subarray(firstPair, firstPair + pairCount),
      negativeSamples: this.#task.options.negativeSamples,
      learningRate,
      frozen: memory.frozen?.subarray(...inputRows),
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

  #documentsOf(range: BlockRange, ids: Int32Array): Pick<Block, 'documents' | 'documentRows'> {
    if (!this.#task.documents) return {}
    const documents = new Uint32Array(ids.length)
    writeDocuments(this.#task.documents, range, ids, documents)
    return { documents, documentRows: this.#documentRows }
  }
}

/** The marks of frozen rows, for the kernel. */
function frozenMarks({ frozen }: Layout, [first, end]: readonly [number, number]) {
  return frozen === 0 ? undefined : { frozen: frozen + first, frozenRows: end - first }
}

function rows(matrix: Matrix, [first, end]: readonly [number, number]): Matrix {
  const data = matrix.data.subarray(first * matrix.stride, end * matrix.stride)
  return { ...matrix, data, rows: end - first }
}
