import type { SharedIds } from '../ids/index.js'
import type { ChunkPlan } from './chunks.js'
import type { ControlMemory } from './control.js'
import type { DocumentRows } from './documents.js'
import type { Layout } from './layout.js'
import type { TrainingOptions } from './options.js'
import type { Parts } from './parts.js'
import type { Plan } from './schedule.js'
import type { HeldOut } from './set-aside.js'

/** What a thread is posted: shared memories and numbers, nothing it could write for itself alone. */
export interface ThreadTask {
  readonly thread: number
  readonly memory: WebAssembly.Memory
  /** The rows of both matrices, where they are too many for the kernels' memory. */
  readonly outside: ArrayBufferLike | undefined
  readonly layout: Layout
  /** Undefined where the reference is to be run instead. */
  readonly module: WebAssembly.Module | undefined
  /** The text, for TokenIds.over. */
  readonly ids: SharedIds
  readonly control: ControlMemory
  readonly options: Omit<TrainingOptions, 'tokenizer'>
  readonly plan: Plan
  readonly parts: Parts
  /** Where the chunks of the text lie, for the block schedule. */
  readonly chunks: Pick<ChunkPlan, 'starts'>
  readonly heldOut: HeldOut
  /** Undefined where documents are not learned. */
  readonly documents: DocumentRows | undefined
}
