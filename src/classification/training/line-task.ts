import type { ControlMemory } from '../../runs/inner.js'
import type { Memory } from '../../wasm/index.js'
import type { Lists } from './labelled-corpus.js'
import type { PostedLineMemory } from './line-memory.js'
import type { ReadyOptions } from './options.js'

/** What a thread is posted: shared memory and numbers. */
export interface LineTask<Kernels = Memory> {
  readonly thread: number
  readonly threads: number
  /** At the barrier of a batch, before the thread sleeps there; undefined for as many as at any other. */
  readonly looks: number | undefined
  readonly memory: PostedLineMemory<Kernels>
  /** Undefined if the reference is to run instead. */
  readonly module: object | undefined
  readonly control: ControlMemory
  readonly options: ReadyOptions
  readonly bags: Lists
  readonly marks: Lists
  /** By label, the factor of the learning rate of its lines. */
  readonly weights: Float64Array
  /** Lines to learn from, in the order of the text, then those set aside, as many as `heldOut` says; in memory that threads share. */
  readonly lines: Uint32Array
  readonly heldOut: number
  /** The order in which an epoch takes lines, in memory that threads share. */
  readonly order: Uint32Array
}
