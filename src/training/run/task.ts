import type { SharedIds } from '../../ids/index.js'
import type { ControlMemory } from '../../runs/inner.js'
import type { Memory } from '../../wasm/index.js'
import type { PostedMemory } from '../memory/training-memory.js'
import type { TrainingOptions } from '../options/options.js'
import type { ChunkPlan } from '../plan/chunks.js'
import type { DocumentRows } from '../plan/documents.js'
import type { Plan } from '../plan/schedule.js'
import type { HeldOut } from '../plan/set-aside.js'

/**
 * What a thread is posted: shared memory and numbers, nothing it could write for itself alone. Where a page may share
 * nothing, `Kernels` is an image of the kernels' memory.
 */
export interface ThreadTask<Kernels = Memory> {
  readonly thread: number
  readonly memory: PostedMemory<Kernels>
  /** Undefined if the reference is to run instead. */
  readonly module: object | undefined
  /** The text, for TokenIds.over. */
  readonly ids: SharedIds
  readonly control: ControlMemory
  readonly options: Omit<TrainingOptions, 'tokenizer'>
  readonly plan: Plan
  /** Where the chunks of the text lie, for the block schedule. */
  readonly chunks: Pick<ChunkPlan, 'starts'>
  readonly heldOut: HeldOut
  /** Undefined if documents are not learned. */
  readonly documents: DocumentRows | undefined
}
