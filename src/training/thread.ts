import type { SharedIds, TokenIds } from '../text/index.js'
import { blockSchedule } from './block-schedule.js'
import type { Chunk } from './chunks.js'
import { Control, type ControlMemory } from './control.js'
import { engineFor } from './engine.js'
import { type HeldOut, isExhausted, judgeHeldOut } from './held-out.js'
import type { Layout } from './memory.js'
import type { TrainingOptions } from './options.js'
import type { Parts } from './parts.js'
import type { Plan } from './schedule.js'
import { windowSchedule } from './window-schedule.js'

/** What a thread is posted: shared memories and numbers, nothing it could write for itself alone. */
export interface ThreadTask {
  readonly thread: number
  readonly memory: WebAssembly.Memory
  readonly layout: Layout
  /** Undefined where the reference is to be run instead. */
  readonly module: WebAssembly.Module | undefined
  /** The text, for TokenIds.over. */
  readonly ids: SharedIds
  readonly control: ControlMemory
  readonly options: Omit<TrainingOptions, 'tokenizer'>
  readonly plan: Plan
  readonly parts: Parts
  /** Chunks of the text, for the block schedule. */
  readonly chunks: readonly Chunk[]
  readonly heldOut: HeldOut
}

/** Does one thread's share of all epochs. */
export function runThread(task: ThreadTask, ids: TokenIds): void {
  const control = new Control(task.control)
  const engine = engineFor(task, ids)
  const trainEpoch =
    task.plan.schedule === 'blocks'
      ? blockSchedule(task, ids, engine, control)
      : windowSchedule(task, ids, engine, control)
  for (let epoch = 0; epoch < task.options.epochs && !control.stopped; epoch++) {
    trainEpoch(epoch)
    control.phase(1, () => control.closeEpoch(epoch))
    judgeHeldOut(task, ids, control, epoch)
    if (isExhausted(control, epoch, task.options.patience)) break
  }
}
