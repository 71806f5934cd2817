import { learningRate } from '../../equations/inner.js'
import { keyOf, Purpose } from '../../math/index.js'
import { type Control, Occasion, type Place } from '../../runs/inner.js'
import { BLOCK, blockRange } from '../plan/blocks.js'
import { type Chunk, chunksOf, SHARDS, shardOf } from '../plan/chunks.js'
import { isHeldOut } from '../plan/set-aside.js'
import type { ThreadTask } from './task.js'
import type { Workplace } from './workplace.js'

/**
 * Trains chunk by chunk of the text. The pairs of a chunk are put into P × P buckets by the parts of their two
 * words; then P sub-rounds of P blocks follow, (i, i + s mod P) in sub-round s. The blocks of a sub-round touch
 * different rows, so any thread may train any of them, and the result does not depend on which one did.
 */
export function blockSchedule(workplace: Workplace): (epoch: number, start: Place) => void {
  const { task, control } = workplace
  return (epoch, start) => {
    for (const [index, chunk] of chunksOf(task.chunks)) {
      if (index < start.step) continue
      const work = new ChunkWork({ ...workplace, epoch, index, chunk })
      const first = index === start.step ? start.part : 0
      control.phase(SHARDS, shard => work.bucketShard(shard, false))
      control.phase(1, () => {
        if (first === 0) control.closeSlots()
        work.countsToCursors()
      })
      control.phase(SHARDS, shard => work.bucketShard(shard, true))
      for (let subRound = first; subRound < task.plan.parts; subRound++)
        control.phase(
          task.plan.parts,
          inputPart => work.trainBlock(subRound, inputPart),
          () => pauseAfter(subRound, work.place, task, control),
        )
    }
  }
}

/** A sub-round leaves nothing half done: the pairs of the chunk can be written again. */
function pauseAfter(
  subRound: number,
  { epoch, step }: Omit<Place, 'part'>,
  task: ThreadTask,
  control: Control,
) {
  if (subRound + 1 < task.plan.parts) control.pauses.at({ epoch, step, part: subRound + 1 }, Occasion.part)
  else control.pauses.at({ epoch, step: step + 1, part: 0 }, Occasion.step)
}

interface ChunkPlace extends Workplace {
  readonly epoch: number
  /** Of the chunk in its epoch. */
  readonly index: number
  readonly chunk: Chunk
}

/** One chunk of one epoch, as one thread sees it. */
class ChunkWork {
  readonly #at: ChunkPlace
  readonly #cursors: Uint32Array // [shard][bucket]

  constructor(at: ChunkPlace) {
    this.#at = at
    this.#cursors = at.memory.cursors(0, SHARDS * this.#buckets)
  }

  get place(): Omit<Place, 'part'> {
    return { epoch: this.#at.epoch, step: this.#at.index }
  }

  get #buckets(): number {
    return this.#at.task.plan.parts ** 2
  }

  /** The pairs of one shard of the chunk: counted, or written. */
  bucketShard(shard: number, write: boolean): void {
    const { task, memory, ids, engine, epoch, chunk } = this.#at
    const { options } = task
    if (!write) this.#cursors.fill(0, shard * this.#buckets, (shard + 1) * this.#buckets)
    const keys = {
      keepKey: keyOf(options.seed, Purpose.subsampling, epoch),
      windowKey: keyOf(options.seed, Purpose.window, epoch),
    }
    const settings = { window: options.window, keep: memory.keep, ...keys }
    const { first, last } = shardOf(chunk, shard)
    for (let block = first; block < last; block++)
      if (!isHeldOut(task.heldOut, block))
        engine.bucketPairs(blockRange(ids, block, settings), keys, shard, write)
  }

  /** Counts become places: bucket after bucket, and within a bucket the shards in the order of the text. */
  countsToCursors(): void {
    let next = 0
    for (let bucket = 0; bucket < this.#buckets; bucket++)
      for (let at = bucket; at < this.#cursors.length; at += this.#buckets) {
        const count = this.#cursors[at]!
        this.#cursors[at] = next
        next += count
      }
    const { pairCapacity } = this.#at.memory.layout
    if (next > pairCapacity)
      throw new Error(`a chunk has ${next} pairs, and there is room for ${pairCapacity}`)
  }

  trainBlock(subRound: number, inputPart: number): void {
    const { task, memory, engine, control, epoch, index } = this.#at
    const { options, plan } = task
    const { parts } = memory
    const outputPart = (inputPart + subRound) % plan.parts
    const where = [epoch, index, subRound, inputPart]
    const firstPair = this.#bucketEnd(inputPart * plan.parts + outputPart - 1)
    const range = {
      inputRows: [parts.starts[inputPart]!, parts.starts[inputPart + 1]!] as const,
      outputRows: [parts.starts[outputPart]!, parts.starts[outputPart + 1]!] as const,
      outputPart,
      firstPair,
      pairCount: this.#bucketEnd(inputPart * plan.parts + outputPart) - firstPair,
    }
    const keys = {
      negativeKey: keyOf(options.seed, Purpose.negativeSamples, ...where),
      ownNegativeKey: keyOf(options.seed, Purpose.ownNegativeSamples, ...where),
    }
    const trained = engine.trainBlock(range, keys, this.#learningRate(subRound))
    const slot = subRound * plan.parts + inputPart
    control.add(slot, { positions: this.#positions / this.#buckets, ...trained })
  }

  /** Once written, the last shard's cursor of a bucket stands at the bucket's end. */
  #bucketEnd(bucket: number): number {
    return bucket < 0 ? 0 : this.#cursors[(SHARDS - 1) * this.#buckets + bucket]!
  }

  /** By position in the text; the sub-rounds of a chunk share its stretch. */
  #learningRate(subRound: number): number {
    const { task, ids, epoch, chunk } = this.#at
    const { options, plan } = task
    const position = chunk.firstBlock * BLOCK + (this.#positions * subRound) / plan.parts
    return learningRate(
      (epoch + position / ids.length) / options.epochs,
      options.learningRate,
      options.minLearningRate,
    )
  }

  get #positions(): number {
    const { ids, chunk } = this.#at
    return Math.min(chunk.endBlock * BLOCK, ids.length) - chunk.firstBlock * BLOCK
  }
}
