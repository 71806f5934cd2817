import { Control } from '../../runs/inner.js'
import { canShareMemory } from '../../wasm/index.js'
import { allocateBytes, TrainingMemory } from '../memory/training-memory.js'
import type { ThreadTask } from './task.js'

/** What a thread of a page tells; a thread that shares its memory needs to tell nothing. */
export interface Report {
  /** A copy of the thread's control record. */
  readonly control?: ArrayBuffer
  /** Both matrices as they are at the end. */
  readonly matrices?: ArrayBuffer
}

/** A task for a thread that may share nothing: the memory is sent as an image. */
export type TaskOfCopies = ThreadTask<ArrayBuffer>

/** Messages often enough to watch, and rarely enough to cost nothing, in milliseconds. */
const REPORT_EVERY = 100

/** The task as it can be posted if memory cannot be shared. */
export function taskOfCopies(task: ThreadTask): TaskOfCopies {
  const kernels = copied(new Uint8Array(task.memory.kernels.buffer))
  return { ...task, memory: { ...task.memory, kernels } }
}

/** On the thread: the task with memory of its own, which begins as the image that was sent. */
export function taskOver(posted: ThreadTask | TaskOfCopies): ThreadTask {
  const { kernels: sent } = posted.memory
  if (!(sent instanceof ArrayBuffer)) return posted as ThreadTask
  const image = new Uint8Array(sent)
  const kernels = allocateBytes(image.length)
  new Uint8Array(kernels.buffer).set(image)
  return { ...posted, memory: { ...posted.memory, kernels } }
}

/** On the thread: reports its progress now and then; nothing if the page shares the memory that shows it. */
export function reporter(task: ThreadTask, tell: (report: Report) => void): () => void {
  if (canShareMemory()) return () => {}
  let last = performance.now()
  return () => {
    if (performance.now() - last < REPORT_EVERY) return
    last = performance.now()
    tell({ control: copied(new Uint8Array(task.control.buffer)) })
  }
}

/** On the thread: the report at the end. */
export function finalReport(task: ThreadTask): Report {
  if (canShareMemory()) return {}
  const memory = TrainingMemory.over(task.memory)
  if (new Control(task.control).bestEpoch !== undefined) memory.takeBest() // which stays here
  return { control: copied(new Uint8Array(task.control.buffer)), matrices: copied(memory.matrixBytes) }
}

/** On the page: copies a report to where a thread with shared memory would have written it. */
export function takeReport({ control, matrices }: Report, task: ThreadTask, followed: Control): void {
  if (control) followed.follow(control)
  if (matrices) TrainingMemory.over(task.memory).matrixBytes.set(new Uint8Array(matrices))
}

/** A copy of its own, even if the bytes are shared. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
